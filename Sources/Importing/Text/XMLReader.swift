// SPDX-License-Identifier: GPL-3.0-or-later
internal import CExpat
internal import Text

/// Reads XML 1.0 by expat into a tree of elements.
///
/// Nothing that a file declares is ever expanded, and nothing is fetched: the declaration of an
/// entity is an error, whether it is used or not, and what a DOCTYPE refers to is not looked at.
/// Known are the five characters that XML names, and those that HTML names.
///
/// It owns the parser of expat, whose callbacks get this object and add to the tree.
final class XMLReader {
  /// Deeper than any network file.
  static let deepest = 100

  let text: InputText
  let parser: XML_Parser
  var open: [XMLElement] = []
  var root: XMLElement?
  /// What a callback found, after which expat goes on to the end of its token and stops.
  var fault: Fault?

  /// The root element of a text.
  static func root(of text: InputText) throws(Fault) -> XMLElement {
    guard let parser = XML_ParserCreate("UTF-8") else { throw Fault("no memory for its elements") }
    return try XMLReader(text, parser).read()
  }

  private init(_ text: InputText, _ parser: XML_Parser) {
    self.text = text
    self.parser = parser
  }

  deinit {
    XML_ParserFree(parser)
  }

  private func read() throws(Fault) -> XMLElement {
    listen()
    let isRead = text.bytes.withUnsafeBytes { bytes in
      XML_Parse(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 1)
        == XML_STATUS_OK
    }
    if let fault { throw fault }
    guard isRead else { throw failure(XML_GetErrorCode(parser)) }
    guard let root else { throw Fault(found: "no element", expected: "an XML document", at: 0) }
    return root
  }

  /// The byte at which what expat is looking at begins.
  var offset: Int { XML_GetCurrentByteIndex(parser) }

  /// Gives up.
  func stop(_ fault: Fault) {
    if self.fault == nil { self.fault = fault }
    XML_StopParser(parser, 0)
  }
}

// MARK: - Callbacks

extension XMLReader {
  private func listen() {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { XMLReader.of($0)?.begin($1, $2) }, { reader, _ in XMLReader.of(reader)?.end() })
    XML_SetCharacterDataHandler(parser) { XMLReader.of($0)?.add($1, Int($2)) }
    XML_SetSkippedEntityHandler(parser) { reader, name, _ in
      name.map { XMLReader.of(reader)?.refuse(reference: String(cString: $0)) }
    }
    XML_SetEntityDeclHandler(parser) { reader, name, _, _, _, _, _, _, _ in
      name.map { XMLReader.of(reader)?.refuse(declaration: String(cString: $0)) }
    }
    // Stands in for any DTD, and is read where there is none too.
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_ALWAYS)
    XML_UseForeignDTD(parser, 1)
    XML_SetExternalEntityRefHandler(parser) { parser, context, _, _, _ in
      parser.map { XMLReader.declareCharacters(for: $0, context) } ?? 0
    }
  }

  private static func of(_ userData: UnsafeMutableRawPointer?) -> XMLReader? {
    userData.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func begin(
    _ name: UnsafePointer<XML_Char>?, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) {
    guard fault == nil, let name else { return }
    guard open.count < Self.deepest else {
      return stop(
        Fault(
          "nested deeper than \(Self.deepest) elements, the most that is read", at: offset))
    }
    var element = XMLElement(name: Self.local(name), attributes: [], offset: offset)
    var place = attributes
    while let pair = place, let key = pair[0], let value = pair[1] {
      element.attributes.append((Self.local(key), String(cString: value)))
      place = pair + 2
    }
    open.append(element)
    refuseUnknownReferences(length: Int(XML_GetCurrentByteCount(parser)))
  }

  private func end() {
    guard fault == nil, let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else {
      // Changed where it lies: a copy of the parent would copy all its children each time.
      open[open.count - 1].children.append(element)
    }
  }

  private func add(_ characters: UnsafePointer<XML_Char>?, _ count: Int) {
    guard fault == nil, let characters, !open.isEmpty else { return }
    characters.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
      open[open.count - 1].text += String(
        decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
  }

  /// The name without its prefix.
  private static func local(_ name: UnsafePointer<XML_Char>) -> String {
    let name = String(cString: name)
    return name.utf8.lastIndex(of: UInt8(ascii: ":")).map {
      String(name[name.utf8.index(after: $0)...])
    } ?? name
  }
}
