// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Queues where several things meet, from the scenario file to the tables.
@Suite struct DemandQueueTests {
  private static let port = "port: {buffer: 15 kB, packet: 1500 B, packet_variation: 1}"

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

  private func isNear(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(found - expected) <= tolerance * abs(expected)
  }

  private func loss(_ load: Double) -> Double { QueueChains.mm1k(load: load, places: 10).loss }

  @Test(arguments: ["ahead", "beside"], [9.6, 13.2])
  func theSecondLinkSeesWhatArrivesAtIt(takes: String, rate: Double) throws {
    // 9.6 Gbit/s lose 2.35 % on the first link; the second has 9.37 Gbit/s and loses 1.98 % of them.
    let workspace = try run(
      """
      scenario: tandem
      duration: 10 s
      network:
        \(Self.port)
        links:
          - {name: l1, from: a, to: b, capacity: 12 Gbps, delay: 1 ms}
          - {name: l2, from: b, to: c, capacity: 12 Gbps, delay: 1 ms}
      traffic: [{demand: {name: d, rate: \(rate) Gbps, from: a, to: c, takes: \(takes)}}]
      sample_every: 10 s
      outputs: [links, demands]
      """)
    let first = loss(rate / 12)
    let second = loss(rate / 12 * (1 - first))
    let links = try workspace.rows(of: "out/links.csv")
    #expect(isNear(number(links[0], "loss"), first) && isNear(number(links[1], "loss"), second))
    #expect(isNear(number(links[0], "rate_bps"), rate * 1e9 * (1 - first)))
    #expect(isNear(number(links[1], "rate_bps"), rate * 1e9 * (1 - first) * (1 - second)))
    let demand = try workspace.rows(of: "out/demands.csv")[0]
    let passed = number(demand, "delivered_bytes") / number(demand, "offered_bytes")
    #expect(isNear(passed, (1 - first) * (1 - second)))
    #expect(
      isNear(
        number(demand, "lost_bytes"),
        number(demand, "lost_overload_bytes") + number(demand, "lost_queue_bytes"), 1e-12))
    #expect(
      isNear(
        number(demand, "delay_mean_s"),
        2e-3 + number(links[0], "delay_s") + number(links[1], "delay_s")))
  }

  /// On a tree towards its root all that comes out of the links into a node arrives at the next one.
  @Test(arguments: 0..<12) func linksPassOnWhatTheyCarry(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let count = 14
    let parents = (0..<count).map { $0 == 0 ? -1 : Int.random(in: 0..<$0, using: &random) }
    let rates = (0..<count).map { _ in Double.random(in: 0.1...9, using: &random).rounded() + 0.25 }
    let queueing = ["fifo", "priority"][seed % 2]
    let links = (1..<count).map { node in
      "    - {name: l\(node), from: n\(node), to: n\(parents[node]), capacity: "
        + "\(Int.random(in: 1...12, using: &random)) Gbps, port: {buffer: \(Int.random(in: 1...40, using: &random) * 1500) B, "
        + "queueing: \(queueing), packet_variation: \(0.5 * Double(Int.random(in: 0...2, using: &random)))}}"
    }
    let demands = (1..<count).map { node in
      "  - {class: c\(node % 2), demand: {name: d\(node), rate: \(rates[node]) Gbps, from: n\(node), to: n0}}"
    }
    let workspace = try run(
      """
      scenario: tree
      duration: 10 s
      network:
        links:
      \(links.joined(separator: "\n"))
      classes: [{name: c0}, {name: c1, priority: 1}]
      traffic:
      \(demands.joined(separator: "\n"))
      sample_every: 10 s
      outputs: [links, demands]
      """)
    let rows = try workspace.rows(of: "out/links.csv")
    var arriving = rates.map { $0 * 1e9 }
    var out = 0.0
    for node in (1..<count).reversed() {
      let row = rows[node - 1]
      let carried = number(row, "rate_bps")
      #expect(isNear(carried, arriving[node] * (1 - number(row, "loss"))), "\(row)")
      #expect(carried <= number(row, "capacity_bps"))
      if parents[node] == 0 { out += carried } else { arriving[parents[node]] += carried }
    }
    let outcomes = try workspace.rows(of: "out/demands.csv")
    let delivered = outcomes.reduce(0) { $0 + number($1, "delivered_bytes") }
    #expect(isNear(delivered, out * 10 / 8))
    for row in outcomes {
      let sum = number(row, "delivered_bytes") + number(row, "lost_bytes")
      #expect(isNear(sum, number(row, "offered_bytes"), 1e-12))
    }
  }

  @Test func aQueueIsServedAtWhatWindowsLeave() throws {
    // A window of 6 of 12 Gbit/s from 1 to 9 s: the demand of 5.4 has a load of 0.9 then, 0.45 else.
    let workspace = try run(
      """
      scenario: window
      duration: 10 s
      network:
        \(Self.port)
        links: [{name: l, from: a, to: b, capacity: 12 Gbps}]
      traffic:
        - demand: {name: d, rate: 5.4 Gbps, from: a, to: b}
        - transfers: [{name: t, path: [l], size: 6 GB, start: 1 s, deadline: 9 s, reserve: true}]
      sample_every: 0.5 s
      outputs: [links]
      """)
    let rows = try workspace.rows(of: "out/links.csv")
    #expect(rows.count == 20)
    for row in rows {
      let time = number(row, "time_s")
      let isOpen = time > 1.1 && time < 9
      guard abs(time - 1) > 0.1, abs(time - 9) > 0.1 else { continue }
      #expect(isNear(number(row, "loss"), loss(isOpen ? 0.9 : 0.45), 1e-6), "\(row)")
      let wait = QueueChains.mm1k(load: isOpen ? 0.9 : 0.45, places: 10).delay - 1
      let expected = 1e-6 + wait * (isOpen ? 2e-6 : 1e-6)
      #expect(isNear(number(row, "delay_s"), expected, 1e-6), "\(row)")
    }
  }

  // MARK: - Looks

  @Test func longDelaysOfDemandsAreThoseOfTheirLinks() throws {
    // Flows come at 1 s and stay: from then on the link has a load of 0.9.
    for takes in ["ahead", "beside"] {
      let workspace = try run(
        """
        scenario: long
        duration: 10 s
        network:
          \(Self.port)
          links: [{name: l, from: a, to: b, capacity: 12 Gbps}]
        classes: [{name: some, ceiling: 1.2 Gbps}]
        traffic:
          - demand: {name: d, rate: 6 Gbps, from: a, to: b, takes: \(takes)}
          - class: some
            flows:
              - {flow: f, path: [l], size: 10 TB, start: 1 s}
              - {flow: g, path: [l], size: 10 TB, start: 1 s}
              - {flow: h, path: [l], size: 10 TB, start: 1 s}
              - {flow: i, path: [l], size: 1.2 GB, start: 1 s}
        outputs: [links, demands]
        """)
      let demand = try workspace.rows(of: "out/demands.csv")[0]
      let links = try workspace.rows(of: "out/links.csv")
      let longest = links.map { number($0, "delay_p99_s") }.max() ?? .nan
      #expect(isNear(number(demand, "delay_p99_s"), longest), "\(takes)")
      #expect(number(demand, "delay_p99_s") > 2 * number(demand, "delay_mean_s"))
      #expect(
        isNear(number(links[30], "delay_s"), QueueChains.mm1k(load: 0.9, places: 10).delay * 1e-6))
      // One of the flows is done: what is told is of the others.
      #expect(isNear(number(links[99], "loss"), loss(0.8)), "\(takes)")
    }
  }

  @Test func aFlowHasNoQueueOnceTheDemandBesideItHasEnded() throws {
    let workspace = try run(
      """
      scenario: ended
      duration: 10 s
      network:
        \(Self.port)
        links: [{name: l, from: a, to: b, capacity: 12 Gbps}]
      traffic:
        - demand: {name: d, rate: 6 Gbps, from: a, to: b, stop: 5 s}
        - flows: [{flow: f, path: [l], size: 10 TB}]
      sample_every: 1 s
      outputs: [links]
      """)
    let rows = try workspace.rows(of: "out/links.csv")
    #expect(rows.count == 10)
    for row in rows {
      let time = number(row, "time_s")
      #expect(isNear(number(row, "loss"), time <= 5 ? loss(0.5) : 0), "\(row)")
    }
  }

  /// A row tells what was up to its end: a link that is repaired then was down until then.
  @Test func aRepairAtTheInstantOfASampleIsInTheNextRow() throws {
    let workspace = try run(
      """
      scenario: repair
      duration: 10 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps}]}
      traffic:
        - demand: {name: d, rate: 100 Mbps, from: a, to: b}
        - demand: {name: e, rate: 100 Mbps, from: a, to: b, takes: beside}
      events: [{at: 2 s, fail: l, for: 3 s}]
      sample_every: 1 s
      outputs: [links]
      """)
    let rows = try workspace.rows(of: "out/links.csv")
    #expect(rows.count == 10)
    for row in rows {
      let isDown = (3...5).contains(number(row, "time_s"))
      #expect(
        row["loss"] == (isDown ? "1" : "0") && row["capacity_bps"] == (isDown ? "0" : "1000000000"))
      #expect(number(row, "delay_s").isFinite && number(row, "delay_p99_s").isFinite)
    }
  }

  // MARK: - Priorities

  @Test func levelsLoseAtAnyLoad() throws {
    // The first level is a queue of its own; what the second loses grows with both.
    let loads = [0.3, 0.6, 0.9, 1 - 1e-6, 1, 1 + 1e-6, 1.2, 1.5]
    var links: [String] = []
    var demands: [String] = []
    for high in loads {
      for low in loads {
        let name = "\(links.count)"
        links.append("    - {name: l\(name), from: a\(name), to: b\(name), capacity: 12 Gbps}")
        for (level, load) in [("high", high), ("low", low)] {
          let rate = String(format: "%.3f", load * 12e9)
          demands.append(
            "  - {class: \(level), demand: {name: \(level)\(name), rate: \(rate) bps, from: a\(name), to: b\(name)}}"
          )
        }
      }
    }
    let workspace = try run(
      """
      scenario: levels
      duration: 1 s
      network:
        port: {buffer: 15 kB, packet: 1500 B, packet_variation: 1, queueing: priority}
        links:
      \(links.joined(separator: "\n"))
      classes: [{name: low}, {name: high, priority: 1}]
      traffic:
      \(demands.joined(separator: "\n"))
      sample_every: 1 s
      outputs: [links, demands]
      """)
    let rows = try workspace.rows(of: "out/demands.csv").map {
      number($0, "lost_bytes") / number($0, "offered_bytes")
    }
    let carried = try workspace.rows(of: "out/links.csv").map { number($0, "rate_bps") / 12e9 }
    for (index, high) in loads.enumerated() {
      for (other, low) in loads.enumerated() {
        let link = index * loads.count + other
        #expect(isNear(rows[2 * link], loss(high)))
        let mine = rows[2 * link + 1]
        #expect(mine >= loss(low) - 1e-12 && carried[link] <= 1)
        let all = high * (1 - rows[2 * link]) + low * (1 - mine)
        #expect(isNear(carried[link], all))
        if other > 0 { #expect(mine >= rows[2 * link - 1] - 1e-12, "\(high) \(low)") }
        if index > 0 {
          #expect(mine >= rows[2 * (link - loads.count) + 1] - 1e-12, "\(high) \(low)")
        }
      }
    }
  }
}
