// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Simulator
import TestSupport
import Testing
import Traffic

/// What held flows back, and for how long: worked out by hand.
@Suite struct BottleneckTests {
  /// The flow-seconds of a class at a link, or at its ceiling.
  private func held(_ run: CompletedRun, _ trafficClass: String, _ link: String?) -> Double {
    run.outcome.bottlenecks
      .first { $0.trafficClass == trafficClass && $0.link == link }?.flowSeconds ?? 0
  }

  @Test func timeIsChargedToTheLinkThatWasFull() throws {
    // wide 12 Gbps, thin 8 Gbps. `through` crosses both, `beside` only wide.
    //   0 - 2 ms: `through` alone, held by thin at 8 Gbps: 2 MB.
    //   2 ms on:  `beside` joins; wide gives each 6 Gbps, and thin is no longer full.
    //   `beside` has 3 MB: 4 ms, until 6 ms. `through` sent 3 MB in that time.
    //   6 - 7 ms: `through` alone again at 8 Gbps: 1 MB. Its size is 2 + 3 + 1 = 6 MB.
    // through: thin 3 ms, wide 4 ms. beside: wide 4 ms.
    var sketch = ModelSketch()
    let wide = sketch.link("wide", 12e9)
    let thin = sketch.link("thin", 8e9)
    sketch.classes = [TrafficClass(name: "a"), TrafficClass(name: "b")]
    sketch.flow("through", at: 0, bytes: 6e6, over: [wide, thin], class: 0)
    sketch.flow("beside", at: 2_000_000, bytes: 3e6, over: [wide], class: 1)
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["beside": 6_000_000, "through": 7_000_000])
    #expect(abs(held(run, "a", "thin") - 3e-3) < 1e-12)
    #expect(abs(held(run, "a", "wide") - 4e-3) < 1e-12)
    #expect(abs(held(run, "b", "wide") - 4e-3) < 1e-12)
    #expect(run.outcome.bottlenecks.count == 3)
    // The longest first; of equal ones the first class. Their shares are parts of 11 ms.
    let shares = run.outcome.bottlenecks.map(\.share)
    for (share, expected) in zip(shares, [4.0 / 11, 4.0 / 11, 3.0 / 11]) {
      #expect(abs(share - expected) < 1e-12)
    }
    #expect(run.flowsByName["through"]?.bottleneck == "wide")
    #expect(run.flowsByName["beside"]?.bottleneck == "wide")
  }

  @Test func aLinkThatIsDownIsNotTakenForAFullOne() throws {
    // 8 Gbps is 8 bits a nanosecond: 3 MB take 3 ms. After 1 ms the link is down for 5 ms.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.flow("f", at: 0, bytes: 3e6, over: [link])
    sketch.change(link, at: 1_000_000, .fail)
    sketch.change(link, at: 6_000_000, .repair)
    let rows = try CompletedRun(sketch.model).outcome.bottlenecks
    #expect(rows.map(\.limit) == [.failure, .link])
    #expect(rows.map(\.link) == ["link", "link"])
    for (row, seconds) in zip(rows, [5e-3, 3e-3]) {
      #expect(abs(row.flowSeconds - seconds) < 1e-12)
    }
  }

  @Test func aCeilingHoldsAFlowWhereNoLinkDoes() throws {
    // Ceiling 2 Gbps on 8 Gbps: 1 ms alone (0.25 MB), then five more flows without a ceiling
    // join: 8/6 Gbps each, below the ceiling. Each of them has 0.5 MB: 3 ms, until 4 ms; the
    // capped one has sent 0.75 MB by then and has 0.5 MB left: 2 ms at its ceiling, until 6 ms.
    var sketch = ModelSketch()
    let link = sketch.link("link", 8e9)
    sketch.classes = [
      TrafficClass(name: "capped", ceiling: BitsPerSecond(2e9)), TrafficClass(name: "free"),
    ]
    sketch.flow("capped", at: 0, bytes: 1.25e6, over: [link], class: 0)
    for index in 0..<5 {
      sketch.flow("free\(index)", at: 1_000_000, bytes: 0.5e6, over: [link], class: 1)
    }
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes["capped"] == 6_000_000)
    #expect(abs(held(run, "capped", nil) - 3e-3) < 1e-12)
    #expect(abs(held(run, "capped", "link") - 3e-3) < 1e-12)
    // Five flows at once count five times.
    #expect(abs(held(run, "free", "link") - 15e-3) < 1e-12)
    #expect(run.flowsByName["free0"]?.bottleneck == "link")
  }

  @Test func aFlowRemembersOnlyItsOwnTime() throws {
    // `early` is held by thin for 4 ms. In the middle of its life wide shrinks below thin, and
    // `late`, of the same class and path, comes then: it has only ever been held by wide.
    // early: 3 ms at 8 Gbps (3 MB); from 3 ms on wide has 4 Gbps: two flows at 2 Gbps each.
    // late has 0.25 MB: 1 ms, until 4 ms. early has sent 3.25 of 3.5 MB: 0.5 ms at 4 Gbps.
    var sketch = ModelSketch()
    let wide = sketch.link("wide", 12e9)
    let thin = sketch.link("thin", 8e9)
    sketch.flow("early", at: 0, bytes: 3.5e6, over: [wide, thin])
    sketch.change(wide, at: 3_000_000, .capacity(BitsPerSecond(4e9)))
    sketch.flow("late", at: 3_000_000, bytes: 0.25e6, over: [wide, thin])
    let run = try CompletedRun(sketch.model)
    #expect(run.finishes == ["late": 4_000_000, "early": 4_500_000])
    #expect(run.flowsByName["late"]?.bottleneck == "wide")
    #expect(run.flowsByName["early"]?.bottleneck == "thin")
    #expect(abs(held(run, "default", "wide") - 2.5e-3) < 1e-12)
  }

  @Test(arguments: 0..<8)
  func allTimeInWhichFlowsSendIsCharged(seed: Int) throws {
    // Flows without delay: the time held adds up to the time in the system, all rows together.
    let seed = seed & 3 | (seed & 4) << 2
    let run = try CompletedRun(RandomWorld(seed: seed, isDisturbed: false).sketch.model)
    let charged = run.outcome.bottlenecks.reduce(0) { $0 + $1.flowSeconds }
    let stays = run.flows.reduce(0.0) { $0 + Double(($1.finish ?? 0) - $1.start) * 1e-9 }
    // Finishes are told to the nanosecond: half a nanosecond a flow.
    #expect(abs(charged - stays) <= 0.5e-9 * Double(run.flows.count) + 1e-9 * stays)
    #expect(abs(run.outcome.bottlenecks.reduce(0) { $0 + $1.share } - 1) < 1e-9)
  }
}
