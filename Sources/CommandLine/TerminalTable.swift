// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of text in aligned columns under a header.
///
/// A column of numbers, with or without units, stands to the right; others to the left. Wide
/// characters count as the two columns that they take, so that Chinese names line up.
public struct TerminalTable {
  private let header: [String]
  private var rows: [[String]] = []

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
    return rendered(
      maximumWidth: terminal.isPresent ? terminal.width : nil, isColoured: terminal.isColoured)
  }

  /// Renders the table within a width, cutting cells of the widest columns where it must.
  public func rendered(maximumWidth: Int?, isColoured: Bool) -> String {
    let widths = columnWidths(within: maximumWidth)
    let isRight = header.indices.map(isNumeric)
    var text = line(header, widths, isRight)
    if isColoured { text = "\u{1B}[1m\(text)\u{1B}[0m" }
    text += "\n"
    for row in rows { text += line(row, widths, isRight) + "\n" }
    return text
  }

  private static let gap = 2

  private func columnWidths(within maximum: Int?) -> [Int] {
    var widths = header.indices.map { column in
      rows.reduce(header[column].displayWidth) { max($0, $1[column].displayWidth) }
    }
    guard let maximum else { return widths }
    var excess = widths.reduce(Self.gap * (widths.count - 1), +) - maximum
    // Column by column from the widest, so that short cells such as numbers stay whole.
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 1
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int], _ isRight: [Bool]) -> String {
    var text = ""
    for column in cells.indices {
      if column > 0 { text += String(repeating: " ", count: Self.gap) }
      let cell = cells[column].truncated(toWidth: widths[column])
      let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
      text += isRight[column] ? padding + cell : cell + padding
    }
    // Spaces at the end would wrap on a narrow terminal.
    while text.last == " " { text.removeLast() }
    return text
  }

  private func isNumeric(_ column: Int) -> Bool {
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
