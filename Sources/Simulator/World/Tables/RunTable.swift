// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// A table that a run writes row by row: a schema, a writer, and how a row is put down.
protocol RunTable: ~Copyable {
  static var schema: TableSchema { get }
  var rows: CSVWriter { get set }

  init(rows: consuming CSVWriter)
}

extension RunTable where Self: ~Copyable {
  init(in folder: ResultsFolder) throws(ResultsError) {
    self.init(rows: try folder.makeTable(Self.schema))
  }

  mutating func close() throws(ResultsError) {
    try rows.close()
  }
}
