// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Flows between the cards of a fabric, from the file to the tables: which ways they take.
@Suite struct FabricFlowTests {
  private static let gigabytes = 10.0

  /// Hosts on two leaves of equally many, each with a flow to its like on the other.
  private func scenario(
    _ balancing: String, hosts: Int = 8, spines: Int = 8, seed: Int = 1, traffic: String? = nil,
    extra: String = ""
  ) -> String {
    let flows = (0..<hosts).map {
      "      - {flow: x\($0), from: f/h\($0)n0, to: f/h\(hosts + $0)n0, size: 10 GB}"
    }
    return """
      scenario: fabric
      duration: 20 s
      seed: \(seed)
      sample_every: 100 ms
      outputs: [summary, flows, links, events]
      network:
        fabrics:
          - {name: f, hosts: \(2 * hosts), gpus_per_host: 1, nics_per_host: 1, nic: 100 Gbps, \
      nics_per_leaf: \(hosts), spines: \(spines), delay: 0 s, \(balancing)}
      traffic:
      \(traffic ?? "  - flows:\n" + flows.joined(separator: "\n"))
      \(extra)
      """
  }

  private func run(_ text: String, files: [String: String] = [:]) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    for (name, content) in files { try workspace.write(content, to: name) }
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--out", "out"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  /// Bits over each uplink of the first leaf, up.
  private func uplinks(_ workspace: Workspace) throws -> [Double] {
    var bits: [String: Double] = [:]
    for row in try workspace.rows(of: "out/links.csv")
    where row["link"]?.hasPrefix("f/leaf0-spine") == true && row["link"]?.hasSuffix("back") == false
    {
      bits[row["link"] ?? "", default: 0] += try number(row["rate_bps"]) * 0.1
    }
    return bits.sorted { $0.key.localizedStandardCompare($1.key) == .orderedAscending }.map(\.value)
  }

  private func number(_ text: String?) throws -> Double {
    try #require(text.flatMap { Double($0) })
  }

  private func slowdowns(_ workspace: Workspace) throws -> [Double] {
    try workspace.rows(of: "out/flows.csv").map { try number($0["slowdown"]) }
  }

