// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// How much links were used, by what they are.
@Suite struct LinkKindTests {
  /// Two links of the network, one of them local, one line of a user, and a fabric with an exit.
  private static let scenario = """
    scenario: kinds
    duration: 100 s
    outputs: [summary, links]
    sample_every: 10 s
    network:
      nodes: [a, b, c]
      links:
        - {name: trunk, from: a, to: b, capacity: 10 Gbps, two_way: true}
        - {name: spur, from: b, to: c, capacity: 1 Gbps}
        - {name: ring, from: a, to: c, capacity: 4 Gbps, kind: local}
      fabrics:
        - {name: f, hosts: 4, gpus_per_host: 1, nics_per_host: 1, nic: 100 Gbps, nics_per_leaf: 2, spines: 2, exit: {node: a, rate: 2 Gbps}}
    traffic:
      - flows:
          - {flow: x, path: [trunk, spur], size: 6.25 GB}
          - {flow: y, path: [ring], size: 12.5 GB}
          - {flow: z, from: f/h0n0, to: f/h3n0, size: 125 GB}
    """

  private func run(_ text: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(outcome.code == 0, "\(outcome.errors)")
    try workspace.write(outcome.output, to: "terminal.txt")
    return workspace
  }

  private func summary(_ workspace: Workspace) throws -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: try workspace.rows(of: "out/summary.csv").map {
        ($0["metric"] ?? "", Double($0["value"] ?? "") ?? .nan)
      })
  }

  @Test func eachKindIsToldByItsCapacity() throws {
    let workspace = try run(Self.scenario)
    let metrics = try summary(workspace)
    func check(_ metric: String, _ expected: Double) throws {
      #expect(abs(try #require(metrics[metric]) - expected) < 1e-9, "\(metric)")
    }
    // 50 Gbit over trunk and spur, of 21 Gbps for 100 s with the way back of the trunk.
    try check("link_utilisation_mean_backbone", 100 / 2100)
    try check("link_utilisation_max_backbone", 0.5)
    try check("link_capacity_backbone", 11e9)
    try check("link_utilisation_mean_local", 0.25)
    try check("link_utilisation_mean_access", 0)
    try check("link_capacity_access", 2e9)
    // 4 hops of 1000 Gbit, of 16 ports of 100 Gbps.
    try check("link_utilisation_mean_fabric", 4000 / 160_000)
    try check("link_utilisation_max_fabric", 0.1)
    // All together without the ports, which are a world of their own.
    try check("link_utilisation_mean", 200 / 2900)
    try check("link_utilisation_max", 0.5)
    // The spur is full for 50 s.
    try check("link_time_above_90_max", 50)
    let text = try workspace.text(of: "terminal.txt")
    #expect(text.contains("capacity each way") && text.contains("above 90 % for"))
    let busiest = try #require(text.range(of: "busiest links"))
    #expect(text[busiest.upperBound...].split(separator: "\n")[1].hasPrefix("spur"))
  }

  @Test func portsOfFabricsAreInTheTableWhereAskedFor() throws {
    let names = { (workspace: Workspace) in
      Set(try workspace.rows(of: "out/links.csv").compactMap { $0["link"] })
    }
    #expect(
      try names(run(Self.scenario))
        == ["trunk", "trunk:back", "spur", "ring", "f/exit", "f/exit:back"])
    let asked = Self.scenario.replacing("[summary, links]", with: "[summary, links, fabric-links]")
    #expect(try names(run(asked)).count == 6 + 16)
    // By itself a fabric is the network.
    let alone = """
      scenario: alone
      duration: 1 s
      outputs: [summary, links]
      network: {fabrics: [{name: f, hosts: 4, gpus_per_host: 1, nics_per_host: 1, nic: 100 Gbps, nics_per_leaf: 2, spines: 2}]}
      traffic: [{flows: [{flow: z, from: f/h0n0, to: f/h3n0, size: 1 GB}]}]
      """
    let workspace = try run(alone)
    #expect(try names(workspace).count == 16)
    #expect(try #require(try summary(workspace)["link_utilisation_max"]) > 0)
  }

  @Test(arguments: [
    ("outputs: [summary, fabric-links]", "expected links beside it"),
    ("outputs: [summary, links, ports]", "unknown word"),
  ])
  func outputsThatSayNothingAreRefused(line: String, problem: String) throws {
    let workspace = try Workspace()
    let text = Self.scenario.replacing("outputs: [summary, links]", with: line)
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code != 0)
    #expect(
      outcome.errors.contains("s.yaml:3:") && outcome.errors.contains(problem),
      "\(outcome.errors)")
  }

  @Test func withoutAFabricNoPortsCanBeAskedFor() throws {
    let workspace = try Workspace()
    let lines = Self.scenario.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("fabrics:") && !$0.contains("f/") && !$0.contains("name: f,") }
    let text = lines.joined(separator: "\n")
      .replacing("[summary, links]", with: "[summary, links, fabric-links]")
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code != 0 && outcome.errors.contains("no fabric has links"))
  }
}
