// SPDX-License-Identifier: GPL-3.0-or-later

// Fields between commas, as RFC 4180 has them.

extension TraceRecords {
  mutating func splitPlain(_ length: Int) {
    fieldCount = 0
    var fieldStart = start
    let recordEnd = endWithoutReturn(length)
    for index in start..<recordEnd where bytes[index] == UInt8(ascii: ",") {
      appendField(from: fieldStart, to: index)
      fieldStart = index + 1
    }
    appendField(from: fieldStart, to: recordEnd)
  }

  /// Takes the quotes off in place: a field only ever gets shorter.
  mutating func splitQuoted(_ length: Int) throws(TraceError.Problem) {
    fieldCount = 0
    let recordEnd = endWithoutReturn(length)
    var index = start
    while true {
      let fieldStart = index
      var fieldEnd = index
      if index < recordEnd, bytes[index] == 0x22 {
        index += 1
        while index < recordEnd, bytes[index] != 0x22 || isDoubledQuote(index, recordEnd) {
          if bytes[index] == 0x22 { index += 1 }
          bytes[fieldEnd] = bytes[index]
          fieldEnd += 1
          index += 1
        }
        index += 1
        guard index >= recordEnd || bytes[index] == UInt8(ascii: ",") else { throw .strayQuote }
      } else {
        while index < recordEnd, bytes[index] != UInt8(ascii: ",") {
          guard bytes[index] != 0x22 else { throw .strayQuote }
          index += 1
        }
        fieldEnd = index
      }
      appendField(from: fieldStart, to: fieldEnd)
      guard index < recordEnd else { return }
      index += 1
    }
  }

  private func isDoubledQuote(_ index: Int, _ recordEnd: Int) -> Bool {
    index + 1 < recordEnd && bytes[index] == 0x22 && bytes[index + 1] == 0x22
  }
}
