// SPDX-License-Identifier: GPL-3.0-or-later

/// The runs of a variant on two sides, by the seeds that they share.
struct PairedVariant {
  let labels: [String]
  /// The runs of both sides, in the order of the baseline's.
  let runs: [(baseline: ComparedRun, candidate: ComparedRun)]
  /// Runs without a partner on the other side.
  let single: (baseline: Int, candidate: Int)
  /// Whether there are several seeds and none makes a difference, so that one pair is all there is.
  let isWithoutChance: Bool

  /// Two single runs are a pair, whatever their seeds.
  init(_ baseline: ComparedVariant, _ candidate: ComparedVariant, anySeeds: Bool) {
    labels = baseline.labels
    if anySeeds, let first = baseline.runs.first, let second = candidate.runs.first {
      runs = [(first, second)]
      single = (0, 0)
      isWithoutChance = false
      return
    }
    let bySeed = Dictionary(
      candidate.runs.map { ($0.seed, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = baseline.runs.compactMap { run in bySeed[run.seed].map { (run, $0) } }
    single = (baseline.runs.count - pairs.count, candidate.runs.count - pairs.count)
    isWithoutChance =
      pairs.count > 1
      && pairs.allSatisfy { $0.0.digest == pairs[0].0.digest && $0.1.digest == pairs[0].1.digest }
    // Twenty copies of one pair would prove whatever that pair shows.
    runs = isWithoutChance ? Array(pairs.prefix(1)) : pairs
  }

  var isIdentical: Bool {
    !runs.isEmpty && runs.allSatisfy { $0.baseline.digest == $0.candidate.digest }
  }

  /// The pair that is farthest apart, the first of several; nil where none differs.
  func farthest(_ first: Int, _ second: Int) -> MetricComparison.Pair? {
    var farthest: MetricComparison.Pair?
    for (baseline, candidate) in runs {
      let pair = MetricComparison.Pair(
        seed: baseline.seed, baseline: baseline.values[first], candidate: candidate.values[second])
      let distance = abs(pair.difference)
      if distance > abs(farthest?.difference ?? 0) { farthest = pair }
    }
    return farthest
  }

  /// The pairs that have a value on both sides.
  func values(_ first: Int, _ second: Int) -> [(baseline: Double, candidate: Double)] {
    runs.map { ($0.baseline.values[first], $0.candidate.values[second]) }
      .filter { $0.0.isFinite && $0.1.isFinite }
  }
}
