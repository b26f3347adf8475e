// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Text

// A JSON object a line (RFC 8259), of which the values of some keys are wanted.
//
// A value is its text as it is written, a string without its quotes; `null` is empty.

extension TraceRecords {
  /// Finds the values of the wanted keys; the field of one that is not there has no address.
  mutating func splitObject(_ length: Int) throws(TraceError.Problem) {
    let recordEnd = endWithoutReturn(length)
    let record = UnsafeBufferPointer(start: bytes + start, count: recordEnd - start)
    var scanner = JSONScanner(record, of: .line)
    fieldCount = 0
    // A blank line is no object, and no mistake either.
    guard !scanner.isAtEnd else { return }
    fieldCount = wantedKeys.count
    for position in wantedKeys.indices {
      fields[position] = UnsafeBufferPointer(start: nil, count: 0)
    }
    do throws(TextFault) {
      try splitMembers(&scanner)
    } catch {
      throw problem(error)
    }
  }

  private mutating func splitMembers(_ scanner: inout JSONScanner) throws(TextFault) {
    try scanner.take("{", "an object in braces")
    var isFirst = true
    while let key = try scanner.nextKey(isFirst: isFirst) {
      isFirst = false
      let value = try scanner.skipValue()
      for position in wantedKeys.indices
      where try matches(key, wantedKeys[position], scanner) {
        fields[position] = try field(value, scanner)
      }
    }
    guard scanner.isAtEnd else {
      throw scanner.unexpected("the end of the line behind the object")
    }
  }

  /// The keys of the next line, which stays the next one.
  mutating func peekKeys() throws(TraceError.Problem) -> [String] {
    guard let text = try peek() else { return [] }
    var scanner = JSONScanner(text, of: .line)
    var keys: [String] = []
    do throws(TextFault) {
      try scanner.take("{", "an object in braces")
      while let key = try scanner.nextKey(isFirst: keys.isEmpty) {
        keys.append(try scanner.text(of: key))
        _ = try scanner.skipValue()
      }
    } catch {
      throw problem(error)
    }
    return keys
  }

  private func matches(
    _ key: JSONScanner.Extent, _ wanted: [UInt8], _ scanner: JSONScanner
  ) throws(TextFault) -> Bool {
    if key.hasEscapes { return try scanner.text(of: key).utf8.elementsEqual(wanted) }
    guard key.range.count == wanted.count else { return false }
    return wanted.withUnsafeBufferPointer { wanted in
      guard let address = wanted.baseAddress else { return true }
      return memcmp(bytes + start + key.range.lowerBound, address, wanted.count) == 0
    }
  }

  /// The bytes of a value, in which escapes are replaced where they lie: a text only gets shorter.
  private func field(
    _ value: JSONScanner.Extent, _ scanner: JSONScanner
  ) throws(TextFault) -> FieldText {
    let place = bytes + start + value.range.lowerBound
    if value.hasEscapes {
      let text = Array(try scanner.text(of: value).utf8)
      place.update(from: text, count: text.count)
      return UnsafeBufferPointer(start: place, count: text.count)
    }
    let isNull = !value.isText && value.range.count == 4 && memcmp(place, "null", 4) == 0
    return UnsafeBufferPointer(start: place, count: isNull ? 0 : value.range.count)
  }

  private func problem(_ fault: TextFault) -> TraceError.Problem {
    // Every byte but a continuation byte begins a character.
    var column = 1
    for place in start..<start + fault.offset where bytes[place] & 0xc0 != 0x80 { column += 1 }
    return .json(column: column, expected: fault.expected, found: fault.found)
  }
}
