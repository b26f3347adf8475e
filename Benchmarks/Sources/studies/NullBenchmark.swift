// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc
import Measuring
import Statistics
import Studies

/// Counts how many suites of 20 metrics are called different where nothing differs.
///
/// Paired values are made by chance: what both runs of a pair share, and what each has of its own.
struct NullBenchmark {
  private enum Kind: String, CaseIterable {
    case normal, skewed
    case heavyTailed = "heavy-tailed"

    func draw(_ stream: inout RandomStream) -> Double {
      let uniform = stream.nextUniformPositive()
      return switch self {
      case .normal:
        (-2 * log(uniform)).squareRoot() * cos(2 * .pi * stream.nextUniform())
      case .skewed: -log(uniform)
      case .heavyTailed: pow(uniform, -1 / 2.5)
      }
    }
  }

  private static let metrics = 20
  private static let looks = [8, 16, 32, 64]
  /// The pairs of a comparison.
  private static let compared = 20

  let suites: Int

  func measure(in table: PrintedTable) throws {
    for kind in Kind.allCases {
      let gate = Gate(looks: Self.looks, falseAlarm: 0.001, metrics: Self.metrics)
      row("check", kind, allowed: 0.1, of: suites, in: table) { isRed(gate, $0) }
      // A comparison has every test there is, and takes longer.
      try row("compare", kind, allowed: 5, of: suites / 20, in: table) { try isCalled($0) }
    }
  }

  private func row(
    _ command: String, _ kind: Kind, allowed: Double, of count: Int, in table: PrintedTable,
    _ isWrong: (_ draw: (Int) -> Pairs) throws -> Bool
  ) rethrows {
    var stream = RandomStream(seed: 1, name: "\(command) \(kind)")
    let wrong = try (0..<count).count { _ in
      try isWrong { pairs in Pairs(pairs) { kind.draw(&stream) } }
    }
    let part = Double(wrong) / Double(max(1, count))
    let margin = 2 * (part * (1 - part) / Double(max(1, count))).squareRoot()
    table.row([
      command, kind.rawValue, "\(count)", "\(wrong)", fixed(100 * part, 3), fixed(100 * margin, 3),
      fixed(allowed, 1),
    ])
  }

  /// Without a tolerance each metric stays open to the last look, which is the hardest case.
  private func isRed(_ gate: Gate, _ draw: (Int) -> Pairs) -> Bool {
    let metrics = (0..<Self.metrics).map {
      GatedMetric("m\($0)", goal: .lower, tolerance: .statistical)
    }
    let all = metrics.map { _ in draw(Self.looks.last ?? 0) }
    var watch = GateWatch(gate, metrics: metrics)
    while let look = watch.nextLook {
      watch.look(
        candidate: all.map { Array($0.candidate.prefix(look)) },
        baseline: all.map { Array($0.baseline.prefix(look)) })
    }
    return watch.judgements.contains { $0?.verdict == .worse }
  }

  private func isCalled(_ draw: (Int) -> Pairs) throws -> Bool {
    let all = (0..<Self.metrics).map { _ in draw(Self.compared) }
    var rules = ComparisonRules()
    rules.tolerance = 0
    let comparison = try Comparison(
      side("a", all.map(\.baseline)), side("b", all.map(\.candidate)), rules)
    return comparison.variants[0].metrics.contains { $0.verdict != .undecided }
  }

  private func side(_ name: String, _ values: [[Double]]) -> ComparedSide {
    let runs = (0..<Self.compared).map { run in
      ComparedRun(seed: UInt64(run + 1), digest: "\(name) \(run)", values: values.map { $0[run] })
    }
    return ComparedSide(
      name: name, about: "", metrics: values.indices.map { ComparedMetric("m\($0)") },
      variants: [ComparedVariant(runs: runs)])
  }

  /// The values of a metric on both sides.
  private struct Pairs {
    let baseline: [Double]
    let candidate: [Double]

    init(_ count: Int, _ draw: () -> Double) {
      let shared = (0..<count).map { _ in 100 + 5 * draw() }
      baseline = shared.map { $0 + draw() }
      candidate = shared.map { $0 + draw() }
    }
  }
}
