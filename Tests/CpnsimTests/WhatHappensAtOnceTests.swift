// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Small scenarios in which several things happen in one instant, or who came first has to go first.
@Suite struct WhatHappensAtOnceTests {
  private func run(_ text: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--quiet", "--out", "o")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  /// A link is mended as the patience of its flows ends: both directions of it, and all links over a fibre.
  @Test(arguments: [
    (
      "links: [{name: l, from: a, to: b, capacity: 10 Gbps, two_way: true}]", "",
      "{at: 1 s, fail: l, for: 1 s}"
    ),
    (
      "links: [{name: l, from: a, to: b, capacity: 10 Gbps, two_way: true}]", "",
      "{at: 1 s, fail: l}, {at: 2 s, repair: l}"
    ),
    (
      "fibres: [{name: f, between: [a, b], length: 1 km}]",
      "light: {reach: [{rate: 10 Gbps}], links: [{name: x, between: [a, b]}, {name: y, between: [a, b]}]}",
      "{at: 1 s, cut: f, for: 1 s}"
    ),
  ])
  func whatComesBackAtOnceIsBackAsAWhole(network: String, light: String, event: String) throws {
    let paths = light.isEmpty ? ["[l]", "['l:back']"] : ["[x]", "['x:back']", "[y]", "['y:back']"]
    let flows = paths.enumerated().map {
      "{flow: f\($0), path: \($1), size: 5 GB}"
    }
    let workspace = try run(
      """
      scenario: s
      network: {\(network)}
      \(light)
      classes: [{name: c, on_failure: break, patience: 1 s}]
      traffic: [{class: c, flows: [\(flows.joined(separator: ", "))]}]
      events: [\(event)]
      outputs: [summary, flows]
      """)
    let times = try workspace.rows(of: "o/flows.csv").map { Double($0["finish_s"] ?? "") ?? .nan }
    #expect(times.count == flows.count && times.allSatisfy { abs($0 - 5) < 1e-3 }, "\(times)")
  }

  /// A detour that is gone an instant later is not taken: home comes back with it.
  @Test func nobodyMovesThereAndBack() throws {
    let workspace = try run(
      """
      scenario: s
      duration: 10 s
      network:
        links:
          - {name: short, from: a, to: b, capacity: 10 Gbps, delay: 2 ms}
          - {name: home, from: a, to: b, capacity: 10 Gbps, delay: 1 ms}
          - {name: long, from: a, to: b, capacity: 10 Gbps, delay: 9 ms}
      classes: [{name: m, on_failure: move}]
      traffic: [{class: m, flows: [{flow: f, path: [home], size: 10 GB}]}]
      events:
        - {at: 1 s, fail: short, for: 2 s}
        - {at: 2 s, fail: home, for: 1 s}
      outputs: [summary]
      """)
    // To the long one and home again.
    #expect(try workspace.summary(of: "o")["flows_moved"] == 2)
  }

  /// z needs 8 Gbps on l2, of which 4 are free, beside l1: w, which comes later, does not take them.
  @Test func nobodyOvertakesOnAnyLinkThatIsWaitedFor() throws {
    func entry(_ name: String, _ rate: Int, _ ends: String, at second: Int, size: String = "7.5 GB")
      -> String
    {
      """
        - elastic:
            name: \(name)
            start: \(second) s
            arrivals: {deterministic: 1 /s}
            count: 1
            sizes: {fixed: \(size)}
            \(ends)
            tiers: [{name: t, floor: \(rate) Gbps, ceiling: \(rate) Gbps}]
      """
    }
    let workspace = try run(
      """
      scenario: s
      duration: 60 s
      network:
        links:
          - {name: l1, from: a, to: b, capacity: 10 Gbps}
          - {name: l2, from: b, to: c, capacity: 10 Gbps}
      traffic:
      \(entry("x", 6, "path: [l1]", at: 0))
      \(entry("y", 6, "path: [l2]", at: 0))
      \(entry("z", 8, "path: [l1, l2]", at: 1))
      \(entry("w", 4, "path: [l2]", at: 2))
      outputs: [elastic]
      """)
    let starts = Dictionary(
      uniqueKeysWithValues: try workspace.rows(of: "o/elastic.csv").map {
        ($0["flow"] ?? "", Double($0["start_s"] ?? "") ?? .nan)
      })
    #expect(starts == ["x-1": 0, "y-1": 0, "z-1": 10, "w-1": 17.5])
  }

  /// 24 h and 13 min alone: begun at 6 h it has most cheap hours, those of the next day too.
  @Test(arguments: [("107 TB", 3600.0), ("109 TB", 21600), ("135 TB", 21600)])
  func pricesCountForAllOfALongTime(size: String, start: Double) throws {
    let row = try #require(
      try run(
        """
        scenario: s
        duration: 4 d
        network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
        traffic:
          - elastic:
              name: x
              arrivals: {deterministic: 1 /d}
              count: 1
              sizes: {fixed: \(size)}
              path: [l]
              tiers: [{name: t, ceiling: 10 Gbps}]
              scheduling:
                policy: off-peak
                prices: [9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
        outputs: [elastic]
        """
      ).rows(of: "o/elastic.csv").first)
    #expect(Double(row["start_s"] ?? "") == start)
  }

