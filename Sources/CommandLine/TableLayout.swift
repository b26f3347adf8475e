// SPDX-License-Identifier: GPL-3.0-or-later

/// How the columns of a table stand within a width: in one line, or folded into several.
struct TableLayout {
  static let gap = 2
  /// A text is not made narrower than this to save a table from being folded.
  private static let leastText = 24

  /// Columns that stand beside each other.
  private struct Group {
    var indent: Int
    var columns: [Int]
  }

  private var widths: [Int]
  private var groups: [Group]
  /// Whether the only row is better read as a list.
  private(set) var isList = false

  init(_ table: TerminalTable, within maximum: Int?) {
    let columns = table.header.indices
    widths = columns.map { column in
      table.rows.reduce(table.header[column].displayWidth) { max($0, $1[column].displayWidth) }
    }
    groups = [Group(indent: 0, columns: Array(columns))]
    let maximum = maximum ?? .max
    let least = columns.map { column in
      table.isNumeric(column) ? widths[column] : TableLayout.leastWidth(of: column, in: table)
    }
    narrow(to: maximum, least: least)
    let isTooWide = width(of: groups[0].columns) > maximum
    isList = isTooWide && table.rows.count == 1
    if isTooWide { fold(to: maximum) }
  }

  /// The width of all columns of a group with the gaps between them.
  private func width(of columns: [Int]) -> Int {
    columns.reduce(0) { $0 + widths[$1] } + TableLayout.gap * (columns.count - 1)
  }

  /// Takes from the widest texts what is too much, where there is enough to take.
  private mutating func narrow(to maximum: Int, least: [Int]) {
    var excess = width(of: groups[0].columns) - maximum
    let spare = widths.indices.reduce(0) { $0 + max(0, widths[$1] - least[$1]) }
    guard excess > 0, excess <= spare else { return }
    while excess > 0, let widest = widest(above: least) {
      widths[widest] -= 1
      excess -= 1
    }
  }

  private func widest(above least: [Int]) -> Int? {
    widths.indices.filter { widths[$0] > least[$0] }.max { widths[$0] < widths[$1] }
  }

  /// Puts as many columns in a line as fit, and the rest in lines below it, a little to the right.
  private mutating func fold(to maximum: Int) {
    var folded: [Group] = []
    for column in widths.indices {
      if let last = folded.indices.last,
        folded[last].indent + width(of: folded[last].columns + [column]) <= maximum
      {
        folded[last].columns.append(column)
      } else {
        let indent = folded.isEmpty ? 0 : TableLayout.gap
        widths[column] = min(widths[column], max(1, maximum - indent))
        folded.append(Group(indent: indent, columns: [column]))
      }
    }
    groups = folded
  }

  /// The narrowest that a column of text may be made.
  private static func leastWidth(of column: Int, in table: TerminalTable) -> Int {
    let cells = [table.header[column]] + table.rows.map { $0[column] }
    let natural = cells.reduce(0) { max($0, $1.displayWidth) }
    let longest = cells.reduce(0) { max($0, $1.longestPart) }
    return max(longest, min(natural, leastText))
  }

  /// The lines that the cells of a row, or of the header, take.
  func lines(of cells: [String], _ isRight: [Bool]) -> [String] {
    groups.flatMap { group -> [String] in
      let parts = group.columns.map { cells[$0].folded(toWidth: widths[$0]) }
      let margin = String(repeating: " ", count: group.indent)
      return (0..<(parts.map(\.count).max() ?? 0)).map { line in
        let texts = zip(group.columns, parts).map { column, part in
          padded(line < part.count ? part[line] : "", to: widths[column], isRight[column])
        }
        let gap = String(repeating: " ", count: TableLayout.gap)
        // Spaces at the end would wrap on a narrow terminal.
        return (margin + texts.joined(separator: gap)).withoutBlanksAtEnd
      }
    }
  }

  private func padded(_ text: String, to width: Int, _ isRight: Bool) -> String {
    let padding = String(repeating: " ", count: max(0, width - text.displayWidth))
    return isRight ? padding + text : text + padding
  }
}
