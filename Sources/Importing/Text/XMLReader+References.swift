// SPDX-License-Identifier: GPL-3.0-or-later
internal import CExpat

extension XMLReader {
  func refuse(declaration name: String) {
    stop(
      Fault(
        found: "the declaration of an entity, \(Fault.quoted(name))", expected: "none", at: offset))
  }

  func refuse(reference name: String) {
    stop(Fault("unknown reference \(Fault.quoted("&\(name);"))", at: offset))
  }

  /// Looks for unknown references in a tag, whose attributes expat would just leave them out of.
  func refuseUnknownReferences(length: Int) {
    let start = offset
    var rest = text.bytes[start..<start + length]
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      rest = rest[(ampersand + 1)...]
      let name = String(decoding: rest.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
      guard name.hasPrefix("#") || Self.knownNames.contains(name) else {
        return stop(Fault("unknown reference \(Fault.quoted("&\(name);"))", at: ampersand))
      }
    }
  }

  /// Reads the declarations of the characters that HTML names, in place of a DTD.
  static func declareCharacters(
    for parser: XML_Parser, _ context: UnsafePointer<XML_Char>?
  ) -> Int32 {
    guard let declarations = XML_ExternalEntityParserCreate(parser, context, "UTF-8") else {
      return 0
    }
    defer { XML_ParserFree(declarations) }
    XML_SetEntityDeclHandler(declarations, nil)
    let text = latin1Names.enumerated().map { "<!ENTITY \($1) \"&#\($0 + 160);\">" }.joined()
    return XML_Parse(declarations, text, Int32(text.utf8.count), 1) == XML_STATUS_OK ? 1 : 0
  }

  private static let knownNames = Set(latin1Names + ["amp", "lt", "gt", "quot", "apos"])

  /// The entities of HTML for the characters from 160 to 255, which labels of places come with.
  private static let latin1Names = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
    Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
    szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
    uuml yacute thorn yuml
    """.split(separator: " ").map(String.init)
}