  /// Deadlines of the warm-up are left out, of transfers as of flows.
  @Test func deadlinesOfTheWarmUpAreLeftOut() throws {
    let summary = try run(
      """
      scenario: s
      duration: 20 s
      warm_up: 5 s
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
      traffic:
        - transfers:
            - {name: early, from: a, to: b, size: 1 GB, deadline: 4 s, reserve: true}
            - {name: late, from: a, to: b, size: 1 GB, start: 6 s, deadline: 9 s, reserve: true}
      """
    ).summary(of: "o")
    #expect(summary["deadlines_met"] == 1 && summary["transfer_deadlines_met_held"] == 1)
  }

  // MARK: - Light

  /// The channel is free 2 s after its end, in the instant in which the next request comes.
  @Test(arguments: ["2 s", "0 s"]) func whatEndsIsFreeForWhatComes(teardown: String) throws {
    let next = teardown == "0 s" ? 20 : 22
    let rows = try run(
      """
      scenario: s
      network: {fibres: [{name: f, between: [a, b], length: 80 km}]}
      light:
        grid: {first: 191.35 THz, spacing: 75 GHz, channels: 1}
        teardown: \(teardown)
        requests:
          - list: [{request: r2, start: \(next) s, from: a, to: b, rate: 100 Gbps, hold: 10 s}]
          - list: [{request: r1, start: 10 s, from: a, to: b, rate: 100 Gbps, hold: 10 s}]
      outputs: [requests]
      """
    ).rows(of: "o/requests.csv")
    #expect(rows.map { $0["outcome"] } == ["lit", "lit"], "\(rows)")
  }

  /// What is being set up over a fibre that is cut is not joined.
  @Test func nobodyJoinsLightThatWillNotCome() throws {
    let rows = try run(
      """
      scenario: s
      network:
        fibres:
          - {name: f, between: [a, b], length: 80 km}
          - {name: g, between: [a, c], length: 80 km}
          - {name: h, between: [c, b], length: 80 km}
      light:
        setup: 3 s
        requests:
          - list:
              - {request: r1, start: 10 s, from: a, to: b, rate: 60 Gbps, hold: 20 s}
              - {request: r2, start: 12.5 s, from: a, to: b, rate: 40 Gbps, hold: 20 s}
      events: [{at: 12 s, cut: f, for: 60 s}]
      outputs: [requests]
      """
    ).rows(of: "o/requests.csv")
    let second = try #require(rows.first { $0["request"] == "r2" })
    #expect(second["outcome"] == "lit" && second["availability"] == "1", "\(second)")
  }

  /// Both lightpaths are out, and the standby is mended first: it carries 10 s later.
  @Test(arguments: [(7.9, 29.9), (8.1, 30.1)])
  func aStandbyThatIsMendedTakesItsTime(for time: Double, at instant: Double) throws {
    let rows = try run(
      """
      scenario: s
      duration: 100 s
      network:
        fibres:
          - {name: w, between: [a, b], length: 80 km}
          - {name: s, between: [a, b], length: 100 km}
      light:
        switching: {protection: 10 s}
        links: [{name: x, between: [a, b], protection: 1+1}]
      traffic: [{flows: [{flow: q, from: a, to: b, size: 1 GB}]}]
      events: [{at: 10 s, cut: w, for: 80 s}, {at: 12 s, cut: s, for: \(time) s}]
      outputs: [events]
      """
    ).rows(of: "o/events.csv")
    let ups = rows.filter { $0["event"] == "link-up" && $0["subject"] == "x" }
    #expect(Double(ups.first?["time_s"] ?? "") == instant)
  }
}
