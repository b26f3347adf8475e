// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// One line of `summary.csv`: a number that says how a run went.
public struct SummaryRow: Equatable, Sendable {
  public var metric: String
  /// Not a number where there is nothing to tell, such as the mean over no flows.
  public var value: Double
  /// Empty for counts and ratios.
  public var unit: String
  /// Whether people are shown it.
  public var showing: Showing

  public enum Showing: Sendable {
    case always
    /// Where it is not zero: what may go wrong, and mostly does not.
    case unlessZero
    /// Where a table of its own tells it better, or it says nothing to people.
    case never
  }

  public init(
    _ metric: String, _ value: Double, unit: String = "", showing: Showing = .always
  ) {
    self.metric = metric
    self.value = value
    self.unit = unit
    self.showing = showing
  }

  /// Metrics of a part, such as one class, have its name before a slash, and tables of their own.
  var isForPeople: Bool {
    if metric.contains("/") || value.isNaN { return false }
    return switch showing {
    case .always: true
    case .unlessZero: value != 0
    case .never: false
    }
  }

  var cell: Cell {
    switch unit {
    case "s": .seconds(value)
    case "B": .size(bytes: value)
    case "": .number(value)
    default: .text(formatted(value, unit: unit))
    }
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

  public mutating func add(
    _ metric: String, _ value: Double, unit: String = "",
    showing: SummaryRow.Showing = .always
  ) {
    rows.append(SummaryRow(metric, value, unit: unit, showing: showing))
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

  /// All rows.
  public var listing: Listing {
    var listing = Listing(["metric", "value", "unit"])
    for row in rows {
      listing.append([.text(row.metric), .number(row.value), .text(row.unit)])
    }
    return listing
  }
}
