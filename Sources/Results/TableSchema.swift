// SPDX-License-Identifier: GPL-3.0-or-later

/// The one definition of a table that a run writes.
///
/// The header of the CSV file, its entry in `datapackage.json` and what `show columns` prints
/// are made from it, so that they can't disagree.
public struct TableSchema: Equatable, Sendable {
  /// The name of its file, such as `flows.csv`.
  public var file: String
  /// What a row is, in one sentence.
  public var about: String
  public var columns: [Column]
  /// The columns whose values together name a row; none where no columns do.
  public var primaryKey: [String]

  public init(file: String, about: String, columns: [Column], primaryKey: [String] = []) {
    self.file = file
    self.about = about
    self.columns = columns
    self.primaryKey = primaryKey
  }

  /// The file's name without its ending.
  public var name: String {
    guard let dot = file.lastIndex(of: ".") else { return file }
    return String(file[..<dot])
  }
}