  /// Eight flows over eight spines: sprayed and placed by load each finds room, hashed some meet.
  @Test(arguments: ["ecmp", "flowlet", "spray", "intelligent"])
  func everyPolicySpreadsFlows(balancing: String) throws {
    let workspace = try run(scenario("balancing: \(balancing)"))
    let bits = try uplinks(workspace)
    #expect(bits.count == 8)
    let sent = 8 * Self.gigabytes * 8e9
    #expect(abs(bits.reduce(0, +) - sent) < 1e3)
    let slowdowns = try slowdowns(workspace)
    #expect(slowdowns.count == 8 && slowdowns.allSatisfy { $0 >= 1 })
    switch balancing {
    case "spray", "intelligent":
      for link in bits { #expect(abs(link - Self.gigabytes * 8e9) < 1e3) }
      #expect(slowdowns.allSatisfy { abs($0 - 1) < 1e-8 })
    case "ecmp":
      // A whole number of flows on each, and never all on one.
      let whole = bits.map { ($0 / 8e10).rounded() * 8e10 }
      for (link, flows) in zip(bits, whole) { #expect(abs(link - flows) < 1e3) }
      #expect(bits.count { $0 > 0 } > 2)
    default:
      #expect(bits.count { $0 > 0 } > 4)
    }
  }

  /// Hashes know cards by their numbers within the fabric.
  @Test(arguments: ["ecmp", "flowlet"])
  func aLinkThatNobodyUsesChangesNothing(balancing: String) throws {
    let text = scenario("balancing: \(balancing)")
    let spare = "  links:\n    - {name: spare, capacity: 1 Gbps}\n  fabrics:"
    let alone = try run(text)
    let beside = try run(text.replacingOccurrences(of: "  fabrics:", with: spare))
    #expect(try beside.rows(of: "out/flows.csv") == alone.rows(of: "out/flows.csv"))
  }

  /// 16 flows on 16 uplinks, 40 seeds: the mean is 1 - (1 - 1/16)^16, as an independent Monte
  /// Carlo simulation has it (0.6449), and the slowest flow gets 0.3438 of its card.
  @Test func hashedFlowsCollideAsOftenAsChanceHasIt() throws {
    var all: [Double] = []
    var slowest: [Double] = []
    for seed in 1...40 {
      let workspace = try run(scenario("balancing: ecmp", hosts: 16, spines: 16, seed: seed))
      let parts = try slowdowns(workspace).map { 1 / $0 }
      all += parts
      slowest.append(try #require(parts.min()))
    }
    let mean = all.reduce(0, +) / Double(all.count)
    // Three standard deviations: of a mean over a run about 0.07, of the slowest 0.09.
    let root = 40.0.squareRoot()
    #expect(abs(mean - 0.6439) < 3 * 0.07 / root, "\(mean)")
    let least = slowest.reduce(0, +) / 40
    #expect(abs(least - 0.3438) < 3 * 0.09 / root, "\(least)")
  }

  /// Generated, traced and moved data between cards is spread as well.
  @Test(arguments: ["ecmp", "flowlet", "spray", "intelligent"])
  func generatedTracedAndMovedDataIsSpread(balancing: String) throws {
    let trace = (0..<64).map {
      "\($0),\(Double($0) * 0.01),f/h\($0 % 8)n0,f/h\(8 + $0 % 8)n0,1000000000"
    }
    let traffic = """
        - trace: t.csv
        - generate:
            arrivals: {deterministic: 20 /s}
            sizes: {fixed: 100 MB}
            pairs: [{from: f/h0n0, to: f/h8n0}, {from: f/h1n0, to: f/h9n0}]
            count: 64
        - transfers:
            - {name: move, from: f/h2n0, to: f/h12n0, size: 1 GB}
      """
    let workspace = try run(
      scenario("balancing: \(balancing)", traffic: traffic),
      files: ["t.csv": "flow,start_s,source,target,bytes\n" + trace.joined(separator: "\n") + "\n"])
    let bits = try uplinks(workspace)
    let sent = (64e9 + 6.4e9 + 1e9) * 8
    #expect(abs(bits.reduce(0, +) - sent) < 1e3)
    #expect(bits.allSatisfy { $0 > 0 }, "\(bits)")
    let most = try #require(bits.max())
    let least = try #require(bits.min())
    if balancing == "spray" { #expect(most / least < 1 + 1e-9) }
    #expect(try workspace.rows(of: "out/flows.csv").count == 129)
  }

  /// Who names a path keeps it.
  @Test func aNamedPathIsKept() throws {
    let traffic = """
        - flows:
            - {flow: x, path: [f/h0n0, f/leaf0-spine5, "f/leaf1-spine5:back", "f/h8n0:back"], size: 1 GB}
      """
    let bits = try uplinks(try run(scenario("balancing: spray", traffic: traffic)))
    #expect(bits.enumerated().allSatisfy { ($1 > 0) == ($0 == 5) }, "\(bits)")
  }

  /// A link that fails half way and is repaired: flows go on elsewhere within the instant, and every
  /// byte arrives.
  @Test(arguments: ["ecmp", "flowlet", "spray", "intelligent"])
  func flowsGoOnElsewhere(balancing: String) throws {
    let events = """
      events:
        - {at: 300 ms, fail: f/leaf0-spine2, for: 200 ms}
        - {at: 350 ms, fail: f/leaf0-spine3, for: 5 s}
      """
    let workspace = try run(scenario("balancing: \(balancing)", extra: events))
    let bits = try uplinks(workspace)
    let sent = 8 * Self.gigabytes * 8e9
    #expect(abs(bits.reduce(0, +) - sent) < 1e3)
    #expect(try slowdowns(workspace).count == 8)
    // Nobody waited for the repair: what was on the links that failed took others.
    let finishes = try workspace.rows(of: "out/flows.csv").map { try number($0["finish_s"]) }
    #expect(try #require(finishes.max()) < 5)
    if balancing == "spray" {
      // 0.3 s with 8 of 8, 0.05 s with 7, 0.15 s with 6, and the rest with 7.
      let done: Double = 0.3 + 0.05 * 7.0 / 8 + 0.15 * 6.0 / 8
      let end: Double = 0.5 + (0.8 - done) * 8.0 / 7
      for finish in finishes { #expect(abs(finish - end) < 1e-6) }
    }
  }

  /// With all ways down flows wait, break off or stand still as their class says; none is lost.
  @Test(arguments: ["ecmp", "flowlet", "spray", "intelligent"])
  func whereNoWayIsUpTheClassDecides(balancing: String) throws {
    let fail = (0..<8).map { "  - {at: 400 ms, fail: f/leaf0-spine\($0), for: 1 s}" }
    let events = "events:\n" + fail.joined(separator: "\n")
    let waiting = try run(scenario("balancing: \(balancing)", extra: events))
    #expect(try slowdowns(waiting).count == 8)
    let sent = 8 * Self.gigabytes * 8e9
    let carried = try uplinks(waiting).reduce(0, +)
    #expect(abs(carried - sent) < 1e3)
    let breaking = try run(
      scenario(
        "balancing: \(balancing)",
        extra: events + "\nclasses:\n  - {name: default, on_failure: break}"))
    let summary = try breaking.rows(of: "out/summary.csv")
    func value(_ metric: String) throws -> Double {
      try number(summary.first { $0["metric"] == metric }?["value"])
    }
    #expect(try value("flows_broken") + value("flows_finished") == 8)
    #expect(try value("flows_broken") > 0)
    let sum = try value("bytes_delivered") + value("bytes_broken") + value("bytes_left")
    #expect(abs(sum - 80e9) < 1)
  }

  /// Flows that are not done at the end have sent and have left what they are in all.
  @Test(arguments: ["ecmp", "flowlet", "spray", "intelligent"])
  func unfinishedFlowsAreCountedOnce(balancing: String) throws {
    let text = scenario("balancing: \(balancing)").replacing(
      "duration: 20 s", with: "duration: 500 ms")
    let workspace = try run(text)
    let rows = try workspace.rows(of: "out/flows.csv")
    #expect(rows.count == 8 && Set(rows.map { $0["flow"] }).count == 8)
    let summary = try workspace.rows(of: "out/summary.csv")
    func value(_ metric: String) throws -> Double {
      try number(summary.first { $0["metric"] == metric }?["value"])
    }
    #expect(try value("flows_unfinished") == 8)
    #expect(abs(try value("bytes_delivered") + value("bytes_left") - 80e9) < 1)
    let carried = try uplinks(workspace).reduce(0, +) / 8
    let delivered = try value("bytes_delivered")
    #expect(abs(carried - delivered) < 1e3)
  }

  /// Two equal fabrics with equal flows: their hashes have nothing to do with each other.
  @Test func equalFabricsHashDifferently() throws {
    let fabrics = ["f", "g"].map {
      "    - {name: \($0), hosts: 32, gpus_per_host: 1, nics_per_host: 1, nic: 100 Gbps, "
        + "nics_per_leaf: 16, spines: 16}"
    }
    let flows = ["f", "g"].flatMap { name in
      (0..<16).map {
        "      - {flow: \(name)\($0), from: \(name)/h\($0)n0, to: \(name)/h\(16 + $0)n0, size: 1 GB}"
      }
    }
    let jobs = ["f", "g"].map {
      "  - training: {name: \($0), fabric: \($0), start: 10 s, collective: {kind: all-reduce, "
        + "algorithm: halving-doubling, gpus: 32, size: 1 GB}}"
    }
    let workspace = try run(
      """
      scenario: two
      duration: 20 s
      outputs: [summary, links, jobs, flows]
      network:
        fabrics:
      \(fabrics.joined(separator: "\n"))
      traffic:
        - flows:
      \(flows.joined(separator: "\n"))
      \(jobs.joined(separator: "\n"))
      """)
    func use(_ fabric: String, _ seconds: ClosedRange<Double>) throws -> [String] {
      try workspace.rows(of: "out/links.csv").filter {
        let time = try number($0["time_s"])
        return seconds.contains(time) && $0["link"]?.hasPrefix("\(fabric)/leaf0-spine") == true
      }.map { $0["rate_bps"] ?? "" }
    }
    #expect(try use("f", 0...5) != use("g", 0...5))
    #expect(try use("f", 10...15) != use("g", 10...15))
    let jobRows = try workspace.rows(of: "out/jobs.csv")
    #expect(
      jobRows.count == 2 && jobRows[0]["mean_transfer_bps"] != jobRows[1]["mean_transfer_bps"])
  }
}
