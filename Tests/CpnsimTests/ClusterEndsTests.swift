// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Where traffic from places to clusters begins and ends, in whole runs.
@Suite final class ClusterEndsTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
  }

  private func scenario(_ traffic: String) -> String {
    """
    scenario: ends
    duration: 1 h
    network: {use: national}
    light: {each_fibre: {channels: 1}}
    traffic:
      - \(traffic)
    outputs: [summary, flows, links, demands, tokens]
    sample_every: 1 h

    """
  }

  private func run(_ traffic: String) throws {
    try workspace.write(scenario(traffic), to: "s.yaml")
    let result = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    #expect(result.code == 0, "\(result.errors)")
  }

  /// What the links whose names begin so carried on average, in bit/s.
  private func carried(_ prefix: String) throws -> Double {
    try workspace.rows(of: "out/links.csv").filter { $0["link"]?.hasPrefix(prefix) == true }
      .reduce(0) { $0 + (Double($1["rate_bps"] ?? "") ?? .nan) }
  }

  private static let uploads = """
    generate: {arrivals: {poisson: 0.2 /s}, sizes: {fixed: 10 GB}, from: FROM, to: TO ENDS}
    """

  private func uploads(_ from: String, _ to: String, _ ends: String = "") -> String {
    ClusterEndsTests.uploads.replacing("FROM", with: from).replacing("TO", with: to)
      .replacing("ENDS", with: ends)
  }

  @Test func uploadsGoFromPlacesToClusters() throws {
    try run(uploads("provinces", "clusters"))
    let clusters: Set = ["ZJK", "YRDDEMO", "WUH", "SG", "TF", "CQ", "GA", "HLGE", "QY", "ZW"]
    let flows = try workspace.rows(of: "out/flows.csv")
    #expect(flows.count > 600)
    #expect(flows.allSatisfy { clusters.contains($0["target"] ?? "") })
    #expect(flows.allSatisfy { !clusters.contains($0["source"] ?? "") })
    #expect(Set(flows.map { $0["source"] }).count > 25)
    // By published capacity: Zhangjiakou has 255 of 813 EFLOPS.
    let share = Double(flows.count { $0["target"] == "ZJK" }) / Double(flows.count)
    let spread = (0.3137 * 0.6863 / Double(flows.count)).squareRoot()
    #expect(abs(share - 255.0 / 813) < 5 * spread)
    #expect(try carried("SG-ring") == 0)
  }

  @Test func localRingsCarryWhatEntersTheDataCentres() throws {
    try run(uploads("{Guangzhou: 1}", "{SG: 1}", ", ends_at: data-centres"))
    let flows = try workspace.rows(of: "out/flows.csv")
    let centres = Set(flows.compactMap { $0["target"] })
    #expect(centres.count >= 4 && centres.allSatisfy { $0.hasPrefix("SG-") })
    for centre in centres {
      let part = Double(flows.count { $0["target"] == centre }) / Double(flows.count)
      let expected = 1 / Double(centres.count)
      let spread = (expected * (1 - expected) / Double(flows.count)).squareRoot()
      #expect(abs(part - expected) < 5 * spread)
    }
    let entering = try carried("SG-ring")
    #expect(entering >= Double(flows.count - 20) * 80e9 / 3600)
  }

  @Test func nothingGoesFromAClusterToItself() throws {
    try run(uploads("{SG: 1, TF: 1}", "{SG: 1, TF: 1}", ", ends_at: data-centres"))
    let flows = try workspace.rows(of: "out/flows.csv")
    #expect(flows.count > 10)
    for flow in flows {
      #expect(flow["source"]?.hasPrefix("SG-") != flow["target"]?.hasPrefix("SG-"))
    }
  }

  /// Pairs and weights have the same ends, and the share of a pair is kept.
  @Test(arguments: [
    "pairs: [{from: SG, to: TF, weight: 3}, {from: Beijing, to: SG}]",
    "weights: {SG: 1, TF: 1, Beijing: 1}",
  ])
  func allWaysToNameEndsHaveThem(ways: String) throws {
    try run(
      "generate: {arrivals: {poisson: 0.2 /s}, sizes: {fixed: 1 GB}, ends_at: data-centres, \(ways)}"
    )
    let flows = try workspace.rows(of: "out/flows.csv")
    let ends = Set(flows.flatMap { [$0["source"] ?? "", $0["target"] ?? ""] })
    #expect(ends.contains("Beijing") && !ends.contains("SG") && !ends.contains("TF"))
    let fromBeijing = Double(flows.count { $0["source"] == "Beijing" }) / Double(flows.count)
    let expected = ways.hasPrefix("pairs") ? 0.25 : 1.0 / 3
    #expect(abs(fromBeijing - expected) < 0.1)
  }

  /// Tokens keep their sites: what is served at a cluster is carried to all of its data centres.
  @Test(arguments: [("", 0.0), ("ends_at: data-centres, ", 1.0)])
  func tokensAreServedAtDataCentres(ends: String, ring: Double) throws {
    try run("tokens: {total: 1e12 tokens/day, from: {Guangzhou: 1}, \(ends)to: {SG: {nodes: 500}}}")
    let tokens = try workspace.rows(of: "out/tokens.csv")
    #expect(tokens.allSatisfy { $0["site"] == "SG" && $0["source"] == "Guangzhou" })
    let served = tokens.reduce(0) { $0 + (Double($1["served_tokens"] ?? "") ?? .nan) }
    let demands = try workspace.rows(of: "out/demands.csv")
    let bytes = demands.reduce(0) { $0 + (Double($1["delivered_bytes"] ?? "") ?? .nan) }
    #expect(served > 0 && bytes > 0)
    let carried = try carried("SG-ring")
    // Each data centre but those next to the gateway needs more than one fibre of the ring.
    if ring == 0 { #expect(carried == 0) } else { #expect(carried * 3600 >= 8 * bytes * 0.999) }
    #expect((Set(demands.compactMap { $0["target"] }).count > 4) == (ring > 0))
  }

  @Test(arguments: [
    (
      "generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 GB}, from: SG}",
      "found from without to"
    ),
    ("generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 GB}, from: SG, to: SG}", "6:"),
    (
      "generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 GB}, from: SG, to: SG}",
      "found no two different places"
    ),
    (
      "generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 GB}, from: SG, to: TF, pairs: []}",
      "found pairs and from of path, pairs, weights, from, expected exactly one"
    ),
    (
      "generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 GB}, from: {SGG: 1}, to: TF}",
      "unknown node \"SGG\""
    ),
    (
      "generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 GB}, from: Beijing, to: Wuhan, "
        + "ends_at: data-centres}",
      "no end is a cluster of the built-in network"
    ),
    (
      "generate: {arrivals: {poisson: 1 /s}, sizes: {fixed: 1 GB}, path: [SG-ring-1], "
        + "ends_at: data-centres}",
      "found path and ends_at, expected at most one of them"
    ),
    (
      "tokens: {total: 1e12 tokens/day, to: {Wuhan: unlimited}, ends_at: data-centres}",
      "no site is a cluster of the built-in network"
    ),
  ])
  func whatIsWrongIsSaid(traffic: String, message: String) throws {
    try workspace.write(scenario(traffic), to: "s.yaml")
    let result = try workspace.cpnsim("validate", "s.yaml")
    #expect(result.code != 0)
    #expect((result.output + result.errors).contains(message), "\(result.output + result.errors)")
  }
}
