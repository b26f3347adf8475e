// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Text

/// What `explain` prints of one thing of a run.
protocol Explanation {
  /// Its tables and sentences, for a terminal.
  var people: String { get }
  /// One table a file: the one that all others follow from, or that is asked for most.
  var rows: Listing { get }
  var json: Text.JSON { get }
}

extension Explanation {
  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: people
    case .csv: rows.csv
    case .json: json.prettyText
    }
  }
}

/// How many rows the tables of an explanation have at most; nil for all.
struct RowLimit {
  let most: Int?

  func shown<Row>(_ rows: [Row]) -> [Row] { most.map { Array(rows.prefix($0)) } ?? rows }

  /// The line under a table of which some rows are not shown.
  func more(_ count: Int, _ which: String = " more") -> String {
    guard let most, count > most else { return "" }
    return "and \(count - most)\(which), with --all\n"
  }
}
