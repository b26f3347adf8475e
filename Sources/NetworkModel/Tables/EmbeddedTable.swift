// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// A table that was compiled into the program, its first line the names of its columns.
///
/// The tables are part of the program and no user writes them: a malformed one is a bug, and
/// stops the program with a sentence.
package struct EmbeddedTable: Sendable {
  let name: String
  let columns: [String]
  private let records: [[String]]

  package init(_ name: String, _ bytes: [UInt8]) {
    guard let records = CSVText.records(of: bytes), let head = records.first else {
      preconditionFailure("The embedded table \(name) is comma-separated text with a first line.")
    }
    for record in records where record.count != head.count {
      preconditionFailure(
        "A line of the embedded table \(name) has too few or many fields: \(record)")
    }
    self.name = name
    columns = head
    self.records = Array(records.dropFirst())
  }

  package func forEach(_ body: (Row) -> Void) {
    for record in records { body(Row(table: self, fields: record)) }
  }

  package func map<Value>(_ transform: (Row) -> Value) -> [Value] {
    records.map { transform(Row(table: self, fields: $0)) }
  }
}

extension EmbeddedTable {
  /// One line of a table, its fields known by the names of their columns.
  package struct Row {
    fileprivate let table: EmbeddedTable
    fileprivate let fields: [String]

    /// A field that is never empty.
    package func text(_ column: String) -> String {
      let field = field(column)
      precondition(
        !field.isEmpty, "The column \(column) of the table \(table.name) is never empty.")
      return field
    }

    package func optionalText(_ column: String) -> String? {
      let field = field(column)
      return field.isEmpty ? nil : field
    }

    package func number(_ column: String) -> Double {
      number(of: text(column), in: column)
    }

    package func optionalNumber(_ column: String) -> Double? {
      optionalText(column).map { number(of: $0, in: column) }
    }

    /// One of the words that a choice has.
    package func choice<Choice: RawRepresentable<String>>(
      _ column: String, of type: Choice.Type = Choice.self
    ) -> Choice {
      guard let choice = Choice(rawValue: text(column)) else {
        preconditionFailure("\(text(column)) is no \(column) that the table \(table.name) knows.")
      }
      return choice
    }

    /// The place that the columns `latitude_deg` and `longitude_deg` tell.
    var position: GeographicPoint {
      let place = GeographicPoint(
        latitude_deg: number("latitude_deg"), longitude_deg: number("longitude_deg"))
      guard let place else {
        preconditionFailure("A place of the table \(table.name) is not on the Earth.")
      }
      return place
    }

    private func field(_ column: String) -> String {
      guard let index = table.columns.firstIndex(of: column) else {
        preconditionFailure("The table \(table.name) has no column \(column).")
      }
      return fields[index]
    }

    private func number(of text: String, in column: String) -> Double {
      guard let number = DecimalText(text)?.value() else {
        preconditionFailure("\(text) in \(column) of the table \(table.name) is no number.")
      }
      return number
    }
  }
}
