// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

// A JSON object a line (RFC 8259), of which the values of some keys are wanted.
//
// What is not wanted is skipped: its brackets and quotes must match, and nothing else of it is
// looked at. A value is its text as it is written, a string without its quotes; `null` is empty.

extension TraceRecords {
  /// Finds the values of the wanted keys; the field of one that is not there has no address.
  mutating func splitObject(_ length: Int) throws(TraceError.Problem) {
    let recordEnd = endWithoutReturn(length)
    var index = skippingBlanks(from: start, to: recordEnd)
    fieldCount = 0
    // A blank line is no object, and no mistake either.
    guard index < recordEnd else { return }
    fieldCount = wantedKeys.count
    for position in wantedKeys.indices {
      fields[position] = UnsafeBufferPointer(start: nil, count: 0)
    }
    try take("{", at: &index, recordEnd, "an object in braces")
    index = skippingBlanks(from: index, to: recordEnd)
    if index < recordEnd, bytes[index] == UInt8(ascii: "}") {
      return try requireLineEnd(after: index + 1, recordEnd)
    }
    while true {
      let key = try takeString(at: &index, recordEnd, "a key in quotes")
      try take(":", at: &index, recordEnd, "':' behind the key")
      let value = try takeValue(at: &index, recordEnd)
      for position in wantedKeys.indices where matches(key, wantedKeys[position]) {
        fields[position] = UnsafeBufferPointer(start: bytes + value.lowerBound, count: value.count)
      }
      index = skippingBlanks(from: index, to: recordEnd)
      guard index < recordEnd, bytes[index] == UInt8(ascii: ",") else { break }
      index = skippingBlanks(from: index + 1, to: recordEnd)
    }
    try take("}", at: &index, recordEnd, "',' or '}'")
    try requireLineEnd(after: index, recordEnd)
  }

  /// The keys of the next line, which stays the next one.
  mutating func peekKeys() throws(TraceError.Problem) -> [String] {
    guard let text = try peek() else { return [] }
    let recordEnd = start + text.count
    var keys: [String] = []
    var index = start
    try take("{", at: &index, recordEnd, "an object in braces")
    repeat {
      index = skippingBlanks(from: index, to: recordEnd)
      let key = try takeString(at: &index, recordEnd, "a key in quotes")
      keys.append(String(decoding: UnsafeBufferPointer(rebasing: text[offset(key)]), as: UTF8.self))
      try take(":", at: &index, recordEnd, "':' behind the key")
      _ = try takeValue(at: &index, recordEnd)
      index = skippingBlanks(from: index, to: recordEnd)
      index += 1
    } while index <= recordEnd && bytes[index - 1] == UInt8(ascii: ",")
    return keys
  }

  private func offset(_ place: Range<Int>) -> Range<Int> {
    place.lowerBound - start..<place.upperBound - start
  }

  private func matches(_ key: Range<Int>, _ wanted: [UInt8]) -> Bool {
    guard key.count == wanted.count else { return false }
    return wanted.withUnsafeBufferPointer { wanted in
      guard let address = wanted.baseAddress else { return true }
      return memcmp(bytes + key.lowerBound, address, key.count) == 0
    }
  }
}

// MARK: - Steps

extension TraceRecords {
  private func skippingBlanks(from index: Int, to recordEnd: Int) -> Int {
    var index = index
    while index < recordEnd, Self.isBlank(bytes[index]) { index += 1 }
    return index
  }

  private func take(
    _ mark: Unicode.Scalar, at index: inout Int, _ recordEnd: Int, _ expected: String
  ) throws(TraceError.Problem) {
    index = skippingBlanks(from: index, to: recordEnd)
    guard index < recordEnd, bytes[index] == UInt8(ascii: mark) else {
      throw unexpected(at: index, recordEnd, expected)
    }
    index += 1
  }

  private func requireLineEnd(after index: Int, _ recordEnd: Int) throws(TraceError.Problem) {
    let index = skippingBlanks(from: index, to: recordEnd)
    guard index == recordEnd else {
      throw unexpected(at: index, recordEnd, "the end of the line behind the object")
    }
  }

  /// The place of the text between two quotes.
  private func takeString(
    at index: inout Int, _ recordEnd: Int, _ expected: String
  ) throws(TraceError.Problem) -> Range<Int> {
    guard index < recordEnd, bytes[index] == 0x22 else {
      throw unexpected(at: index, recordEnd, expected)
    }
    let textStart = index + 1
    index = textStart
    while index < recordEnd, bytes[index] != 0x22 {
      // What is escaped is one byte more, whatever it is: a quote is the only one that matters.
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < recordEnd else { throw unexpected(at: recordEnd, recordEnd, "'\"'") }
    index += 1
    return textStart..<index - 1
  }

  private func takeValue(
    at index: inout Int, _ recordEnd: Int
  ) throws(TraceError.Problem) -> Range<Int> {
    index = skippingBlanks(from: index, to: recordEnd)
    let valueStart = index
    guard index < recordEnd else { throw unexpected(at: index, recordEnd, "a value") }
    switch bytes[index] {
    case 0x22: return try takeString(at: &index, recordEnd, "a value")
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skipNested(at: &index, recordEnd)
      return valueStart..<index
    default:
      while index < recordEnd, !Self.endsLiteral(bytes[index]) { index += 1 }
      guard index > valueStart else { throw unexpected(at: index, recordEnd, "a value") }
      let isNull = index - valueStart == 4 && memcmp(bytes + valueStart, "null", 4) == 0
      return valueStart..<(isNull ? valueStart : index)
    }
  }

  /// Skips a list or an object with all that is in it.
  private func skipNested(at index: inout Int, _ recordEnd: Int) throws(TraceError.Problem) {
    // The brackets that are open, the innermost in the lowest bit: 1 for a brace.
    var open: UInt64 = 0
    var depth = 0
    repeat {
      guard index < recordEnd else { throw unexpected(at: index, recordEnd, "']' or '}'") }
      let byte = bytes[index]
      switch byte {
      case 0x22: _ = try takeString(at: &index, recordEnd, "a text")
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        guard depth <= 64 else {
          throw unexpected(at: index, recordEnd, "at most 64 levels of brackets")
        }
        open = open << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        index += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open & 1 == (byte == UInt8(ascii: "}") ? 1 : 0) else {
          throw unexpected(at: index, recordEnd, open & 1 == 1 ? "'}'" : "']'")
        }
        open >>= 1
        depth -= 1
        index += 1
      default: index += 1
      }
    } while depth > 0
  }

  private static func endsLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x22, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  private func unexpected(
    at index: Int, _ recordEnd: Int, _ expected: String
  ) -> TraceError.Problem {
    let index = min(index, recordEnd)
    // Every byte but a continuation byte begins a character.
    var column = 1
    for place in start..<index where bytes[place] & 0xc0 != 0x80 { column += 1 }
    let text = UnsafeBufferPointer(start: bytes + index, count: min(recordEnd - index, 12))
    let found = text.isEmpty ? "the end of the line" : "'\(shown(text))'"
    return .json(column: column, expected: expected, found: found)
  }
}
