// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Results
import Scenario
import Simulator
import TestSupport
import Testing

@testable import Planning

/// Builds of plans, beside all builds that there are, and beside runs.
@Suite struct BuildTests {
  private typealias Sample = BuildSample

  /// The fewest lines with which a level holds, by trying all numbers of them on five links.
  @Test func theBuildIsTheCheapestOfAll() throws {
    var draws = Draws(5)
    var together = (found: 0, best: 0)
    for _ in 0..<50 {
      let loss = 2 + draws.below(20)
      let sample = try Sample(
        BuildSample.square(&draws),
        """
        fill: 100 %
        levels: [{loss: \(loss) %}]
        build: {lines: {capacity: 1 Gbps, price: 10}}
        """)
      let found = try sample.found()
      let lines = found.build.lines.values.reduce(0, +)
      let best = try fewest(sample, atMost: lines)
      #expect(lines == best)
      #expect(found.cost == Double(10 * lines))
      // Where there are too many builds to try them all: one line above at most.
      let searched = try searched(sample)
      #expect(searched >= best && searched <= best + 1)
      together.found += searched
      together.best += best
    }
    #expect(together.best > 50)
    #expect(Double(together.found) <= 1.02 * Double(together.best))
  }

  /// The lines that a search finds which does not try all builds.
  private func searched(_ sample: Sample) throws -> Int {
    let screen = try sample.screen()
    var full = Build()
    for (link, need) in screen.needs([("", screen.screening.base)]).own {
      full.lines[screen.site.model.topology.links[link].name] = need.count
    }
    return Trimming(screen, jobs: 1, mostTried: 0) { _ in true }.trimmed(full, from: Build())
      .lines.values.reduce(0, +)
  }

  private func fewest(_ sample: Sample, atMost most: Int) throws -> Int {
    let screen = try sample.screen()
    let site = screen.site
    let needs = screen.needs([("", screen.screening.base)]).own.sorted { $0.key < $1.key }
    var best = Int.max
    func go(_ rest: ArraySlice<(key: Int, value: Need)>, _ build: Build, _ count: Int) {
      guard count < best, count <= most else { return }
      guard let next = rest.first else {
        let states = screen.states(screen.limits(build), jobs: 1) { _ in true } ?? []
        if screen.holds(states) { best = count }
        return
      }
      for number in 0...next.value.count {
        var other = build
        other.lines[site.model.topology.links[next.key].name] = number
        go(rest.dropFirst(), other, count + number)
      }
    }
    go(needs[...], Build(), 0)
    return best
  }

  private static let ring = """
    scenario: ring
    duration: 1 h
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 1 Gbps, delay: 1 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 1 Gbps, delay: 1 ms, two_way: true}
        - {name: ca, from: c, to: a, capacity: 1 Gbps, delay: 1 ms, two_way: true}
    classes: [{name: streams, on_failure: move}]
    traffic:
      - demand: {name: ab, from: a, to: b, rate: 3 Gbps}
        class: streams
      - demand: {name: bc, from: b, to: c, rate: 1.5 Gbps}
        class: streams
    """

  /// Whatever link fails, a run with the build loses nothing.
  ///
  /// By hand: each link has 3 Gbps on one of its ways in some state, and 1.5 on the other.
  @Test func theBuildHoldsUnderEachFailureInARun() throws {
    let sample = try Sample(
      Self.ring,
      """
      failures: single
      fill: 90 %
      levels: [{loss: 0 %}]
      build: {lines: {capacity: 1 Gbps, price: 1}}
      """)
    let found = try sample.found()
    #expect(found.build.lines == ["ab": 3, "bc": 3, "ca": 3])
    for link in ["ab", "bc", "ca"] {
      let run = try sample.plan.scenario.summary(
        found.settings + ["events=[{at: 0 s, fail: \(link)}]"])
      let loss = run.rows.first { $0.metric == "demand_loss" }?.value ?? .nan
      #expect(loss < 1e-3, "\(link): \(loss)")
    }
  }

