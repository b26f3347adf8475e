// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Small scenarios whose files can be told by hand.
@Suite struct WhatFilesSayTests {
  private func run(_ text: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--quiet", "--out", "o")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  /// 90 transfers at 100 Gbit/s and 10 at 50, most of them in iterations that are passed as alike;
  /// changes that change nothing do not matter.
  @Test(arguments: ["", "- {at: 1 s, link: pod/h1n0, capacity: 100 Gbps}"])
  func transfersOfPassedIterationsCount(more: String) throws {
    let summary = try run(
      """
      scenario: s
      network:
        fabrics:
          - {name: pod, hosts: 2, gpus_per_host: 1, nics_per_host: 1, nic: 100 Gbps, delay: 0 ns}
      traffic:
        - training:
            {name: j, fabric: pod, iterations: 100, collective: {kind: point-to-point, gpus: 2, size: 1 GB}}
      events:
        - {at: 7.2 s, link: pod/h0n0, capacity: 50 Gbps}
        \(more)
      """
    ).summary(of: "o")
    #expect(abs(try #require(summary["mean_transfer"]) - 95e9) < 1e3)
  }

  /// 33 Mbps come to 25: those ahead lose what they would at a load of 1, whatever other levels there
  /// could be, and those beside them what does not fit.
  @Test(arguments: ["{}", "{queueing: priority}"], ["", "- {name: unused, priority: 1}"])
  func whoGoesAheadLosesLittle(port: String, other: String) throws {
    let rows = try run(
      """
      scenario: s
      duration: 10 s
      network:
        links:
          - {name: l, from: a, to: b, capacity: 25 Mbps, port: \(port)}
      classes:
        - {name: k}
        \(other)
      traffic:
        - demand: {name: beside, rate: 30 Mbps, from: a, to: b, takes: beside}
        - demand: {name: ahead, rate: 3 Mbps, from: a, to: b}
      outputs: [demands]
      """
    ).rows(of: "o/demands.csv")
    let lost = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["demand"] ?? "", Double($0["lost_bytes"] ?? "") ?? -1) })
    // M/M/1/K at a load of 1 with the packets of the standard buffer: less than a thousandth.
    #expect(try #require(lost["ahead"]) < 0.001 * 3_750_000)
    let fits = 25e6 / 8 * 10
    #expect(abs(41_250_000 - lost.values.reduce(0, +) - fits) < 1e-3 * fits)
    #expect(rows.allSatisfy { Double($0["lost_queue_bytes"] ?? "") ?? 1e9 < 5e3 })
  }

  /// Of two links that are as narrow the first on the path loses what does not fit, in whichever order
  /// they stand in the file.
  @Test(arguments: [true, false])
  func theCauseIsThatOfTheFirstLink(isFirst: Bool) throws {
    let links = [
      "- {name: first, from: a, to: b, capacity: 25 Mbps}",
      "- {name: second, from: b, to: c, capacity: 25 Mbps}",
    ]
    let workspace = try run(
      """
      scenario: s
      duration: 10 s
      network:
        links:
          \((isFirst ? links : links.reversed()).joined(separator: "\n    "))
      traffic:
        - demand: {name: d, rate: 30 Mbps, from: a, to: c, takes: beside}
      outputs: [demands, links]
      """)
    let row = try #require(workspace.rows(of: "o/demands.csv").first)
    let overload = try #require(Double(row["lost_overload_bytes"] ?? ""))
    #expect(abs(overload - 6_250_000) < 1)
    let causes = try workspace.rows(of: "o/links.csv").filter { $0["link"] == "first" }
    #expect(!causes.isEmpty && causes.allSatisfy { $0["loss_cause"] == "overload" })
    let told = try workspace.cpnsim("explain", "o", "demand", "d").output
    #expect(told.contains("lost at first, which was offered more than it carries"), "\(told)")
  }

  /// 50 ms, 1 ms shared with another, and what is left of a second.
  @Test func aFlowThatBeginsOnADetourHasItsDelay() throws {
    let flows = try run(
      """
      scenario: s
      network:
        links:
          - {name: near, from: a, to: b, capacity: 1 Gbps, delay: 1 ms}
          - {name: far, from: a, to: b, capacity: 1 Gbps, delay: 50 ms}
      classes: [{name: m, on_failure: move}]
      traffic:
        - flows:
            - {flow: f, start: 2 s, from: a, to: b, size: 125 MB, class: m}
            - {flow: p, start: 2 s, path: [far], size: 125 kB}
      events: [{at: 1 s, fail: near, for: 10 s}]
      """
    ).rows(of: "o/flows.csv")
    #expect(flows.first { $0["flow"] == "f" }?["finish_s"] == "3.051")
  }

  /// A bound on what is 0 holds, and one on flows that come too early to be counted is judged.
  @Test(arguments: ["0 s", "20 s"])
  func deadlinesAreCountedWhereNoneIsOpen(warmUp: String) throws {
    let summary = try run(
      """
      scenario: s
      duration: 30 s
      warm_up: \(warmUp)
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic:
        - flows: [{flow: f, from: a, to: b, size: 100 MB, deadline: 10 s}]
      expect:
        - {metric: deadlines_open, at_most: 0}
        - {metric: deadlines_missed, at_most: 0}
      """
    ).summary(of: "o")
    #expect(summary["deadlines_met"] == (warmUp == "0 s" ? 1 : 0))
  }

  private static let pools = """
    network: {nodes: [a]}
    pools:
      list:
        - {name: p1, at: a, accelerator: H800, count: 8}
        - {name: p2, at: a, accelerator: H800, count: 8}
    """

  /// Where room is made, the work before a job is what others there have left: 8 accelerators for ten
  /// minutes, and for 100 minutes.
  @Test func roomIsMadeWhereLeastIsLeft() throws {
    let jobs = try run(
      """
      scenario: s
      duration: 30 h
      \(Self.pools)
      placement: {policy: least-loaded, preempt: true}
      traffic:
        - jobs:
            name: j
            checkpoint: {every: 1 h}
            list:
              - {job: soon, submit: 0 s, accelerators: 8, run: 610 min, priority: 2}
              - {job: late, submit: 1 s, accelerators: 8, run: 700 min, priority: 2}
              - {job: urgent, submit: 10 h, accelerators: 4, run: 1 h, priority: 1}
      """
    ).rows(of: "o/jobs.csv")
    let pool = Dictionary(uniqueKeysWithValues: jobs.map { ($0["job_id"] ?? "", $0["pool"] ?? "") })
    #expect(pool["urgent"] == pool["soon"], "\(pool)")
  }

  /// What is left of times that were added and taken off is no work.
  @Test func aJobThatIsAloneStays() throws {
    let jobs = try run(
      """
      scenario: s
      duration: 6 h
      \(Self.pools)
      placement: {policy: least-loaded, moves: {every: 30 min, gain: 20 %}}
      traffic:
        - jobs:
            name: j
            checkpoint: {every: 10 min, takes: 1 min, restart: 5 min}
            list:
              - {job: j1, submit: 0.021 s, accelerators: 3, run: 1359.649 s}
              - {job: j2, submit: 0.2 s, accelerators: 4, run: 1600 s}
              - {job: j3, submit: 11.009 s, accelerators: 3, run: 8894.527 s}
      """
    ).rows(of: "o/jobs.csv")
    #expect(jobs.count == 3 && jobs.allSatisfy { $0["moves"] == "0" })
  }

  /// Of two failures of one transponder the later end counts.
  @Test func transpondersWaitForTheLastRepair() throws {
    let services = try run(
      """
      scenario: s
      duration: 10000 s
      network:
        fibres: [{name: w, between: [a, b], length: 100 km}]
      light:
        links: [{name: k, between: [a, b]}]
      traffic: [{flows: [{flow: x, from: a, to: b, size: 1 B}]}]
      events:
        - {at: 1000 s, transponder: k, for: 1000 s}
        - {at: 1500 s, transponder: k, for: 2000 s}
      """
    ).rows(of: "o/services.csv")
    #expect(services.first?["availability"] == "0.75", "\(services)")
  }

  /// Nobody knows when a job begins on a pool that is out, and nothing is said as if somebody did.
  @Test func nothingIsEstimatedWhereAllPoolsAreOut() throws {
    let workspace = try run(
      """
      scenario: s
      duration: 3 h
      \(Self.pools)
      placement: {policy: joint}
      traffic:
        - jobs: {name: j, list: [{job: x, submit: 10 min, accelerators: 8, run: 30 min}]}
      events:
        - {at: 5 min, fail_pool: p1, for: 1 h}
        - {at: 5 min, fail_pool: p2, for: 2 h}
      """)
    let told = try workspace.cpnsim("explain", "o", "job", "x").output
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(told.contains("All pools that could run it are out of service"), "\(told)")
    #expect(!told.contains("over later"), "\(told)")
  }

  /// Ports of 100 kB of credits, and ways of 20 us there and back at each link: 40 Gbps, inside a fabric too.
  @Test func portsOfFabricsAreThoseOfTheNetwork() throws {
    let rows = try run(
      """
      scenario: s
      duration: 10 s
      network:
        port: {buffer: 100 kB}
        links: [{name: ab, from: a, to: b, capacity: 100 Gbps, delay: 10 us}]
        fabrics:
          - {name: p, hosts: 2, nic: 100 Gbps, gpus_per_host: 1, nics_per_host: 1, delay: 10 us}
      classes: [{name: c, transport: lossless-credit}]
      traffic:
        - flows:
            - {flow: link, start: 0 s, from: a, to: b, size: 1 GB, class: c}
            - {flow: fabric, start: 0 s, from: p/h0n0, to: p/h1n0, size: 1 GB, class: c}
      outputs: [flows]
      """
    ).rows(of: "o/flows.csv")
    let times = rows.map { Double($0["finish_s"] ?? "") ?? .nan }
    #expect(times.count == 2)
    for time in times { #expect(abs(time - 8e9 / 40e9) < 1e-3, "\(times)") }
  }
}
