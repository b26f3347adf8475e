// SPDX-License-Identifier: GPL-3.0-or-later

/// A value of a JSON text, with the byte at which it begins.
struct JSONValue {
  indirect enum Content {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])
  }

  var content: Content
  var offset: Int
}

/// Reads JSON as RFC 8259 defines it.
///
/// It is not read as YAML, which nearly holds it: that knows neither characters written as two
/// `\u` escapes nor keys of more than 1024 bytes, and takes much that is no JSON.
struct JSONReader {
  /// Deeper than any network file, and shallow enough for a call each.
  static let deepest = 100

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  static func value(of text: InputText) throws(Fault) -> JSONValue {
    var reader = JSONReader(text.bytes)
    let value = try reader.takeValue(depth: 0)
    reader.skipBlanks()
    guard reader.position == reader.bytes.count else {
      throw reader.expected("the end of the file")
    }
    return value
  }

  private mutating func takeValue(depth: Int) throws(Fault) -> JSONValue {
    skipBlanks()
    let offset = position
    guard depth < Self.deepest else {
      throw Fault("nested deeper than \(Self.deepest) levels, the most that is read", at: offset)
    }
    guard position < bytes.count else { throw expected("a value") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return JSONValue(content: try takeObject(depth), offset: offset)
    case UInt8(ascii: "["): return JSONValue(content: try takeArray(depth), offset: offset)
    case UInt8(ascii: "\""): return JSONValue(content: .string(try takeString()), offset: offset)
    default: return JSONValue(content: try takeLiteral(), offset: offset)
    }
  }

  private mutating func takeArray(_ depth: Int) throws(Fault) -> JSONValue.Content {
    position += 1
    var elements: [JSONValue] = []
    if skip("]") { return .array(elements) }
    repeat { elements.append(try takeValue(depth: depth + 1)) } while skip(",")
    guard skip("]") else { throw expected("',' or ']'") }
    return .array(elements)
  }

  private mutating func takeObject(_ depth: Int) throws(Fault) -> JSONValue.Content {
    position += 1
    var members: [(key: String, value: JSONValue)] = []
    if skip("}") { return .object(members) }
    repeat {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw expected("a key in quotes")
      }
      let key = try takeString()
      guard skip(":") else { throw expected("':' behind the key") }
      members.append((key, try takeValue(depth: depth + 1)))
    } while skip(",")
    guard skip("}") else { throw expected("',' or '}'") }
    return .object(members)
  }

  /// A number, `true`, `false` or `null`.
  private mutating func takeLiteral() throws(Fault) -> JSONValue.Content {
    let start = position
    while position < bytes.count, !bytes[position].isBlank,
      !",]}:{[\"".utf8.contains(bytes[position])
    {
      position += 1
    }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    default: break
    }
    // Double(_:) takes more than JSON: hexadecimal, a leading '+', "nan".
    if word.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), word.first != "+",
      let value = Double(word), value.isFinite
    {
      return .number(value)
    }
    position = start
    guard !word.isEmpty else { throw expected("a value") }
    throw Fault(found: Fault.quoted(word), expected: "a JSON value", at: start)
  }
}

// MARK: - Strings

extension JSONReader {
  private mutating func takeString() throws(Fault) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try takeEscape()).utf8)
      case 0..<0x20:
        throw Fault(found: "a control character", expected: "text or '\"'", at: position - 1)
      default: text.append(byte)
      }
    }
    throw Fault(found: "a text without an end", expected: "'\"'", at: start)
  }

  private mutating func takeEscape() throws(Fault) -> Character {
    guard position < bytes.count else { throw expected("an escape") }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(letter))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try takeCodeUnits())
    default:
      throw Fault("unknown escape in a text", at: position - 2)
    }
  }

  /// One `\u` escape, or the two that stand for one character.
  private mutating func takeCodeUnits() throws(Fault) -> Unicode.Scalar {
    let offset = position - 2
    let first = try takeCodeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let second = try takeCodeUnit()
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw Fault("half of a character: a \\u escape without its other half", at: offset)
  }

  private mutating func takeCodeUnit() throws(Fault) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16)
    else { throw expected("four hexadecimal digits") }
    position += 4
    return value
  }
}

// MARK: - Steps

extension JSONReader {
  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position].isBlank { position += 1 }
  }

  /// Skips blanks, and then a mark if it comes next.
  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private func expected(_ what: String) -> Fault {
    guard position < bytes.count else {
      return Fault(found: "the end of the file", expected: what, at: bytes.count)
    }
    let found = String(decoding: bytes[position...].prefix(4), as: UTF8.self).prefix(1)
    return Fault(found: Fault.quoted(String(found)), expected: what, at: position)
  }
}
