// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Simulator

@Suite struct FlowProbeAccountTests {
  /// A probe that noted these holds and rates at these nanoseconds, up to an end.
  private func probe(
    _ notes: [(Int64, FlowProbe.Stretch.Hold, Double)], end: Int64
  ) -> FlowProbe {
    var probe = FlowProbe(flow: "f")
    for (time, hold, rate) in notes {
      probe.note(hold, rate: rate, at: SimTime(nanoseconds: time))
    }
    probe.close(at: SimTime(nanoseconds: end))
    return probe
  }

  /// The path's delay, then x at two rates, y, x again: 100 + 200 + 100 + 400 + 200 ns.
  private var mixed: FlowProbe {
    probe(
      [
        (0, .delay, 0), (100, .link("x"), 8), (300, .link("x"), 2), (400, .link("y"), 5),
        (800, .link("x"), 4),
      ], end: 1000)
  }

  @Test func totalsAddUpToTheLifeOfTheFlow() {
    let totals = mixed.totals
    #expect(totals.map(\.hold) == [.link("x"), .link("y"), .delay])
    #expect(totals.map(\.time.nanoseconds) == [500, 400, 100])
    #expect(totals.map(\.share) == [0.5, 0.4, 0.1])
    // x: (8 * 200 + 2 * 100 + 4 * 200) / 500.
    #expect(totals.map(\.rate) == [5.2, 5, 0])
  }

  @Test func everyStretchIsASpellWhereAllAreWanted() {
    let spells = mixed.spells
    #expect(spells.map(\.rate) == [0, 8, 2, 5, 4])
    #expect(spells.allSatisfy { $0.share == 1 })
    #expect(spells.map(\.from.nanoseconds) == [0, 100, 300, 400, 800])
    #expect(spells.map(\.to.nanoseconds) == [100, 300, 400, 800, 1000])
  }

  @Test func neighboursUnderOneHoldBecomeOneSpell() {
    let spells = mixed.spells(atMost: 4)
    #expect(spells.map(\.hold) == [.delay, .link("x"), .link("y"), .link("x")])
    // (8 * 200 + 2 * 100) / 300.
    #expect(spells.map(\.rate) == [0, 6, 5, 4])
    #expect(spells.map(\.share) == [1, 1, 1, 1])
  }

  /// Two halves: what begins before 500 ns, and what begins behind it.
  @Test func tooManySpellsAreCutByTime() {
    let spells = mixed.spells(atMost: 2)
    #expect(spells.map(\.from.nanoseconds) == [0, 800])
    #expect(spells.map(\.to.nanoseconds) == [800, 1000])
    // Of 800 ns y held 400, x 300 and the delay 100.
    #expect(spells.map(\.hold) == [.link("y"), .link("x")])
    #expect(spells.map(\.share) == [0.5, 1])
    // (8 * 200 + 2 * 100 + 5 * 400) / 800.
    #expect(spells.map(\.rate) == [4.75, 4])
  }

  @Test func ofEquallyLongHoldsTheEarlierIsNamed() {
    let probe = probe([(0, .ceiling, 1), (10, .link("x"), 2)], end: 20)
    #expect(probe.spells(atMost: 1).map(\.hold) == [.ceiling])
  }

  @Test(arguments: 1...40) func spellsNeverExceedTheLimitAndLeaveNoGap(_ limit: Int) {
    let notes = (0..<200).map { index in
      (Int64(index * index), FlowProbe.Stretch.Hold.link("l\(index % 3)"), Double(index))
    }
    let spells = probe(notes, end: 40_000).spells(atMost: limit)
    #expect((1...limit).contains(spells.count))
    #expect(spells.first?.from == .zero)
    #expect(spells.last?.to.nanoseconds == 40_000)
    #expect(zip(spells, spells.dropFirst()).allSatisfy { $0.to == $1.from })
  }

  @Test func aFlowWithoutStretchesHasNothingToTell() {
    let probe = probe([], end: 0)
    #expect(probe.totals.isEmpty && probe.spells.isEmpty && probe.spells(atMost: 3).isEmpty)
  }
}
