// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Text

extension Listing {
  func text(as format: OutputFormat) -> String {
    switch format {
    case .table: table
    case .csv: csv
    case .json: json.prettyText
    }
  }

  /// The rows as wide as the terminal.
  var table: String {
    var table = TerminalTable(headings.map(\.shown))
    for row in rows { table.append(row.map(\.shown)) }
    return table.rendered()
  }
}

extension Cell {
  static func duration(_ duration: SimDuration) -> Cell {
    .duration(nanoseconds: duration.nanoseconds)
  }

  static func instant(_ time: SimTime) -> Cell { .instant(nanoseconds: time.nanoseconds) }

  static func length(_ length: Kilometres) -> Cell { .length(kilometres: length.value) }
}
