// SPDX-License-Identifier: GPL-3.0-or-later
internal import CExpat
internal import Text

extension XMLReader {
  /// What expat has met, in words that say what it expected.
  func failure(_ code: XML_Error) -> Fault {
    let bytes = text.bytes
    // Expat has none, which it says by -1, where it gives up before it looks at the text.
    let offset = max(0, min(offset, bytes.count))
    switch code {
    case XML_ERROR_TAG_MISMATCH:
      // Points behind the `</`.
      let expected = open.last.map { "</\($0.name)>" } ?? "nothing to close"
      return Fault(found: "</\(name(at: offset))>", expected: expected, at: max(0, offset - 2))
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      return Fault("the attribute \(Fault.quoted(name(at: offset))) is given twice", at: offset)
    case XML_ERROR_UNDEFINED_ENTITY, XML_ERROR_BAD_CHAR_REF, XML_ERROR_ENTITY_DECLARED_IN_PE:
      let rest = bytes[offset...].prefix(60)
      let reference = rest.prefix { $0 != UInt8(ascii: ";") }
      return Fault(
        "unknown reference \(Fault.quoted(String(decoding: reference, as: UTF8.self) + ";"))",
        at: offset)
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      let start = bytes.indices.last { text.starts(with: "<![CDATA[", at: $0) }
      return unclosed(at: start ?? offset)
    case XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_NO_ELEMENTS:
      return unclosed(at: offset)
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT where text.starts(with: "<", at: offset):
      return Fault(found: "a second root element", expected: "the end of the file", at: offset)
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      return Fault(
        found: "text outside of the root element", expected: "an element", at: offset)
    case XML_ERROR_INVALID_TOKEN, XML_ERROR_SYNTAX: return misplaced(at: offset)
    default:
      let reason = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
      return Fault("is not well-formed XML: \(reason)", at: offset)
    }
  }

  /// The file ends inside of something that begins here, or that is open still.
  private func unclosed(at offset: Int) -> Fault {
    let known = [
      ("<!--", "a comment", "-->"), ("<![CDATA[", "CDATA", "]]>"),
      ("<?", "a processing instruction", "?>"), ("<!DOCTYPE", "a DOCTYPE", ">"),
    ]
    for (start, what, end) in known where text.starts(with: start, at: offset) {
      return Fault(found: "\(what) without an end", expected: end, at: offset)
    }
    if offset < text.bytes.count, text.bytes[offset] == UInt8(ascii: "<") {
      return Fault(found: "a tag without an end", expected: "'>'", at: offset)
    }
    guard let last = open.last else {
      return Fault(found: "no element", expected: "an XML document", at: 0)
    }
    let line = text.mark(at: last.offset).line
    return Fault(
      found: "the end of the file", expected: "</\(last.name)> of line \(line)",
      at: text.bytes.count)
  }

  /// Something stands where XML does not let it.
  private func misplaced(at offset: Int) -> Fault {
    let bytes = text.bytes
    guard offset < bytes.count else { return unclosed(at: offset) }
    // No name is longer; an ampersand that no name and semicolon follow is meant as itself.
    let before = bytes[..<offset].suffix(12)
    if let ampersand = before.lastIndex(of: UInt8(ascii: "&")),
      !before[ampersand...].contains(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "<") })
    {
      return Fault(found: "'&'", expected: "&amp; or another reference", at: ampersand)
    }
    if root == nil, open.isEmpty, !bytes[..<offset].contains(UInt8(ascii: "<")),
      bytes[offset] != UInt8(ascii: "<")
    {
      return Fault(
        found: "text outside of the root element", expected: "an element", at: offset)
    }
    let found = String(decoding: bytes[offset...].prefix(4), as: UTF8.self).prefix(1)
    let expected =
      switch before.last(where: { !$0.isBlank }) {
      case UInt8(ascii: "="): "a value in quotes"
      case UInt8(ascii: "<"): "the name of an element, or &lt; for a '<'"
      default: "well-formed XML"
      }
    return Fault(found: Fault.quoted(String(found)), expected: expected, at: offset)
  }

  private func name(at offset: Int) -> String {
    let name = text.bytes[offset...].prefix { !$0.isBlank && !"=/>".utf8.contains($0) }
    let colon = name.lastIndex(of: UInt8(ascii: ":"))
    return String(decoding: colon.map { name[($0 + 1)...] } ?? name, as: UTF8.self)
  }
}