  @Test func itSaysWhatIsExceededInWhichYear() throws {
    let sample = try Sample(
      Self.ring,
      """
      fill: 100 %
      levels: [{loss: 0 %}]
      build: {lines: {capacity: 1 Gbps, price: 7}}
      growth: [{path: 'traffic[1].demand.rate', from: 0.8 Gbps, by: 30 %/y}]
      years: [2026, 2029]
      set: {'traffic[0].demand.rate': 0.5 Gbps}
      """)
    let years = try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years())
    // 0.8, 1.04, 1.352, 1.7576 Gbps over a link of 1 Gbps: a line in 2027, enough for all.
    #expect(years.map(\.year) == [2026, 2027, 2028, 2029])
    #expect(years.map(\.items.count) == [0, 1, 0, 0])
    #expect(years[1].items[0].place == "bc" && years[1].items[0].cost == 7)
    #expect(years.map(\.exceeded.isEmpty) == [true, false, true, true])
    #expect(years.allSatisfy { $0.levels.allSatisfy(\.holds) })
  }

  @Test func channelsAreLitOnLinksMadeOfLight() throws {
    let sample = try Sample(
      """
      scenario: light
      duration: 1 h
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light: {reach: [{rate: 100 Gbps}], each_fibre: {channels: 2}}
      traffic: [{demand: {name: d, from: a, to: b, rate: 730 Gbps}}]
      """,
      """
      levels: [{loss: 0 %}]
      build: {channels: {price: 3, transceiver: 2, most: 40}}
      """)
    let found = try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years()).first
    // 730 / 0.8 is 912.5 Gbps: ten channels, of which two are there; 3 + 2 x 2 each.
    #expect(found?.items.map(\.kind) == [.channels, .transceivers])
    #expect(found?.items.map(\.count) == [8, 16])
    #expect(found?.cost == 56)
    #expect(found?.levels.first?.holds == true)
    #expect((found?.levels.first?.simulated ?? 1) < 1e-4)
  }

  /// Two links need a channel more, and one of them is enough: that without a second route costs less.
  @Test func channelsThatAreLitTwiceCostTwice() throws {
    func found(loss: String) throws -> YearPlan {
      let sample = try Sample(
        """
        scenario: twice
        duration: 1 h
        network:
          fibres:
            - {name: ab, between: [a, b], length: 80 km}
            - {name: bc, between: [b, c], length: 80 km}
            - {name: ca, between: [c, a], length: 80 km}
        light:
          reach: [{rate: 100 Gbps}]
          links:
            - {name: ab, between: [a, b], channels: 1, protection: 1+1}
            - {name: bc, between: [b, c], channels: 1}
        traffic:
          - demand: {name: one, from: a, to: b, rate: 150 Gbps}
          - demand: {name: two, from: b, to: c, rate: 150 Gbps}
        """,
        """
        fill: 100 %
        levels: [{loss: \(loss)}]
        build: {channels: {price: 3, transceiver: 2, most: 40}}
        """)
      return try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years()?.first)
    }
    let both = try found(loss: "0 %")
    let rows = both.items.map { "\($0.place) \($0.kind) \($0.count) \(Int($0.cost))" }
    #expect(
      rows == [
        "ab channels 1 3", "ab standby 1 3", "ab transceivers 2 4", "ab transceivers 2 4",
        "bc channels 1 3", "bc transceivers 2 4",
      ])
    #expect(both.cost == 21)
    #expect(both.bound == nil)
    let one = try found(loss: "20 %")
    #expect(one.items.map(\.place) == ["bc", "bc"])
    #expect(one.cost == 7)
  }

  /// With engines a site is given work for a part of its time, in sums and in runs.
  @Test(arguments: ["", ", engines: {fill: 60 %, window: 1 s, warm_up: 1 s}"])
  func nodesServeWhatTheyAreBuiltFor(engines: String) throws {
    let sample = try Sample(
      """
      scenario: tokens
      duration: 24 h
      network: {use: national}
      light: {each_fibre: {channels: 20}}
      classes: [{name: tokens, on_failure: move}]
      traffic:
        - tokens: {total: 400e12 tokens/day, inference_share: 60 %\(engines)}
          class: tokens
      outputs: [summary]
      """,
      """
      levels: [{refused: 2 %}]
      build: {nodes: {price: 5, sites: [ZW, QY]}}
      """)
    let found = try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years()).first
    let level = try #require(found?.levels.first)
    // Nothing had to be tried again with more room.
    #expect((0.018...0.02).contains(try #require(level.screened)))
    // Of the day as a whole less is refused than in the worst hour, and yet something.
    #expect((1e-4...0.02).contains(try #require(level.simulated)))
    let places = Set(found?.items.map(\.place) ?? [])
    #expect(!places.isEmpty && places.isSubset(of: ["ZW", "QY"]))
    #expect(level.holds)
  }
}
