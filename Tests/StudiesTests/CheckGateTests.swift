// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Statistics
import Testing

@testable import Studies

/// How often gates are red, with metrics made by chance.
@Suite struct CheckGateTests {
  /// Paired metrics of so many seeds: a baseline around 100, and what a change makes of it.
  private struct Source {
    var stream: RandomStream
    var change = 0.0
    var deviation = 0.6

    init(_ name: String, seed: Int, change: Double = 0, deviation: Double = 0.6) {
      stream = RandomStream(seed: UInt64(seed), name: name)
      self.change = change
      self.deviation = deviation
    }

    /// By Box and Muller.
    mutating func normal() -> Double {
      let radius = (-2 * log(stream.nextUniformPositive())).squareRoot()
      return radius * cos(2 * .pi * stream.nextUniform())
    }

    mutating func pairs(_ count: Int) -> (candidate: [Double], baseline: [Double]) {
      let baseline = (0..<count).map { _ in 100 + 5 * normal() }
      return (baseline.map { $0 + change + deviation * normal() }, baseline)
    }
  }

  /// Goes through all looks of a case of one metric.
  private static func verdict(
    _ gate: Gate, _ metric: GatedMetric, _ source: inout Source
  ) -> Judgement? {
    let all = source.pairs(gate.looks.last ?? 2)
    var watch = GateWatch(gate, metrics: [metric])
    while let look = watch.nextLook {
      watch.look(
        candidate: [Array(all.candidate.prefix(look))], baseline: [Array(all.baseline.prefix(look))]
      )
    }
    return watch.judgements[0]
  }

  private static func metric(_ tolerance: Tolerance) -> GatedMetric {
    GatedMetric("m", goal: .lower, tolerance: tolerance)
  }

  /// How many of so many gates on one metric end red.
  private static func reds(
    _ gate: Gate, of count: Int, _ name: String, tolerance: Tolerance = .relative(0.01),
    change: Double
  ) -> Int {
    (0..<count).count { seed in
      var source = Source(name, seed: seed, change: change)
      return verdict(gate, metric(tolerance), &source)?.verdict == .worse
    }
  }

  /// Without a tolerance each metric stays open to the last look, which is the hardest case.
  ///
  /// Two of 2,000 suites may be red; more than six of them would be by chance in 1 of 200.
  @Test func fewNullSuitesAreRed() {
    let gate = Gate(looks: [6, 12], falseAlarm: 0.001, metrics: 20)
    var reds = 0
    for suite in 0..<2000 {
      let isRed = (0..<20).contains { metric in
        var source = Source("null \(metric)", seed: suite)
        return Self.verdict(gate, Self.metric(.statistical), &source)?.verdict == .worse
      }
      if isRed { reds += 1 }
    }
    #expect(reds <= 6, "\(reds) of 2000")
  }

  /// At a level that can be counted the budget is kept and used.
  @Test func theBudgetIsSpentOverAllLooks() {
    let gate = Gate(looks: [8, 16, 32], falseAlarm: 0.05, metrics: 1)
    let reds = Self.reds(gate, of: 2000, "budget", tolerance: .statistical, change: 0)
    #expect((70...130).contains(reds), "\(reds) of 2000, expected 100")
  }

  @Test(arguments: [[20], [10, 20], [8, 14, 20]]) func aWorseMetricIsCaughtBy20Seeds(looks: [Int]) {
    let gate = Gate(looks: looks, falseAlarm: 0.001, metrics: 20)
    let reds = Self.reds(gate, of: 400, "worse", change: 2)
    #expect(reds >= 380, "\(reds) of 400")
  }

  /// The power that is printed is that of the last look; earlier ones add little to it.
  @Test func thePowerThatIsPrintedIsThePowerThatIsMeasured() {
    for (looks, most) in [([20], 0.83), ([8, 16, 32], 0.87)] {
      let gate = Gate(looks: looks, falseAlarm: 0.001, metrics: 20)
      // The tolerance is 1 % of a mean of 100, and the deviation 0.6.
      let change = 1 + 0.6 * gate.effect
      let caught = Double(Self.reds(gate, of: 800, "power", change: change)) / 800
      #expect((0.76...most).contains(caught), "\(caught) at \(looks)")
    }
  }

  @Test func whatIsSeenFollowsFromTheMeasuredDeviation() throws {
    let gate = Gate(looks: [64], falseAlarm: 0.001, metrics: 20)
    var source = Source("sees", seed: 1)
    let judgement = try #require(Self.verdict(gate, Self.metric(.relative(0.01)), &source))
    let deviation = try #require(judgement.deviation)
    #expect(judgement.sees == judgement.tolerance + gate.effect * deviation)
    #expect(abs(deviation - 0.6) < 0.15 && judgement.verdict == .equal)
  }

  // MARK: - Verdicts

  private static let gate = Gate(looks: [4, 8], falseAlarm: 0.001, metrics: 1)

  private static func judge(
    _ candidate: [Double], _ baseline: [Double], tolerance: Tolerance = .absolute(1),
    goal: PairedComparison.Goal = .lower
  ) -> Judgement {
    gate.judge(
      GatedMetric("m", goal: goal, tolerance: tolerance), candidate: candidate,
      baseline: baseline, look: 0)
  }

