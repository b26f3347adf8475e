// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a figure is from, and how far to trust it.
public struct Provenance: Hashable, Sendable {
  /// A publication, or how the figure was modelled.
  public let source: String
  /// High, medium or low, in words; for a row of several figures it says which is which.
  public let confidence: String
}

/// The texts of the sources that the tables name by short keys.
package struct SourceList {
  private var texts: [String: String] = [:]

  package init(_ table: EmbeddedTable) {
    let entries = table.map { (key: $0.text("source"), text: $0.text("text")) }
    texts = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.text) })
  }

  package func provenance(of row: EmbeddedTable.Row) -> Provenance {
    guard let text = texts[row.text("source")] else {
      preconditionFailure("The list of sources does not have \(row.text("source")).")
    }
    return Provenance(source: text, confidence: row.text("confidence"))
  }
}
