// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of text in aligned columns under a header.
///
/// A column of numbers, with or without units, stands to the right; others to the left. Wide
/// characters count as the two columns that they take, so that Chinese names line up. A table that
/// is wider than the terminal is folded; nothing of it is cut.
public struct TerminalTable {
  let header: [String]
  private(set) var rows: [[String]] = []

  public init(_ header: [String]) {
    self.header = header
  }

  /// Adds a row, which has one cell for each column of the header.
  public mutating func append(_ row: [String]) {
    precondition(row.count == header.count, "A row has as many cells as the header.")
    rows.append(row)
  }

  /// Renders the table for standard output: as wide as the terminal, or unlimited in a file.
  public func rendered() -> String {
    let terminal = Terminal.output
    return rendered(maximumWidth: terminal.tableWidth, isColoured: terminal.isColoured)
  }

  /// Renders the table within a width.
  ///
  /// Where it does not fit, texts go over several lines; where that is not enough, a single row
  /// becomes a list of its cells, and several take two lines or more each.
  public func rendered(maximumWidth: Int?, isColoured: Bool) -> String {
    let layout = TableLayout(self, within: maximumWidth)
    if layout.isList { return list(within: maximumWidth ?? .max, isColoured: isColoured) }
    let isRight = header.indices.map(isNumeric)
    var text = ""
    for line in layout.lines(of: header, isRight) { text += emphasised(line, isColoured) + "\n" }
    for row in rows {
      for line in layout.lines(of: row, isRight) { text += line + "\n" }
    }
    return text
  }

  /// The cells of the only row under each other, each behind the name of its column.
  private func list(within width: Int, isColoured: Bool) -> String {
    let heads = header.map(\.displayWidth).max() ?? 0
    let indent = heads + TableLayout.gap
    var text = ""
    for (name, cell) in zip(header, rows[0]) {
      let padding = String(repeating: " ", count: indent - name.displayWidth)
      var margin = emphasised(name, isColoured) + padding
      for line in cell.folded(toWidth: max(1, width - indent)) {
        text += (margin + line).withoutBlanksAtEnd + "\n"
        margin = String(repeating: " ", count: indent)
      }
    }
    return text
  }

  private func emphasised(_ text: String, _ isColoured: Bool) -> String {
    isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }

  func isNumeric(_ column: Int) -> Bool {
    let cells = rows.map { $0[column] }.filter { !$0.isEmpty && $0 != "-" }
    return !cells.isEmpty && cells.allSatisfy(Self.isQuantity)
  }

  /// A number, alone or before a unit: "12", "-3.5 dB", "99.9%".
  private static func isQuantity(_ cell: String) -> Bool {
    var number = cell.prefix { $0 != " " }
    if number.last == "%" { number.removeLast() }
    return Double(number) != nil
  }
}
