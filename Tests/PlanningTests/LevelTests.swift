// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Planning

/// Levels in plain words: what sums and runs say of them, and what is built so that they hold.
@Suite struct LevelTests {
  private func year(_ sample: BuildSample) throws -> YearPlan {
    let years = try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years())
    return try #require(years.first)
  }

  private static let pair = """
    scenario: pair
    duration: 1 h
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 4 ms, two_way: true}
        - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 5 ms, two_way: true}
    classes: [{name: near}, {name: far}]
    traffic:
      - demand: {name: ab, from: a, to: b, rate: 1 Gbps}
        class: near
      - demand: {name: ac, from: a, to: c, rate: 1 Gbps}
        class: far
    """

  /// One way over one link of 4 ms, and over two of 9 together, and a little for packets to wait.
  @Test func theLatencyOfAClassIsThatOfItsLongestRoute() throws {
    let sample = try BuildSample(
      Self.pair,
      """
      levels:
        - {latency: 4.1 ms, class: near}
        - {latency: 4.1 ms}
        - {latency: 9.1 ms, class: far}
        - {loss: 0 %, class: far}
      build: {lines: {capacity: 1 Gbps, price: 1}}
      """)
    let levels = try year(sample).levels
    for (level, value) in zip(levels, [0.004, 0.009, 0.009, 0]) {
      #expect(abs(try #require(level.screened) - value) < 1e-12)
    }
    #expect(levels.map(\.holds) == [true, false, true, true])
    for (level, delay) in zip(levels, [0.004, 0.009, 0.009]) {
      let simulated = try #require(level.simulated)
      #expect((delay..<delay + 1e-4).contains(simulated))
    }
    #expect(levels[3].simulated == 0)
  }

  /// A fibre makes one way of three, which is shorter and fails less often than two in a row.
  @Test func aFibreIsLaidForAvailabilityAndLatency() throws {
    let scenario = """
      scenario: row
      duration: 1 h
      network:
        fibres:
          - {name: ab, between: [a, b], length: 400 km}
          - {name: bc, between: [b, c], length: 400 km}
      light:
        reach: [{rate: 100 Gbps}]
        each_fibre: {channels: 4}
        failures: {cuts: {per_1000_km: 5 /y, repair: 24 h}}
      traffic: [{demand: {name: d, from: a, to: c, rate: 50 Gbps}}]
      """
    func plan(_ level: String) -> String {
      """
      levels: [\(level)]
      build:
        fibres: [{name: ac, between: [a, c], length: 600 km, price: 1000}]
        amplifiers: 10
      """
    }
    for level in [
      "{availability: 99.9 %}", "{latency: 3.2 ms}", "{latency: 3.2 ms, class: default}",
    ] {
      let found = try year(BuildSample(scenario, plan(level)))
      #expect(found.build.fibres == ["ac"], "\(level)")
      // 600 km are eight spans of 75 km, with an amplifier behind each, both ways.
      #expect(found.items.map(\.kind) == [.fibre, .amplifiers])
      #expect(found.items.map(\.count) == [1, 16] && found.cost == 1160)
      #expect(found.levels.allSatisfy { $0.holds })
    }
    for level in ["{availability: 98 %}", "{latency: 5 ms}"] {
      #expect(try year(BuildSample(scenario, plan(level))).items.isEmpty, "\(level)")
    }
    // By hand: ab and bc together 800 km, 4 cuts a year of a day each; ac 600 km, 3 cuts.
    let found = try year(BuildSample(scenario, plan("{availability: 99.99 %}")))
    let (two, one) = (4.0 / 365.25, 3.0 / 365.25)
    let down = (1 - 1 / (1 + two / 2) / (1 + two / 2)) * (1 - 1 / (1 + one))
    #expect(abs((found.levels[0].screened ?? 0) - (1 - down)) < 1e-9)
  }

  private static let jobs = """
    scenario: jobs
    duration: 12 h
    network: {nodes: [a]}
    pools: {list: [{name: p1, at: a, accelerator: H800, count: 8}]}
    traffic:
      - jobs:
          name: night
          list:
            - {job: j1, submit: 0 s, accelerators: 8, run: 2 h, deadline: 3 h}
            - {job: j2, submit: 0 s, accelerators: 8, run: 2 h, deadline: 3 h}
            - {job: j3, submit: 0 s, accelerators: 8, run: 2 h, deadline: 3 h}
    """

  private func withAccelerators(_ level: String) throws -> YearPlan {
    try year(
      BuildSample(
        Self.jobs,
        """
        levels: [\(level)]
        build: {accelerators: {price: 5, pools: [p1], step: 8}}
        """))
  }

  /// Three jobs that need eight accelerators each for two hours: one row is 2, 4 and 6 h long.
  @Test(arguments: [
    ("{deadlines: 0 %, of: jobs}", 16), ("{deadlines: 40 %, of: jobs}", 8),
    ("{deadlines: 70 %}", 0), ("{completion: 4 h, of: jobs, at: max}", 8),
    ("{completion: 2 h, of: jobs, at: mean}", 16), ("{completion: 6 h, of: jobs}", 0),
    ("{metric: job_deadlines_missed, at_most: 1}", 8),
  ])
  func acceleratorsAreBuiltAsRunsNeedThem(_ level: String, _ count: Int) throws {
    let found = try withAccelerators(level)
    #expect(found.items.reduce(0) { $0 + $1.count } == count)
    #expect(found.cost == Double(5 * count))
    #expect(found.levels.allSatisfy { $0.holds })
    #expect(found.settings == (count > 0 ? ["pools.list[p1].count=\(8 + count)"] : []))
  }

  @Test func whatNoAcceleratorsHelpIsLeftAsItIs() throws {
    let found = try withAccelerators("{completion: 1 h, of: jobs}")
    #expect(found.items.isEmpty && found.levels.map(\.holds) == [false])
  }

  @Test func blockingAndCompletionAreThoseOfTheRun() throws {
    let sample = try BuildSample(
      """
      scenario: requests
      duration: 10 h
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light:
        grid: {first: 191.35 THz, spacing: 50 GHz, channels: 2}
        reach: [{rate: 100 Gbps}]
        each_fibre: {channels: 1}
        requests:
          - list:
              - {request: r1, start: 10 s, from: a, to: b, rate: 100 Gbps, hold: 1 h}
              - {request: r2, start: 20 s, from: a, to: b, rate: 100 Gbps, hold: 1 h}
      traffic: [{flows: [{flow: f, from: a, to: b, size: 125 GB}]}]
      """,
      """
      levels: [{blocking: 60 %}, {blocking: 40 %}, {completion: 11 s}, {completion: 9 s, of: flows}]
      build: {lines: {capacity: 1 Gbps, price: 1}}
      """)
    let levels = try year(sample).levels
    // One channel is the link's, one that of the first request; the second one is refused.
    #expect(levels.map(\.holds) == [true, false, true, false])
    #expect(levels[0].simulated == 0.5 && levels[0].screened == nil)
  }
}
