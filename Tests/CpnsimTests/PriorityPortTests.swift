// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Ports where packets of a higher priority go first, from the scenario file to the tables.
@Suite struct PriorityPortTests {
  private func run(_ scenario: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(scenario, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func number(_ row: [String: String]?, _ column: String) -> Double {
    Double(row?[column] ?? "") ?? .nan
  }

  private func isNear(_ found: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(found - expected) <= tolerance * abs(expected)
  }

  @Test func meanDelaysAreThoseOfCobham() throws {
    // Exponential packets of 1500 B at 10 Mbit/s, s = 1.2 ms; loads 0.3 and 0.5, R = 0.8 s.
    // W = R / 0.7 and R / (0.7 * 0.2). The mean over all is that of one queue, s / (1 - 0.8).
    let workspace = try run(
      """
      scenario: cobham
      duration: 100 s
      network:
        port: {queueing: priority, buffer: 100 MB, packet_variation: 1}
        links: [{name: l, from: a, to: b, capacity: 10 Mbps}]
      classes: [{name: low}, {name: high, priority: 1}]
      traffic:
        - {class: low, demand: {name: low, rate: 5 Mbps, from: a, to: b}}
        - {class: high, demand: {name: high, rate: 3 Mbps, from: a, to: b}}
      sample_every: 100 s
      outputs: [demands, links]
      """)
    let rows = try workspace.rows(of: "out/demands.csv")
    let residual = 0.8 * 1.2e-3
    #expect(isNear(number(rows[0], "delay_mean_s"), residual / 0.14 + 1.2e-3, 1e-6))
    #expect(isNear(number(rows[1], "delay_mean_s"), residual / 0.7 + 1.2e-3, 1e-6))
    #expect(number(rows[1], "delay_p99_s") < number(rows[0], "delay_p99_s"))
    let link = try workspace.rows(of: "out/links.csv").first
    #expect(isNear(number(link, "delay_s"), 6e-3, 1e-6))
    #expect(number(link, "delay_p99_s") == number(rows[0], "delay_p99_s"))
  }

  @Test func whatDoesNotFitIsLostFromTheLowestLevelUp() throws {
    // 6 of 10 Gbit/s for the first, 4 of its 7 for the second, nothing for the third; all of the 6
    // fit on 7 behind, and 1 of the 4.
    let workspace = try run(
      """
      scenario: overload
      duration: 10 s
      network:
        port: {queueing: priority}
        links:
          - {name: l1, from: a, to: b, capacity: 10 Gbps}
          - {name: l2, from: b, to: c, capacity: 7 Gbps}
      classes: [{name: second}, {name: first, priority: 7}, {name: third, priority: -2}]
      traffic:
        - {class: first, demand: {name: first, rate: 6 Gbps, path: [l1, l2]}}
        - {class: second, demand: {name: second, rate: 7 Gbps, path: [l1, l2]}}
        - {class: third, demand: {name: third, rate: 1 Gbps, path: [l1]}}
        - {class: third, flows: [{flow: f, path: [l2], size: 1 GB}]}
      sample_every: 10 s
      outputs: [demands, links]
      """)
    let rows = try workspace.rows(of: "out/demands.csv")
    #expect(number(rows[0], "lost_bytes") == 0)
    #expect(number(rows[0], "delivered_bytes") == 7.5e9)
    #expect(isNear(number(rows[1], "delivered_bytes"), 1.25e9, 1e-9))
    #expect(isNear(number(rows[1], "lost_overload_bytes"), 7.5e9, 1e-9))
    #expect(number(rows[2], "lost_overload_bytes") == 1.25e9)
    for row in rows {
      let sum = number(row, "delivered_bytes") + number(row, "lost_bytes")
      #expect(isNear(sum, number(row, "offered_bytes"), 1e-12))
    }
    let links = try workspace.rows(of: "out/links.csv")
    #expect(links.map { $0["loss_cause"] } == ["overload", "overload"])
    #expect(isNear(number(links[0], "loss"), 4.0 / 14, 1e-9))
    #expect(isNear(number(links[1], "loss"), 3.0 / 10, 1e-9))
    #expect(isNear(number(links[0], "rate_bps"), 10e9, 1e-9))
  }

  @Test func aLinkThatIsDownLosesAllLevels() throws {
    // Down from 2 to 5 of 10 s; beside it a flow without loss.
    let workspace = try run(
      """
      scenario: down
      duration: 10 s
      network:
        port: {queueing: priority}
        links: [{name: l, from: a, to: b, capacity: 10 Gbps}]
      classes: [{name: low}, {name: high, priority: 1}]
      traffic:
        - {class: low, demand: {name: low, rate: 1 Gbps, from: a, to: b}}
        - {class: high, demand: {name: high, rate: 2 Gbps, from: a, to: b}}
        - {class: high, demand: {name: beside, rate: 1 Gbps, from: a, to: b, takes: beside}}
      events: [{at: 2 s, fail: l}, {at: 5 s, repair: l}]
      sample_every: 1 s
      outputs: [demands, links]
      """)
    let demands = try workspace.rows(of: "out/demands.csv")
    #expect(demands.count == 3)
    for row in demands {
      #expect(isNear(number(row, "lost_failure_bytes"), 0.3 * number(row, "offered_bytes"), 1e-9))
      #expect(isNear(number(row, "delivered_bytes"), 0.7 * number(row, "offered_bytes"), 1e-9))
    }
    // A sample comes before the change of its instant.
    let links = try workspace.rows(of: "out/links.csv")
    #expect(links.filter { $0["loss"] == "1" && $0["loss_cause"] == "failure" }.count == 3)
  }

  /// A port where all that comes has one priority is as one where that does not count.
  ///
  /// All figures are the same but the 99th percentiles, for which levels have a law of their own.
  @Test func oneLevelAloneIsAQueueLikeOthers() throws {
    for (one, other) in zip(try tables("fifo"), try tables("priority")) {
      #expect(
        one.map { $0.filter { $0.key != "delay_p99_s" } }
          == other.map { $0.filter { $0.key != "delay_p99_s" } })
    }
  }

  /// Where a demand that filled a link stops, rates settle anew, from another first guess.
  ///
  /// For that guess link l2 still counts as full. Its flows then are paced, and packets of a level
  /// wait for one of these that is being sent (11.9 us here), those of a port without levels do not. From
  /// there both go to the same rates, until each full link is full to 1e-4 and no term moves by more than
  /// 1e-3; what they end with is 2e-6 apart. What was before the demand stopped is the same.
  @Test func oneLevelAloneSettlesLikeOthersWhereADemandStops() throws {
    for (one, other) in zip(try tables("fifo", stop: 4), try tables("priority", stop: 4)) {
      #expect(one.count == other.count && !one.isEmpty)
      for (row, same) in zip(one, other) {
        let isBefore = row["time_s"].flatMap(Double.init).map { $0 <= 4 } ?? false
        for (column, text) in row where column != "delay_p99_s" {
          if !isBefore, let value = Double(text) {
            #expect(isNear(number(same, column), value, 1e-5), "\(column): \(text)")
          } else {
            #expect(same[column] == text, "\(column)")
          }
        }
      }
    }
  }

  /// The rows of demands.csv, links.csv and flows.csv of two links with demands and flows of one class.
  private func tables(_ queueing: String, stop: Int? = nil) throws -> [[[String: String]]] {
    let workspace = try run(
      """
      scenario: alone
      duration: 10 s
      network:
        port: {queueing: \(queueing), buffer: 150 kB, packet_variation: 0.5}
        links:
          - {name: l1, from: a, to: b, capacity: 100 Mbps, delay: 1 ms}
          - {name: l2, from: b, to: c, capacity: 80 Mbps, delay: 2 ms}
      classes: [{name: tcp, transport: tcp-reno}, {name: other, priority: 1}]
      traffic:
        - class: tcp
          demand: {name: d, rate: 70 Mbps, from: a, to: c, variation: 2\(stop.map { ", stop: \($0) s" } ?? "")}
        - {class: tcp, demand: {name: e, rate: 20 Mbps, from: a, to: b, takes: beside, start: 2 s}}
        - {class: tcp, flows: [{flow: f, path: [l1, l2], size: 10 MB}, {flow: g, path: [l2], size: 5 MB, start: 3 s}]}
      sample_every: 1 s
      outputs: [demands, links, flows]
      """)
    return try ["demands", "links", "flows"].map { try workspace.rows(of: "out/\($0).csv") }
  }
}
