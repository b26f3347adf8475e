// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Simulator

/// `cpnsim show columns`: type, unit and meaning of every column that a run writes.
struct ShowColumns: Command {
  static let name = "columns"
  static let abstract = "Tell type, unit and meaning of every column that a run writes."
  static let examples = [
    Example("cpnsim show columns", "Explain the columns of all tables."),
    Example("cpnsim show columns flows", "Explain the columns of flows.csv."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .optionalArgument("table", \.table, "The table, if not all of them.")
        .taking("name", .values(tables.map(\.name))),
      .format(\.format),
    ]
  }

  private static var tables: [TableSchema] { RunTables.all.map { $0.schema } }

  var table: String?
  var format = OutputFormat.table

  func run() throws -> ExitCode {
    let listing = ColumnListing.columns(of: try wanted())
    try StandardOutput.write(listing.text(as: format))
    return .done
  }

  /// One table, by its name or that of its file, or all.
  private func wanted() throws(UsageError) -> [TableSchema] {
    let tables = Self.tables
    guard let table else { return tables }
    guard let found = tables.first(where: { $0.name == table || $0.file == table }) else {
      throw .invalidValue(
        table, parameter: "<table>", expected: "table", choices: tables.map(\.name))
    }
    return [found]
  }
}
