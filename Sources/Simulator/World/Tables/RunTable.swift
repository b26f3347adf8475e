// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results

/// A table that a run may write: what it is called in `outputs`, and its columns.
///
/// How a row is put down is an extension of `TableWriter` for it, beside its columns.
public protocol RunTable: SendableMetatype {
  /// What asks for it; what stands behind the first asks for more rows of the same table.
  static var kinds: [Outputs.Kind] { get }
  static var schema: TableSchema { get }
}

extension RunTable {
  static func open(in folder: ResultsFolder) throws(ResultsError) -> OpenTable {
    TableWriter<Self>(rows: try folder.makeTable(schema))
  }
}

/// A table that is being written, of whatever kind.
class OpenTable {
  var rows: CSVWriter

  init(rows: consuming CSVWriter) {
    self.rows = rows
  }

  /// Appends an instant in seconds, or nothing where there is none.
  final func append(_ time: SimTime?) {
    if let time {
      rows.append(nanosecondsAsSeconds: time.nanoseconds)
    } else {
      rows.appendAbsent()
    }
  }

  final func endRow() throws(RunError) {
    do { try rows.endRow() } catch { throw .results(error) }
  }

  final func close() throws(RunError) {
    do { try rows.close() } catch { throw .results(error) }
  }
}

/// A table that is being written; whoever writes its rows holds it.
final class TableWriter<Table: RunTable>: OpenTable {}
