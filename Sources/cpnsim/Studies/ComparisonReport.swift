// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Statistics
internal import Studies
internal import Text

/// Comparisons with one baseline, for people, spreadsheets, programs or a report.
struct ComparisonReport {
  /// One side beside the baseline.
  struct Part {
    var baseline: ComparedSide
    var candidate: ComparedSide
    /// Its place among what is compared, from 1 on.
    var place: Int
    var comparison: Comparison
    var moves: [Moves]
    /// Whether it is of studies, whose variants and runs can be told apart.
    var isOfStudies = false

    /// The letter that stands for it: B for the second.
    var letter: String { ComparisonReport.letter(place) }
  }

  let parts: [Part]
  let rules: ComparisonRules

  init(_ parts: [Part], _ rules: ComparisonRules) {
    self.parts = parts
    self.rules = rules
  }

  /// A to Z, and then numbers.
  static func letter(_ place: Int) -> String {
    guard place < 26, let scalar = Unicode.Scalar(UInt32(65 + place)) else {
      return "#\(place + 1)"
    }
    return String(Character(scalar))
  }

  func text(as format: CompareFormat) -> String {
    switch format {
    case .table: ComparisonText(self, isMarkdown: false).text
    case .markdown: ComparisonText(self, isMarkdown: true).text
    case .csv: ComparisonData(self).listing.csv
    case .json: ComparisonData(self).json.text(.innermostFlat) + "\n"
    }
  }
}
