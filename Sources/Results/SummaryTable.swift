// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// One line of `summary.csv`: a number that says how a run went.
public struct SummaryRow: Equatable, Sendable {
  public var metric: String
  /// Not a number where there is nothing to tell, such as the mean over no flows.
  public var value: Double
  /// Empty for counts and ratios.
  public var unit: String

  public init(_ metric: String, _ value: Double, unit: String = "") {
    self.metric = metric
    self.value = value
    self.unit = unit
  }
}

/// The rows of `summary.csv`, in the order in which they were added.
public struct SummaryTable: Equatable, Sendable {
  public static let schema = TableSchema(
    file: "summary.csv", about: "One number about the whole run a row.",
    columns: [
      Column("metric", .string, about: "What the number measures; each metric has its own word."),
      Column("value", .number, about: "The number; empty where there was nothing to measure."),
      Column("unit", .string, about: "The unit of the value; empty for counts and ratios."),
    ])

  public private(set) var rows: [SummaryRow] = []

  public init() {}

  public mutating func add(_ metric: String, _ value: Double, unit: String = "") {
    rows.append(SummaryRow(metric, value, unit: unit))
  }

  public func write(to writer: inout CSVWriter) throws(ResultsError) {
    for row in rows {
      writer.append(row.metric)
      writer.append(row.value)
      writer.append(row.unit)
      try writer.endRow()
    }
  }

  public var json: JSON {
    .object(
      rows.map { row in
        (row.metric, .object([("value", .number(row.value)), ("unit", .string(row.unit))]))
      })
  }
}
