// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers without bounds that tables were to hold, and that no file has: their fields are empty.
///
/// There should be none; where there are, a user is told of the column rather than left without
/// the results of a long run.
public final class UnboundedNumbers {
  /// The columns in the order in which they had the first, such as `links.csv: loss`.
  public private(set) var columns: [(name: String, count: Int)] = []

  func count(_ schema: TableSchema, column: Int) {
    let name = "\(schema.file): \(schema.columns[column].name)"
    if let index = columns.firstIndex(where: { $0.name == name }) {
      columns[index].count += 1
    } else {
      columns.append((name, 1))
    }
  }
}
