// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A table printed row by row while it is measured, in Markdown or as CSV.
public struct PrintedTable {
  private let columns: [String]
  private let isCSV: Bool

  /// Prints the header; columns other than the first stand on the right.
  public init(_ columns: [String], isCSV: Bool = false) {
    self.columns = columns
    self.isCSV = isCSV
    show(columns)
    if !isCSV {
      show(columns.enumerated().map { $0 == 0 ? "---" : dashes($1.count - 1) + ":" })
    }
  }

  public func row(_ cells: [String]) {
    show(cells)
  }

  private func show(_ cells: [String]) {
    if isCSV {
      print(cells.joined(separator: ","))
    } else {
      let padded = zip(cells, columns).enumerated().map { position, pair in
        let gap = spaces(max(pair.1.count, position == 0 ? 15 : 9) - pair.0.count)
        return position == 0 ? pair.0 + gap : gap + pair.0
      }
      print("| " + padded.joined(separator: " | ") + " |")
    }
    // A row may take a minute: show it when it is there.
    fflush(nil)
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
  private func dashes(_ count: Int) -> String { String(repeating: "-", count: max(2, count)) }
}

/// A number with so many digits behind its point.
public func fixed(_ value: Double, _ digits: Int) -> String {
  guard value.isFinite else { return "-" }
  let scale = pow(10, Double(digits))
  let units = (abs(value) * scale).rounded()
  guard units < 1e15 else { return "\(value)" }
  let whole = Int(units / scale)
  let sign = value < 0 && units > 0 ? "-" : ""
  guard digits > 0 else { return "\(sign)\(whole)" }
  let rest = String(Int(units) - whole * Int(scale))
  return "\(sign)\(whole)." + String(repeating: "0", count: digits - rest.count) + rest
}
