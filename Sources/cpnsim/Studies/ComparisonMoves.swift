// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Studies
internal import Text

private typealias Cell = Results.Cell

/// Where metrics moved most from one study to another, as people and programs read it.
enum ComparisonMoves {
  /// More than a screen has; programs get all.
  static let most = 20

  /// A row for each metric: the variant, and the run of it that moved farthest.
  static func listing(of comparison: Comparison, letter: String) -> Listing {
    var listing = Listing(
      [.init("metric")] + comparison.axes.map { .init($0) }
        + [
          .init("\(letter) - A"), .init("%"), .init("most in seed"), .init("A"), .init(letter),
        ])
    for moved in comparison.mostMoved.prefix(most) {
      func cell(_ value: Double) -> Cell { .measured(value, moved.metric.unit) }
      let labels: [Cell] = moved.labels.map { .text($0) }
      listing.append(
        [.text(moved.metric.name)] + labels + [
          cell(moved.difference), .percent(moved.share), .text("\(moved.pair.seed)"),
          cell(moved.pair.baseline), cell(moved.pair.candidate),
        ])
    }
    return listing
  }

  static func json(of comparison: Comparison) -> JSON {
    .array(
      comparison.mostMoved.map { moved in
        .object([
          ("metric", .string(moved.metric.name)),
          ("axes", .object(zip(comparison.axes, moved.labels).map { ($0, .string($1)) })),
          ("difference", .number(moved.difference)),
          ("share", .number(moved.share)),
          ("seed", .integer(Int64(clamping: moved.pair.seed))),
          ("a", .number(moved.pair.baseline)),
          ("b", .number(moved.pair.candidate)),
        ])
      })
  }

  /// Which variant each metric moved most in.
  static func variants(of comparison: Comparison) -> [String: [String]] {
    Dictionary(
      comparison.mostMoved.map { ($0.metric.name, $0.labels) },
      uniquingKeysWith: { first, _ in first })
  }
}
