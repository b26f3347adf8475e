// SPDX-License-Identifier: GPL-3.0-or-later

/// A value of a JSON text, with the byte at which it begins.
public struct JSONValue: Sendable {
  public indirect enum Content: Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])
  }

  public var content: Content
  public var offset: Int

  /// The member of an object; nil where there is none, or this is no object.
  ///
  /// Of several with the same key the last counts, as with most readers.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.last { $0.key == key }?.value
  }
}

// MARK: - Reading

extension JSONValue {
  /// Reads the whole of a text as one value, as RFC 8259 defines it.
  ///
  /// JSON is not read as YAML, which nearly holds it: that knows neither characters written as two
  /// `\u` escapes nor keys of more than 1024 bytes, and takes much that is no JSON.
  public init(reading text: UTF8Text) throws(TextFault) {
    self = try text.bytes.withUnsafeBufferPointer { bytes throws(TextFault) in
      var scanner = JSONScanner(bytes, of: .file)
      let value = try JSONValue(&scanner, depth: 0)
      guard scanner.isAtEnd else { throw scanner.unexpected("the end of the file") }
      return value
    }
  }

  private init(_ scanner: inout JSONScanner, depth: Int) throws(TextFault) {
    let next = scanner.next
    offset = scanner.position
    guard depth < JSONScanner.deepest else { throw scanner.tooDeep }
    switch next {
    case UInt8(ascii: "{"): content = .object(try Self.members(&scanner, depth))
    case UInt8(ascii: "["): content = .array(try Self.elements(&scanner, depth))
    case UInt8(ascii: "\""): content = .string(try scanner.text(of: scanner.takeString("a value")))
    default: content = try Self.literal(&scanner)
    }
  }

  private static func members(
    _ scanner: inout JSONScanner, _ depth: Int
  ) throws(TextFault) -> [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = []
    try scanner.take("{", "an object in braces")
    while let key = try scanner.nextKey(isFirst: members.isEmpty) {
      members.append((try scanner.text(of: key), try JSONValue(&scanner, depth: depth + 1)))
    }
    return members
  }

  private static func elements(
    _ scanner: inout JSONScanner, _ depth: Int
  ) throws(TextFault) -> [JSONValue] {
    var elements: [JSONValue] = []
    try scanner.take("[", "a list in brackets")
    while try scanner.beginsElement(isFirst: elements.isEmpty) {
      elements.append(try JSONValue(&scanner, depth: depth + 1))
    }
    return elements
  }

  /// A number, `true`, `false` or `null`.
  private static func literal(_ scanner: inout JSONScanner) throws(TextFault) -> Content {
    let start = scanner.position
    let word = scanner.word(of: try scanner.takeLiteral())
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    default: break
    }
    if let number = DecimalText(word), number.isJSON, let value = number.value() {
      return .number(value)
    }
    throw TextFault(
      found: JSONScanner.shown(word), expected: "a text in quotes, a number, true, false or null",
      at: start)
  }
}
