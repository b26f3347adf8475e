// SPDX-License-Identifier: GPL-3.0-or-later

/// What people are shown of a part of a run: tables and sentences that belong together.
///
/// It says what is shown, and nothing of how wide a terminal is.
public struct ShownSection: Sendable {
  public enum Part: Sendable {
    case table(Listing)
    /// Whole lines.
    case text(String)
  }

  /// Its parts, one right under the other.
  public let parts: [Part]
  /// Sections stand in the order of their ranks, those of one rank as they were added.
  let rank: Int
}

/// The sections of a run, in the order in which they are shown.
public struct ShownSections: Sendable {
  /// At most so many links, demands and the like are shown; the tables of the run have them all.
  public static let mostRows = 5

  public private(set) var all: [ShownSection] = []

  public init() {}

  /// Adds tables that stand right under each other, those without rows left out.
  public mutating func add(_ tables: Listing..., rank: Int) {
    add(tables.filter { !$0.rows.isEmpty }.map { .table($0) }, rank)
  }

  /// Adds whole lines; an empty text is nothing to show.
  public mutating func add(_ text: String, rank: Int) {
    add(text.isEmpty ? [] : [.text(text)], rank)
  }

  private mutating func add(_ parts: [ShownSection.Part], _ rank: Int) {
    guard !parts.isEmpty else { return }
    let place = all.firstIndex { $0.rank > rank } ?? all.endIndex
    all.insert(ShownSection(parts: parts, rank: rank), at: place)
  }
}