  /// A value that is new is a change, one that is missing is red, and neither says anything of other
  /// seeds; what nobody has is the same once all have been looked at.
  @Test func missingValuesAreTold() {
    let (none, some, all) = ([Double.nan, .nan, .nan, .nan], [1, .nan, 3, 2], [1.0, 2, 3, 2])
    #expect(Self.judge(some, some).verdict == .identical)
    #expect(Self.judge(all, some).verdict == .equal)
    #expect(Self.judge(some, all).verdict == .lost)
    #expect(Self.judge(none, none).verdict == .undecided)
    let metric = GatedMetric("m", goal: .lower, tolerance: .absolute(1))
    let last = Self.gate.judge(metric, candidate: none, baseline: none, look: 1)
    #expect(last.verdict == .identical)
    let other = Self.gate.judge(
      metric, candidate: some, baseline: all, look: 0, areOfOneSeed: false)
    #expect(other.verdict == .identical && other.lost == 0)
  }

  @Test func verdictsFollowTheDifference() {
    let base = [10.0, 20, 30, 40]
    let wave = [0.01, -0.01, 0.02, -0.02]
    func moved(_ by: Double, _ scale: Double = 1) -> [Double] {
      zip(base, wave).map { $0 + by + scale * $1 }
    }
    #expect(Self.judge(base, base).verdict == .identical)
    #expect(Self.judge(moved(0.1), base).verdict == .equal)
    #expect(Self.judge(moved(3), base).verdict == .worse)
    #expect(Self.judge(moved(-3), base).verdict == .better)
    #expect(Self.judge(moved(-3), base, goal: .higher).verdict == .worse)
    #expect(Self.judge(moved(-1.2, 40), base).verdict == .noWorse)
    #expect(Self.judge(moved(1, 100), base).verdict == .undecided)
    #expect(Self.judge(moved(0.3), base, tolerance: .relative(0.02)).verdict == .equal)
    #expect(Self.judge(moved(0.9), base, tolerance: .relative(0.02)).verdict == .worse)
  }

  @Test func aValueThatIsGoneIsBad() {
    let judgement = Self.judge([1, .nan, 3, 4], [1, 2, 3, 4])
    #expect(judgement.verdict == .lost && judgement.lost == 1 && judgement.isBad)
    #expect(judgement.pairs == 3 && judgement.seeds == 4)
    // Where there never was one, the others count.
    let both = Self.judge([1, .nan, 3, 4], [1, .nan, 3, 4])
    #expect(both.verdict == .identical && both.pairs == 3)
    let none = Self.judge([.nan, .nan, .nan, 4], [.nan, .nan, .nan, 4])
    #expect(none.verdict == .undecided && none.difference == nil)
  }

  @Test func onlyOpenBlockingMetricsAskForMore() {
    let advisory = GatedMetric("a", goal: .lower, tolerance: .absolute(0), isBlocking: false)
    let blocking = GatedMetric("b", goal: .lower, tolerance: .absolute(1))
    let noise = [5.0, -5, 4, -4]
    let zeros = [0.0, 0, 0, 0]
    var watch = GateWatch(Self.gate, metrics: [advisory, blocking])
    watch.look(candidate: [noise, zeros], baseline: [zeros, zeros])
    #expect(watch.nextLook == nil)
    watch = GateWatch(Self.gate, metrics: [advisory, blocking])
    watch.look(candidate: [zeros, noise], baseline: [zeros, zeros])
    #expect(watch.nextLook == 8)
    let twice = (noise + noise, zeros + zeros)
    watch.look(candidate: [twice.0, twice.1], baseline: [twice.1, twice.1])
    #expect(watch.nextLook == nil)
    // What was judged at the first look stays so.
    #expect(watch.judgements[0]?.seeds == 4 && watch.judgements[0]?.verdict == .identical)
  }

  @Test func levelsAddUpToTheBudgetAtMost() {
    let gate = Gate(looks: [8, 16, 32, 64], falseAlarm: 0.001, metrics: 20)
    #expect(gate.levels.allSatisfy { $0 > 0 } && gate.levels[3] > 0.7 * 0.001 / 20)
    #expect(gate.levels.allSatisfy { $0 < 0.001 / 20 })
    #expect(gate.levels[0] > 0.03 * gate.levels[3])
  }
}

@Suite struct BisectionTests {
  @Test func theFirstBadOneIsFoundWhereverItIs() {
    for count in 1...40 {
      for first in 0..<count {
        var search = Bisection(count: count)
        var judged = 0
        let most = search.left
        while let next = search.next {
          search.record(next, next >= first ? .bad : .good)
          judged += 1
        }
        #expect(search.suspects == first...first && judged <= most)
      }
    }
  }

  @Test func whatCannotBeJudgedStaysSuspect() {
    var search = Bisection(count: 10)
    while let next = search.next {
      search.record(next, (4...5).contains(next) ? .unknown : next >= 5 ? .bad : .good)
    }
    #expect(search.suspects == 4...6)
  }
}
