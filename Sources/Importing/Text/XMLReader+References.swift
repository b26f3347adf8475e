// SPDX-License-Identifier: GPL-3.0-or-later

extension XMLReader {
  /// The text of some bytes, with every reference replaced by its character.
  func decoded(_ range: Range<Int>) throws(Fault) -> String {
    var text = ""
    var start = range.lowerBound
    while let ampersand = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "&")) {
      text += String(decoding: bytes[start..<ampersand], as: UTF8.self)
      // No reference is longer, so that a text full of ampersands is not searched over and over.
      let rest = bytes[(ampersand + 1)..<range.upperBound].prefix(12)
      guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else {
        throw Fault(found: "'&'", expected: "&amp; or another reference", at: ampersand)
      }
      let name = String(decoding: rest[..<end], as: UTF8.self)
      guard let character = Self.character(of: name) else {
        throw Fault("unknown reference \(Fault.quoted("&\(name);"))", at: ampersand)
      }
      text.unicodeScalars.append(character)
      start = end + 1
    }
    return text + String(decoding: bytes[start..<range.upperBound], as: UTF8.self)
  }

  private static func character(of name: String) -> Unicode.Scalar? {
    if name.hasPrefix("#x") { return UInt32(name.dropFirst(2), radix: 16).flatMap(legal) }
    if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(legal) }
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      return latin1Names.firstIndex(of: name[...]).flatMap { Unicode.Scalar(UInt32($0) + 160) }
    }
  }

  private static func legal(_ number: UInt32) -> Unicode.Scalar? {
    guard number >= 0x20 || number == 9 || number == 10 || number == 13 else { return nil }
    return Unicode.Scalar(number)
  }

  /// The entities of HTML for the characters from 160 to 255, which labels of places come with.
  private static let latin1Names = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
    Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
    szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
    uuml yacute thorn yuml
    """.split(separator: " ")
}
