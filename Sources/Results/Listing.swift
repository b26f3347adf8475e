// SPDX-License-Identifier: GPL-3.0-or-later
public import Text

/// Rows that are shown, whatever the format.
///
/// People get short quantities under plain headings; programs get SI values in full, under the
/// names that the tables of a run would give them.
public struct Listing: Sendable {
  /// The name of a column, for people and for programs.
  public struct Heading: Sendable, ExpressibleByStringLiteral {
    public var shown: String
    public var name: String

    public init(_ shown: String, _ name: String? = nil) {
      self.shown = shown
      self.name = name ?? shown
    }

    public init(stringLiteral name: String) {
      self.init(name)
    }
  }

  public let headings: [Heading]
  public private(set) var rows: [[Cell]] = []

  public init(_ headings: [Heading]) {
    self.headings = headings
  }

  public mutating func append(_ cells: [Cell]) {
    precondition(cells.count == headings.count, "A row has as many cells as there are headings.")
    rows.append(cells)
  }

  public var csv: String {
    let lines = [headings.map(\.name)] + rows.map { $0.map(\.plain) }
    return lines.map { $0.map(Listing.quoted).joined(separator: ",") + "\n" }.joined()
  }

  public var json: JSON {
    .array(
      rows.map { row in
        .object(zip(headings, row).map { ($0.name, $1.json) })
      })
  }

  /// A field as RFC 4180 has it.
  private static func quoted(_ field: String) -> String {
    // Bytes, since a line end of two would be one character.
    guard field.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return field }
    let parts = field.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}
