// SPDX-License-Identifier: GPL-3.0-or-later

/// Text of comma-separated values as RFC 4180 has it.
enum CSVText {
  /// The fields of each line; nil where a quoted field does not end or goes on behind its quote.
  ///
  /// A line ends with a line feed, and a quoted field may hold commas, line feeds and doubled
  /// quotes. Empty lines hold nothing and are left out.
  static func records(of bytes: [UInt8]) -> [[String]]? {
    var records: [[String]] = []
    var record: [String] = []
    var position = 0
    while position < bytes.count {
      guard let (field, end) = field(of: bytes, from: position) else { return nil }
      record.append(field)
      let isLast = end == bytes.count || bytes[end] == UInt8(ascii: "\n")
      // A comma at the very end still has an empty field behind it.
      if end == bytes.count - 1, !isLast { record.append("") }
      if isLast || end == bytes.count - 1 {
        if record != [""] { records.append(record) }
        record = []
      }
      position = end + 1
    }
    return records
  }

  /// One field and the position of the comma or line feed behind it.
  private static func field(of bytes: [UInt8], from start: Int) -> (text: String, end: Int)? {
    guard bytes[start] == UInt8(ascii: "\"") else {
      let end = bytes[start...].firstIndex(where: isEnd) ?? bytes.count
      return (String(decoding: bytes[start..<end], as: UTF8.self), end)
    }
    var text: [UInt8] = []
    var position = start + 1
    while position < bytes.count {
      let isQuote = bytes[position] == UInt8(ascii: "\"")
      let next = position + 1
      let isDoubled = isQuote && next < bytes.count && bytes[next] == UInt8(ascii: "\"")
      if isQuote, !isDoubled {
        guard next == bytes.count || isEnd(bytes[next]) else { return nil }
        return (String(decoding: text, as: UTF8.self), next)
      }
      text.append(bytes[position])
      position += isDoubled ? 2 : 1
    }
    return nil
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
  }
}
