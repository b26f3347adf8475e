// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ShowPoolsTests {
  /// Two pools, one of a type that is not built in, and a load by itself.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: two
      duration: 1 h
      network:
        links:
          - {name: x, from: a, to: b, capacity: 40 Gbps, delay: 1 ms, two_way: true}
      energy:
        tariffs:
          - {name: cheap, flat: 0.3 yuan/kWh}
      pools:
        list:
          - {name: p, at: a, owner: o, accelerator: H800, count: 8, queue: easy-sjbf, level: 2, tariff: cheap}
          - {name: q, at: b, accelerator: odd, count: 3, power: {idle: 100 W, full: 0.25 kW}, joined: false}
          - {name: l, at: b, it_power: 2 MW}
      """, to: "s.yaml")
    return workspace
  }

  private func rows(_ words: String...) throws -> [[String: String]] {
    let workspace = try Workspace()
    let outcome = try workspace.cpnsim(["show", "pools", "--format", "csv"] + words)
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    try workspace.write(outcome.output, to: "pools.csv")
    return try workspace.rows(of: "pools.csv")
  }

  private func sum(_ column: String, of rows: [[String: String]]) -> Double {
    rows.reduce(0) { $0 + (Double($1[column] ?? "") ?? 0) }
  }

  @Test func programsGetAllBuiltInPools() throws {
    let rows = try rows()
    let kinds = Dictionary(grouping: rows) { $0["kind"] ?? "" }
    #expect(
      kinds.mapValues(\.count) == [
        "intelligent": 499, "general-purpose": 78, "supercomputing": 10, "storage": 78,
      ])
    let intelligent = try #require(kinds["intelligent"])
    #expect(Set(intelligent.map { $0["owner"] }).count == 131)
    #expect(sum("count", of: intelligent) == 300_314)
    #expect(abs(sum("capacity_flops", of: intelligent) - 111.3e18) < 1e15)
    let storage = try #require(kinds["storage"])
    #expect(sum("capacity_flops", of: storage) == 0)
    #expect(abs(sum("capacity_bytes", of: storage) - 1680e18) < 1e15)
    #expect(rows.allSatisfy { Double($0["pue_mean"] ?? "") ?? 0 > 1 })
  }

  /// Eight hours each of 1.2, 0.78 and 0.42; in July and August three of 1.4 and six of 1.2.
  @Test func thePriceIsTheMeanOfAllHoursOfTheYear() throws {
    let rows = try rows("--at", "北京")
    #expect(!rows.isEmpty && rows.allSatisfy { $0["at"] == "Beijing" })
    let usual = (1.2 + 0.78 + 0.42) / 3
    let summer = (3 * 1.4 + 6 * 1.2 + 7 * 0.78 + 8 * 0.42) / 24
    let expected = (usual * 303 + summer * 62) / 365
    for row in rows {
      #expect(abs((Double(row["yuan_per_kwh_mean"] ?? "") ?? 0) - expected) < 1e-9)
    }
  }

  @Test func kindYearAndPlaceChooseTogether() throws {
    let inCluster = try rows("--at", "ZJK", "--kind", "intelligent")
    #expect(inCluster.count == 33)
    #expect(inCluster.allSatisfy { $0["at"]?.hasPrefix("ZJK-") == true })
    let first = try rows("--at", "ZJK", "--kind", "intelligent", "--year", "2026")
    #expect(first == inCluster.filter { $0["joins"] == "2026" })
    #expect(!first.isEmpty && first.count < inCluster.count)
    let centre = try #require(first.first?["at"])
    #expect(
      try rows("--at", centre, "--kind", "intelligent") == inCluster.filter { $0["at"] == centre })
    let none = try Workspace().cpnsim("show", "pools", "--year", "2025")
    #expect(none.code == 0 && none.output == "no such pool\n")
  }

  @Test func peopleGetTheFirstRowsAndTheSums() throws {
    let outcome = try Workspace().cpnsim("show", "pools")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 1 + 20 + 1 + 5 + 1)
    #expect(
      outcome.output.hasSuffix(
        """

        and 645 pools more; --format csv has all
        499 intelligent pools of 131 enterprises: 300,314 accelerators, 111.3 EFLOPS in half precision
        78 general-purpose pools of 78 enterprises: 18,261,719 servers, 187 EFLOPS in single precision
        10 supercomputing pools of 10 centres: 60,000 nodes, 3 EFLOPS in single precision
        78 storage pools of 78 enterprises: 1680 EB

        """))
  }

  @Test func poolsOfAScenarioAreAsARunHasThem() throws {
    let workspace = try workspace()
    let outcome = try workspace.cpnsim("show", "pools", "s.yaml", "--format", "csv")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      lines[0] == "pool,identifier,at,owner,accelerator,count,queue,level,joined,idle_w,full_w,"
        + "tariff,price_yuan_h")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("p,cpn:-/-/a/p,a,o,H800,8,easy-sjbf,2,yes,"))
    #expect(lines[1].hasSuffix(",cheap,"))
    #expect(lines[2] == "q,cpn:-/-/b/q,b,,odd,3,fcfs,1,no,100,250,,")
    #expect(lines[3] == "l,cpn:-/-/b/l,b,,,,,1,yes,,,,")
    let changed = try workspace.cpnsim(
      "show", "pools", "s.yaml", "--at", "b", "--set", "pools.list[q].joined=true", "--format",
      "json"
    ).objects()
    #expect(changed.map { $0["pool"] as? String } == ["q", "l"])
    #expect(changed.first?["joined"] as? String == "yes")
  }

  @Test func theSumsOfAScenarioSayWhatIsNotKnown() throws {
    let outcome = try workspace().cpnsim("show", "pools", "s.yaml")
    #expect(
      outcome.output.hasSuffix(
        "\n\n3 pools of 1 owner: 8 accelerators, 0.007912 EFLOPS in half precision, "
          + "3 machines of other types, 1 load of electricity\n"), "\(outcome.output)")
  }

  @Test(
    arguments: [
      (["--kind", "storag"], "did you mean 'storage'?"),
      (["--year", "28"], "--year: expected 1900 to 2999, found 28"),
      (["--at", "Harbn"], "the network has no node 'Harbn'; did you mean 'Harbin'?"),
      (["--set", "seed=2"], "--set and --unset change a scenario"),
      (["s.yaml", "--year", "2028"], "--kind and --year choose among the built-in pools"),
      (["s.yaml", "--kind", "storage"], "--kind and --year choose among the built-in pools"),
      (["s.yaml", "--at", "Harbin"], "the network has no node 'Harbin'"),
      (["s.yaml", "--unset", "pools", "--unset", "energy"], "'two' has no pools"),
    ]) func mistakesAreNamed(_ words: [String], _ message: String) throws
  {
    let outcome = try workspace().cpnsim(["show", "pools"] + words)
    #expect(outcome.code == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
