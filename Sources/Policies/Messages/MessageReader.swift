// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Reads a message from the bytes of its line.
///
/// A thin layer over `JSONScanner`: no tree is made of what is read once.
struct MessageReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var scanner: JSONScanner

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    scanner = JSONScanner(bytes, of: .line)
  }

  /// Reads an object; `member` is handed each key, and reads or skips its value.
  mutating func object(
    _ what: String, _ member: (String, inout MessageReader) throws(MessageFault) -> Void
  ) throws(MessageFault) {
    try faults { (scanner) throws(TextFault) in try scanner.take("{", what) }
    var isFirst = true
    while let key = try faults({ (scanner) throws(TextFault) in
      try scanner.nextKey(isFirst: isFirst).map { (key) throws(TextFault) in
        try scanner.text(of: key)
      }
    }) {
      isFirst = false
      try member(key, &self)
    }
  }

  /// Reads a list, whose elements `element` reads.
  mutating func list(
    _ what: String, _ element: (inout MessageReader) throws(MessageFault) -> Void
  ) throws(MessageFault) {
    try faults { (scanner) throws(TextFault) in try scanner.take("[", what) }
    var isFirst = true
    while try faults({ (scanner) throws(TextFault) in
      try scanner.beginsElement(isFirst: isFirst)
    }) {
      isFirst = false
      try element(&self)
    }
  }

  mutating func text(_ what: String) throws(MessageFault) -> String {
    try faults { (scanner) throws(TextFault) in
      try scanner.text(of: scanner.takeString(what))
    }
  }

  /// A whole number of nanoseconds, or of anything else that is counted.
  mutating func whole(_ what: String) throws(MessageFault) -> Int64 {
    let word = try literal(what)
    guard let number = DecimalText(word), number.isJSON, let value = number.integer else {
      throw MessageFault(found: shown(word), expected: what)
    }
    return value
  }

  /// Any number that can be held.
  mutating func number(_ what: String) throws(MessageFault) -> Double {
    let word = try literal(what)
    guard let number = DecimalText(word), number.isJSON, let value = number.value() else {
      throw MessageFault(found: shown(word), expected: what)
    }
    return value
  }

  mutating func boolean(_ what: String) throws(MessageFault) -> Bool {
    switch try literal(what) {
    case "true": return true
    case "false": return false
    case let word: throw MessageFault(found: shown(word), expected: what)
    }
  }

  /// Why something is refused, for a table.
  mutating func reason() throws(MessageFault) -> String {
    let reason = try text("a reason")
    let isPlain = reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard isPlain, (1...Self.longestReason).contains(reason.utf8.count) else {
      throw MessageFault(
        found: "a reason of \(reason.utf8.count) bytes",
        expected: "1 to \(Self.longestReason) of them, without control characters")
    }
    return reason
  }

  /// So many bytes of a reason go into a table.
  private static let longestReason = 200

  /// A list of names.
  mutating func names(_ what: String) throws(MessageFault) -> [String] {
    var names: [String] = []
    try list(what) { (reader) throws(MessageFault) in names.append(try reader.text("a name")) }
    return names
  }

  mutating func skip() throws(MessageFault) {
    _ = try faults { (scanner) throws(TextFault) in try scanner.skipValue() }
  }

  /// The bytes of any value; of a text, those that it stands for.
  mutating func valueBytes() throws(MessageFault) -> [UInt8] {
    let isText = scanner.next == UInt8(ascii: "\"")
    let start = scanner.position
    if isText { return Array(try text("a text").utf8) }
    try skip()
    return Array(bytes[start..<scanner.position])
  }

  /// Nothing stands behind the value.
  mutating func end() throws(MessageFault) {
    guard scanner.isAtEnd else { throw MessageFault(scanner.unexpected("the end of the line")) }
  }

  // MARK: - Helpers

  private mutating func literal(_ what: String) throws(MessageFault) -> String {
    guard let next = scanner.next, next != UInt8(ascii: "\""), next != UInt8(ascii: "["),
      next != UInt8(ascii: "{")
    else { throw MessageFault(scanner.unexpected(what)) }
    return try faults { (scanner) throws(TextFault) in
      try scanner.text(of: scanner.takeLiteral())
    }
  }

  private func shown(_ word: String) -> String { "'\(word.prefix(40))'" }

  private mutating func faults<Value>(
    _ work: (inout JSONScanner) throws(TextFault) -> Value
  ) throws(MessageFault) -> Value {
    do {
      return try work(&scanner)
    } catch {
      throw MessageFault(error)
    }
  }
}
