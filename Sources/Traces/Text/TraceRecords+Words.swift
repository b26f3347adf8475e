// SPDX-License-Identifier: GPL-3.0-or-later

// Fields between blanks, as the Standard Workload Format has them.

extension TraceRecords {
  /// Splits a line at blanks and tabs; a line of nothing else has no field.
  mutating func splitWords(_ length: Int) {
    fieldCount = 0
    let recordEnd = endWithoutReturn(length)
    var index = start
    while true {
      while index < recordEnd, Self.isBlank(bytes[index]) { index += 1 }
      guard index < recordEnd else { return }
      let fieldStart = index
      while index < recordEnd, !Self.isBlank(bytes[index]) { index += 1 }
      appendField(from: fieldStart, to: index)
    }
  }

  /// Whether the record at hand is a remark, which is what begins with a semicolon.
  var isComment: Bool { fieldCount > 0 && fields[0].first == UInt8(ascii: ";") }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
