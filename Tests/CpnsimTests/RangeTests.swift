// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Quantities out of range are refused, and what is in range gives finite numbers.
@Suite struct RangeTests {
  /// A scenario of one link, with a class, an entry of traffic, and more network.
  private func scenario(
    capacity: String = "1 Gbps", floor: String = "0 bps", more: String = "", traffic: String
  ) -> String {
    """
    scenario: r
    duration: 10 s
    network: {links: [{name: l, from: a, to: b, capacity: \(capacity), two_way: true}]\(more)}
    classes: [{name: t, floor: \(floor)}]
    traffic: [\(traffic)]
    sample_every: 1 s
    outputs: [summary, links, flows]

    """
  }

  private static let tokens = """
    {tokens: {total: 1e12 tokens/day, from: {a: 1}, to: {b: unlimited}, services: [{name: m, \
    share: 5 %, input_tokens: 10, output_tokens: 1e308}]}}
    """

  @Test func numbersOutOfRangeAreRefusedWithTheRange() throws {
    let fabric = { (keys: String) in ", fabrics: [{name: p, hosts: 8, nic: 200 Gbps, \(keys)}]" }
    let flow = "{flows: [{flow: x, from: a, to: b, size: 1 GB}]}"
    let cases: [(String, String)] = [
      (scenario(traffic: Self.tokens), "output_tokens: found 1e308, expected a number up to 1e18"),
      (scenario(capacity: "0.001 bps", traffic: flow), "a bit rate of zero, or of at least 1 bps"),
      (scenario(capacity: "1001 Pbps", traffic: flow), "a bit rate of at most 1000 Pbps"),
      (scenario(capacity: "1e-400 bps", traffic: flow), "a bit rate of zero, or of at least 1 bps"),
      (
        scenario(
          more: fabric("pods: {leaves: 9223372036854775807, cores_per_spine: 2}"), traffic: flow),
        "found 9223372036854775807, expected a whole number up to 1000000000"
      ),
      (
        scenario(more: fabric("pods: {leaves: 1000000000, cores_per_spine: 2}"), traffic: flow),
        "found 1000000000, expected 1 to 1000000"
      ),
      (
        scenario(more: fabric("queue_pairs: 65537"), traffic: flow),
        "queue_pairs: found 65537, expected 1 to 65536"
      ),
      (
        scenario(more: fabric("balancing: flowlet, flowlets: 65537"), traffic: flow),
        "flowlets: found 65537, expected 1 to 65536"
      ),
    ]
    for (text, message) in cases {
      let workspace = try Workspace()
      try workspace.write(text, to: "s.yaml")
      let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("error: s.yaml:"))
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(workspace.names == ["s.yaml"])
    }
  }

  /// However often floors go beyond what there is, they are cut to what fits, and no further.
  @Test(
    arguments: [
      ("1 bps", "1 Gbps"), ("1 bps", "1000 Pbps"), ("1 Mbps", "1000 Pbps"), ("1 Gbps", "1 Gbps"),
      ("1 Gbps", "1.5 Gbps"), ("1000 Pbps", "1000 Pbps"),
    ])
  func floorsBeyondACapacityFillItAndNoMore(_ capacity: String, _ floor: String) throws {
    let workspace = try Workspace()
    let flows = ["x", "y", "z"].map { "{flow: \($0), from: a, to: b, size: 1000 EB}" }
    try workspace.write(
      scenario(
        capacity: capacity, floor: floor,
        traffic: "{class: t, flows: [\(flows.joined(separator: ", "))]}"), to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for row in try workspace.rows(of: "out/links.csv") where row["link"] == "l" {
      let use = try #require(row["utilisation"].flatMap(Double.init))
      #expect(abs(use - 1) < 1e-9)
    }
  }

  @Test func numbersOfNetworkFilesAreInRangeToo() throws {
    let head = "?SNDlib native format; type: network; version: 1.0\nMETA (\n unit = GBITPERSEC\n)\n"
    let nodes = "NODES (\n A ( 8 47 )\n B ( 9 47 )\n)\n"
    func links(_ capacity: String) -> String {
      "LINKS (\n L1 ( A B ) \(capacity) 0 0 0 ( 1 1 )\n)\n"
    }
    func demand(_ value: String) -> String {
      "DEMANDS (\n D1 ( A B ) 1 \(value) UNLIMITED\n)\n"
    }
    let json = """
      {"nodes": [{"id": "A"}, {"id": "B"}], "edges": [{"source": "A", "target": "B", "dist": 1e308}]}
      """
    let cases = [
      (head + nodes + links("1e308"), ":10:2: found \"A\" to \"B\" with a capacity of"),
      (head + nodes + links("1") + demand("1e308"), ":13:2: found \"A\" to \"B\" with a demand of"),
      (head + nodes + links("1") + demand("5e-324"), "expected 0, or 1e-15 to 1e15"),
      (json, "with a length of 1e+308 km, expected at most 50000 km"),
    ]
    for (text, message) in cases {
      let workspace = try Workspace()
      try workspace.write(text, to: "net")
      let outcome = try workspace.cpnsim("import", "net", "--out", "x.yaml")
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(workspace.names == ["net"])
    }
  }

  /// Each of a transfer's parts is found at once, not behind all that are sent: this took hours.
  @Test func thousandsOfQueuePairsTakeSeconds() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: qp
      network:
        fabrics: [{name: p, hosts: 2, gpus_per_host: 1, nics_per_host: 1, nics_per_leaf: 1, \
          nic: 200 Gbps, spines: 1, queue_pairs: 65536}]
      traffic: [{training: {name: c, fabric: p, iterations: 1, collective: {kind: all-reduce, \
        gpus: 2, size: 100 MB}}}]

      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try workspace.rows(of: "out/jobs.csv").count == 1)
  }
}
