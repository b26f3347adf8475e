// SPDX-License-Identifier: GPL-3.0-or-later
internal import TestSupport

/// A table of a run as a reader finds it: rows of text under the names of columns.
struct Table {
  let name: String
  let columns: [String]
  let rows: [[String]]
  private let places: [String: Int]

  /// A row by the names of its columns.
  struct Row {
    let fields: [String]
    fileprivate let places: [String: Int]

    /// The text in a column; empty where there is no such column.
    subscript(column: String) -> String { places[column].map { fields[$0] } ?? "" }

    /// The number in a column; nil where the field is empty.
    func number(_ column: String) -> Double? {
      let text = self[column]
      return text.isEmpty ? nil : Double(text)
    }

    /// Seconds with up to nine decimals as whole nanoseconds, without rounding.
    func nanoseconds(_ column: String) -> Int64? {
      TestSupport.nanoseconds(self[column])
    }

    /// The parts of a field that `;` joins; none of an empty one.
    func parts(_ column: String) -> [String] {
      self[column].split(separator: ";").map(String.init)
    }
  }

  var all: [Row] { rows.map { Row(fields: $0, places: places) } }

  /// Reads CSV as RFC 4180 has it; nil where a row is ragged.
  init?(name: String, bytes: [UInt8]) {
    var lines = Table.records(bytes)
    guard !lines.isEmpty else { return nil }
    columns = lines.removeFirst()
    let count = columns.count
    guard lines.allSatisfy({ $0.count == count }) else { return nil }
    self.name = name
    rows = lines
    places = Dictionary(
      zip(columns, columns.indices), uniquingKeysWith: { first, _ in first })
  }

  private static func records(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
      case UInt8(ascii: "\n") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        records.append(fields)
        fields.removeAll(keepingCapacity: true)
      default: field.append(byte)
      }
    }
    return records
  }

  func total(_ column: String) -> Double {
    all.reduce(0) { $0 + ($1.number(column) ?? 0) }
  }
}
