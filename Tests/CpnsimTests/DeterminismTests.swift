// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Two processes, one answer; and chance that does not spread from one class to another.
@Suite struct DeterminismTests {
  /// Two classes of generated flows and a trace, with a failure in the middle.
  static let scenario = """
    scenario: mixed
    duration: 2 s
    seed: 7
    network:
      links:
        - {name: x, from: a, to: b, capacity: 10 Gbps, delay: 1 ms, two_way: true}
        - {name: y, from: b, to: c, capacity: 10 Gbps, delay: 2 ms, two_way: true}
        - {name: z, from: c, to: a, capacity: 10 Gbps, delay: 4 ms, two_way: true}
    classes:
      - {name: gold, weight: 2, floor: 100 Mbps}
      - {name: lead, ceiling: 1 Gbps}
    traffic:
      - class: gold
        generate:
          name: gold
          arrivals: {poisson: 200/s}
          sizes: {exponential: 5 MB}
          weights: {a: 1, b: 2, c: 3}
      - class: lead
        generate:
          name: lead
          arrivals: {bursty: {rate: 200/s, variation: 3}}
          sizes: {pareto: {alpha: 1.2, min: 1 MB, max: 1 GB}}
          pairs: [{from: a, to: b}, {from: c, to: b, weight: 2}]
      - trace: t.csv
    events:
      - {at: 500 ms, fail: x}
      - {at: 700 ms, repair: x}

    """
  static let trace = """
    flow,start_s,source,target,bytes,path
    t1,0.1,a,c,200e6,
    t2,0.2,b,,100e6,y;z
    t3,0.6,a,b,100e6,x

    """

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Self.scenario, to: "s.yaml")
    try workspace.write(Self.trace, to: "t.csv")
    return workspace
  }

  @Test func twoProcessesWriteTheSameBytes() throws {
    let workspace = try workspace()
    for out in ["one", "two"] {
      #expect(try workspace.cpnsim("run", "s.yaml", "--out", out).code == 0)
    }
    for table in ["summary", "flows", "links", "bottlenecks"] {
      let one = try workspace.text(of: "one/\(table).csv")
      #expect(one == (try workspace.text(of: "two/\(table).csv")))
      // The header and a row at least: empty files would be equal too.
      #expect(one.split(separator: "\n").count > 1)
    }
    let digests = try ["one", "two"].map {
      try #require(workspace.json(of: "\($0)/manifest.json")["digest"] as? String)
    }
    #expect(digests[0] == digests[1])
    let flows = Set(try workspace.rows(of: "one/flows.csv").compactMap { $0["class"] })
    #expect(flows == ["gold", "lead", "default"])
  }

  @Test func anotherSeedIsAnotherRun() throws {
    let workspace = try workspace()
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "one").code == 0)
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "two", "--set", "seed=8").code == 0)
    #expect(
      try workspace.text(of: "one/flows.csv") != (try workspace.text(of: "two/flows.csv")))
  }

  @Test func otherSizesOfOneClassLeaveAllArrivalsAsTheyWere() throws {
    let workspace = try workspace()
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "one").code == 0)
    #expect(
      try workspace.cpnsim(
        "run", "s.yaml", "--out", "two", "--set",
        "traffic[0].generate.sizes={lognormal: {mean: 8 MB, variation: 4}}"
      ).code == 0)
    let one = try byName(workspace.rows(of: "one/flows.csv"))
    let two = try byName(workspace.rows(of: "two/flows.csv"))
    #expect(one.mapValues { $0["start_s"] } == two.mapValues { $0["start_s"] })
    #expect(one.mapValues { $0["source"] } == two.mapValues { $0["source"] })
    let other = one.filter { $0.value["class"] != "gold" }
    #expect(other.count > 100)
    #expect(other.allSatisfy { two[$0.key]?["bytes"] == $0.value["bytes"] })
    // And they are other sizes: of a continuous distribution no two samples are equal.
    let gold = one.filter { $0.value["class"] == "gold" }
    #expect(gold.count > 100)
    #expect(gold.allSatisfy { two[$0.key]?["bytes"] != $0.value["bytes"] })
  }

  private func byName(_ rows: [[String: String]]) throws -> [String: [String: String]] {
    Dictionary(uniqueKeysWithValues: try rows.map { (try #require($0["flow"]), $0) })
  }
}
