// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite struct ShowTests {
  /// A triangle whose two short sides are quicker than the long one, and a link that stands alone.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: triangle
      network:
        links:
          - {name: x, from: a, to: b, capacity: 40 Gbps, delay: 1 ms, two_way: true}
          - {name: y, from: b, to: c, capacity: 10 Gbps, delay: 2.5 ms}
          - {name: z, from: a, to: c, capacity: 100 Gbps, delay: 4 ms}
          - {name: alone, capacity: 1 Gbps}
      traffic:
        - flows:
            - {flow: f1, from: a, to: c, size: 1 GB}
            - {flow: f2, path: [z, alone], size: 1 GB}
        - trace: t.csv
      """, to: "s.yaml")
    try workspace.write(
      """
      flow,start_s,source,target,bytes,path
      t1,0,b,a,1e9,
      t2,1,a,c,1e9,
      t3,2,b,a,1e9,

      """, to: "t.csv")
    return workspace
  }

  @Test func presetsAreListedWithTheirSource() throws {
    let outcome = try workspace().cpnsim("show", "presets", "--format", "csv")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 15)
    #expect(
      lines[2] == "azure-code,input,token,2048,0.9638,gamma,1469,7315,7436,8819,,"
        + "Azure Public Dataset: AzureLLMInferenceTrace_code 2023 (CC-BY 4.0; Splitwise ISCA 2024)")
    #expect(try workspace().cpnsim("show", "presets", "s.yaml").code == 2)
  }

  /// Each subject with every option of the others.
  @Test(arguments: ShowSubjects.all) func whatASubjectHasNotItRefuses(_ subject: String) throws {
    let workspace = try Workspace()
    let own = try options(of: subject, in: workspace)
    let others = try Set(ShowSubjects.all.flatMap { try options(of: $0, in: workspace) })
    #expect(own.contains("--format"))
    for option in others.subtracting(own) {
      let outcome = try workspace.cpnsim("show", subject, option, "1")
      #expect(outcome.code == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("error: \(option) goes with 'show "))
      #expect(outcome.errors.hasSuffix(" only\nSee 'cpnsim show \(subject) --help'.\n"))
    }
  }

  private func options(of subject: String, in workspace: Workspace) throws -> Set<String> {
    let lines = try workspace.cpnsim("show", subject, "--help").output.split(separator: "\n")
    return Set(
      lines.filter { $0.hasPrefix("  --") }
        .compactMap { $0.split(separator: " ").first.map(String.init) })
  }

  @Test func settingsNeedAScenario() throws {
    let outcome = try Workspace().cpnsim(
      "show", "headroom", "--rate", "1 Gbps", "--length", "1 km", "--set", "seed=2")
    #expect(outcome.code == 2 && outcome.errors.contains("--set and --unset change a scenario"))
  }

  @Test func linksAreListedInBothDirections() throws {
    let outcome = try workspace().cpnsim("show", "links", "s.yaml", "--format", "csv")
    #expect(outcome.code == 0)
    #expect(
      outcome.output == """
        link,from,to,capacity_bps,delay_s
        x,a,b,40000000000,0.001
        x:back,b,a,40000000000,0.001
        y,b,c,10000000000,0.0025
        z,a,c,100000000000,0.004
        alone,,,1000000000,0

        """)
  }

  @Test func peopleGetUnits() throws {
    let outcome = try workspace().cpnsim("show", "links", "s.yaml")
    #expect(
      outcome.output == """
        link    from  to  capacity   delay
        x       a     b    40 Gbps    1 ms
        x:back  b     a    40 Gbps    1 ms
        y       b     c    10 Gbps  2.5 ms
        z       a     c   100 Gbps    4 ms
        alone   -     -     1 Gbps     0 s

        """)
  }

  @Test func nodesTellWhatEndsThere() throws {
    let outcome = try workspace().cpnsim("show", "network", "s.yaml", "--format", "csv")
    #expect(
      outcome.output == """
        node,links_out,capacity_out_bps,links_in,capacity_in_bps
        a,2,140000000000,1,40000000000
        b,2,50000000000,1,40000000000
        c,0,0,2,110000000000
        ,1,1000000000,1,1000000000

        """)
  }

  @Test func pathsOfListedAndTracedFlowsAreShownOnce() throws {
    let outcome = try workspace().cpnsim("show", "paths", "s.yaml", "--format", "csv")
    #expect(
      outcome.output == """
        from,to,delay_s,hops,narrowest_bps,path
        a,c,0.0035,2,10000000000,x;y
        a,c,0.004,2,1000000000,z;alone
        b,a,0.001,1,40000000000,x:back

        """)
  }

  @Test(
    arguments: [
      (["--from", "a", "--to", "c"], ["x;y"]), (["--from", "b"], ["x:back", "y"]),
      (["--to", "c"], ["x;y", "y"]),
    ]) func pathsBetweenNodesAreFound(_ ends: [String], _ paths: [String]) throws
  {
    let outcome = try workspace().cpnsim(["show", "paths", "s.yaml", "--format", "json"] + ends)
    #expect(outcome.code == 0)
    let found = try outcome.objects().map {
      ($0["path"] as? [String])?.joined(separator: ";")
    }
    #expect(found == paths)
  }

  @Test func settingsChangeWhatIsShown() throws {
    let outcome = try workspace().cpnsim(
      "show", "paths", "s.yaml", "--from", "a", "--to", "c", "--set",
      "network.links[z].delay=3 ms", "--format", "csv")
    #expect(outcome.output.hasSuffix("\na,c,0.003,1,100000000000,z\n"))
  }

  @Test func theColumnsAreThoseOfTheDataPackage() throws {
    let workspace = try Workspace()
    try workspace.write(Small.scenario + "duration: 1 s\n", to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out").code == 0)
    let resources = try #require(
      try workspace.json(of: "out/datapackage.json")["resources"] as? [[String: Any]])
    let written = resources.flatMap { resource in
      let schema = resource["schema"] as? [String: Any]
      let fields = schema?["fields"] as? [[String: Any]] ?? []
      return fields.map { "\(resource["path"] ?? "")/\($0["name"] ?? "")/\($0["type"] ?? "")" }
    }
    let shown = try workspace.cpnsim("show", "columns", "--format", "json").objects().map {
      "\($0["table"] ?? "")/\($0["column"] ?? "")/\($0["type"] ?? "")"
    }
    // Tables of light come behind those that every run writes.
    #expect(Array(shown.prefix(written.count)) == written)
    #expect(shown.contains("lightpaths.csv/gsnr_db/number"))
    #expect(shown.contains("flows.csv/finish_s/number"))
  }

  @Test(arguments: ["links", "links.csv"]) func oneTableIsEnough(_ table: String) throws {
    let outcome = try Workspace().cpnsim("show", "columns", table, "--format", "csv")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "table,column,type,unit,meaning")
    #expect(lines.contains("links.csv,rate_bps,number,bit/s,The mean rate that it carried."))
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("links.csv,") })
  }
}
