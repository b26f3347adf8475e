// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Results
internal import Statistics
internal import Studies
internal import Text

private typealias Cell = Results.Cell

/// The tables of a comparison, as people read them.
enum ComparisonRows {
  /// How often each metric that differs anywhere got which verdict, over the variants.
  static func verdicts(of comparison: Comparison) -> Listing {
    let order = MetricComparison.Verdict.allCases
    var names: [String] = []
    var counts: [String: [MetricComparison.Verdict: Int]] = [:]
    let all = comparison.variants.flatMap(\.metrics)
    let differing = Set(all.filter { !$0.isSame }.map(\.metric.name))
    for metric in all where differing.contains(metric.metric.name) {
      let name = metric.metric.name
      if counts[name] == nil { names.append(name) }
      counts[name, default: [:]][metric.verdict, default: 0] += 1
    }
    let used = order.filter { verdict in counts.values.contains { $0[verdict] != nil } }
    var listing = Listing(["metric"] + used.map { .init($0.rawValue) })
    for name in names {
      let cells: [Cell] = used.map { .count(counts[name]?[$0] ?? 0) }
      listing.append([.text(name)] + cells)
    }
    return listing
  }

  /// The metrics that differ; of many variants those alone that are shown to do so.
  static func metrics(
    of comparison: Comparison, letter: String, onlyDecided: Bool, most: Int
  ) -> (listing: Listing, more: Int) {
    let hasTests = comparison.tests > 0
    let tested: [Listing.Heading] =
      hasTests ? ["p", "exact p", "95 % from", "to", "skewed p", "effect"] : []
    var listing = Listing(
      comparison.axes.map { .init($0) }
        + ["metric", "n", "A", .init(letter), .init("\(letter) - A"), "%"] + tested
        + (hasTests ? ["verdict"] : []))
    var more = 0
    for variant in comparison.variants {
      for metric in variant.metrics where !metric.isSame && (!onlyDecided || metric.isDecided) {
        guard listing.rows.count < most else {
          more += 1
          continue
        }
        let labels: [Cell] = variant.labels.map { .text($0) }
        listing.append(labels + values(metric) + (hasTests ? tests(metric) : []))
      }
    }
    return (listing, more)
  }

  private static func values(_ metric: MetricComparison) -> [Cell] {
    func cell(_ value: Double) -> Cell { .measured(value, metric.metric.unit) }
    return [
      .text(metric.metric.name), .count(metric.pairs), cell(metric.baseline),
      cell(metric.candidate), cell(metric.difference), .percent(metric.share),
    ]
  }

  private static func tests(_ metric: MetricComparison) -> [Cell] {
    func cell(_ value: Double?) -> Cell { .measured(value ?? .nan, metric.metric.unit) }
    // Means that are equal but for rounding have no effect.
    let effect = metric.test?.effect.map { Cell.ratio(abs($0) < 1e-9 ? 0 : $0) } ?? .absent
    return [
      .probability(metric.test?.test.p.twoSided), .probability(metric.test?.exactP),
      cell(metric.test?.interval.lower), cell(metric.test?.interval.upper),
      .probability(metric.test?.p), effect, .text(metric.verdict.rawValue),
    ]
  }

  /// Those that moved farthest.
  static func moves(_ moves: Moves, letter: String) -> Listing {
    var listing = Listing([
      .init(moves.kind), "A", .init(letter), .init("\(letter) - A"), "%",
    ])
    for row in moves.rows {
      let share = row.baseline == 0 ? .nan : row.difference / abs(row.baseline)
      var cells: [Cell] = [.text(row.name)]
      for value in [row.baseline, row.candidate, row.difference] {
        cells.append(.measured(value, moves.unit))
      }
      listing.append(cells + [.percent(share)])
    }
    return listing
  }
}

extension MetricComparison {
  /// Whether a difference is shown.
  var isDecided: Bool { [.better, .worse, .higher, .lower].contains(verdict) }
}

extension Results.Cell {
  /// A value in the unit of a metric.
  static func measured(_ value: Double, _ unit: String) -> Results.Cell {
    switch unit {
    case _ where value.isNaN: .absent
    case "s": .seconds(value)
    case "B": .size(bytes: value)
    case "bit/s": .rate(value)
    default: .ratio(value)
    }
  }

  /// A count, or a ratio with three digits, however small it is.
  fileprivate static func ratio(_ value: Double) -> Cell {
    guard value != 0, value.magnitude < 0.1 else { return .number(value + 0) }
    let exponent = Int(floor(log10(value.magnitude)))
    guard exponent >= -9 else { return .text("\(value)") }
    let scale = pow(10, Double(2 - exponent))
    let rounded = (value * scale).rounded() / scale
    return .text(String(decimal: rounded, places: 2 - exponent))
  }

  /// A part in percent, which may be tiny.
  static func percent(_ part: Double) -> Results.Cell {
    part.isNaN ? .absent : .level(percent: part)
  }

  private static func level(percent part: Double) -> Cell {
    .text((part > 0 ? "+" : "") + formatted(number: part * 100) + " %")
  }

  /// With two digits: `0.034`, `2.1e-07`.
  fileprivate static func probability(_ p: Double?) -> Cell {
    guard let p else { return .absent }
    guard p > 0 else { return .number(0) }
    let exponent = Int(floor(log10(p)))
    let scaled = p * pow(10, Double(1 - exponent))
    guard exponent < -3 else {
      return .text(String(decimal: scaled.rounded() / pow(10, Double(1 - exponent)), places: 4))
    }
    let digits = Int(scaled.rounded())
    return .text("\(digits / 10).\(digits % 10)e\(exponent)")
  }
}

extension String {
  /// A number of magnitude below a million with at most so many decimals, and never an exponent.
  fileprivate init(decimal value: Double, places: Int) {
    let scale = pow(10, Double(places))
    let scaled = Int((value.magnitude * scale).rounded())
    var decimals = String(scaled % Int(scale) + Int(scale)).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    let sign = value < 0 && scaled > 0 ? "-" : ""
    self = sign + String(scaled / Int(scale)) + (decimals.isEmpty ? "" : "." + decimals)
  }
}
