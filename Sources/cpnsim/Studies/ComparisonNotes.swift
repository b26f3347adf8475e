// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Studies
internal import Text

/// What stands under the tables of a comparison, in sentences.
struct ComparisonNotes {
  private let part: ComparisonReport.Part
  private let rules: ComparisonRules
  private var comparison: Comparison { part.comparison }

  /// So many names in a row before the rest are counted.
  private static let mostNames = 6
  private static let mostDenominators = 10

  init(_ part: ComparisonReport.Part, _ rules: ComparisonRules) {
    self.part = part
    self.rules = rules
  }

  var all: [String] {
    guard !comparison.isIdentical else { return lacking + comparison.notes }
    return method + same + denominators + lacking + comparison.notes
  }

  private var method: [String] {
    let one = comparison.variants.contains { $0.pairs == 1 }
    let single = one ? ["one pair of runs shows differences, and nothing of chance: no test"] : []
    guard comparison.tests > 0 else { return single }
    let tolerance = formatted(number: rules.tolerance * 100)
    return single + [
      "equal: within \(tolerance) % of the mean of A, by two one-sided tests",
      "better, worse, higher, lower: p at 5 %, by Benjamini and Hochberg over "
        + counted(comparison.tests, "test"),
    ]
  }

  /// Metrics that are the same in all pairs of all variants.
  private var same: [String] {
    guard let first = comparison.variants.first else { return [] }
    let rest = comparison.variants.dropFirst().map { Set($0.sameMetrics) }
    let names = first.sameMetrics.filter { name in rest.allSatisfy { $0.contains(name) } }
    return names.isEmpty ? [] : ["the same in every pair: \(list(names))"]
  }

  /// What means and shares are taken over, where that differs.
  private var denominators: [String] {
    let all = comparison.variants.flatMap { variant in
      variant.denominators.map { count, metrics in
        "\(place(of: variant))\(list(metrics)): over \(count.metric), "
          + "\(Self.digits(count.baseline)) in A and \(Self.digits(count.candidate)) in "
          + part.letter
      }
    }
    let more = all.count - Self.mostDenominators
    return all.prefix(Self.mostDenominators)
      + (more > 0 ? ["and \(counted(more, "count")) more that differ; --format csv has all"] : [])
  }

  private var lacking: [String] {
    let variants = comparison.variants
    func note(_ names: [[String]], _ letter: String) -> [String] {
      var seen: Set<String> = []
      let names = names.joined().filter { seen.insert($0).inserted }
      return names.isEmpty ? [] : ["in \(letter) alone: \(list(Array(names)))"]
    }
    return note(variants.map(\.onlyBaseline), "A")
      + note(variants.map(\.onlyCandidate), part.letter)
  }

  private func place(of variant: VariantComparison) -> String {
    let place = comparison.place(variant.labels)
    return place.isEmpty ? "" : place + ": "
  }

  private func list(_ names: [String]) -> String {
    let more = names.count - Self.mostNames
    return names.prefix(Self.mostNames).joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
  }

  /// Enough digits to tell two counts apart, with the thousands of large ones apart.
  private static func digits(_ value: Double) -> String {
    guard value.magnitude < 1e15 else { return formatted(number: value) }
    let tenths = (value.magnitude * 10).rounded() / 10
    let whole = formatted(number: tenths.rounded(.down))
    let tenth = Int((tenths - tenths.rounded(.down)) * 10 + 0.5)
    if value.magnitude < 10, value != value.rounded() { return formatted(number: value) }
    return (value < 0 ? "-" : "") + whole + (tenth > 0 ? ".\(tenth)" : "")
  }
}
