// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// What it costs that a protected lightpath has to close both ways.
@Suite struct ProtectionCostTests {
  /// 300 Gbps over a-b, 100 Gbps over c; `far` is the length of each fibre there.
  private func workspace(_ protection: String, far: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: both-ways
      duration: 1 h
      network:
        fibres:
          - {name: ab, between: [a, b], length: 100 km}
          - {name: ac, between: [a, c], length: \(far)}
          - {name: cb, between: [c, b], length: \(far)}
        rings: [{name: r, fibres: [ab, cb, ac]}]
      light:
        links: [{name: l, between: [a, b], channels: 3, protection: \(protection)}]
        requests: [{list: [{request: q, from: a, to: b, rate: 50 Gbps, protection: \(protection)}]}]
      """, to: "s.yaml")
    return workspace
  }

  /// The line rate that `show light` gives a route.
  private func rate(_ path: String, in workspace: Workspace) throws -> Double {
    let outcome = try workspace.cpnsim("show", "light", "s.yaml", "--path", path, "--format", "csv")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: ",") }
    let place = try #require(lines.first?.firstIndex(of: "line_rate_bps"))
    return try #require(Double(lines[1][place]))
  }

  @Test(arguments: ["1+1", "ring"])
  func theSlowerOfBothRoutesIsTold(protection: String) throws {
    let workspace = try workspace(protection, far: "1500 km")
    let (near, far) = (try rate("ab", in: workspace), try rate("ac;cb", in: workspace))
    #expect(far < near)
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    let summary = try workspace.summary(of: "out")
    // Three of the link, and one of the request.
    #expect(summary["lightpaths_protected"] == 4 && summary["lightpaths_protected_slower"] == 4)
    #expect(summary["protected_rate"] == 4 * far)
    #expect(summary["protected_rate_of_working"] == 4 * near)
    #expect(run.output.contains("4 of 4 protected lightpaths run at a lower rate"))
    let shown = try workspace.cpnsim("show", "light", "s.yaml", "--path", "ab").output
    #expect(shown.contains("3 of 3 protected lightpaths run at a lower rate"))
    // Programs read a table and nothing else.
    let csv = try workspace.cpnsim("show", "light", "s.yaml", "--path", "ab", "--format", "csv")
    #expect(csv.output.split(separator: "\n").count == 2)
  }

  @Test(arguments: [("1+1", "60 km"), ("none", "1500 km"), ("restoration", "1500 km")])
  func nothingIsSaidWhereNothingIsGivenUp(protection: String, far: String) throws {
    let workspace = try workspace(protection, far: far)
    let run = try workspace.cpnsim("run", "s.yaml", "--out", "out")
    #expect(run.code == 0, "\(run.errors)")
    #expect(!run.output.contains("protected lightpaths run"))
    let summary = try workspace.summary(of: "out")
    #expect((summary["lightpaths_protected_slower"] ?? 0) == 0)
    #expect((summary["lightpaths_protected"] == nil) == (protection != "1+1"))
    #expect(
      !(try workspace.cpnsim("show", "light", "s.yaml", "--path", "ab").output)
        .contains("protected lightpaths"))
  }

  @Test func theOtherWayRoundARingIsAsGoodAsItsOwnLength() throws {
    let workspace = try workspace("ring", far: "1500 km")
    let far = try rate("ac;cb", in: workspace)
    let run = try workspace.cpnsim(
      "run", "s.yaml", "--out", "out", "--set", "events=[{at: 10 min, cut: ab, for: 10 min}]")
    #expect(run.code == 0, "\(run.errors)")
    let rows = try workspace.rows(of: "out/lightpaths.csv")
    let working = try #require(rows.first { $0["role"] == "working" })
    let around = rows.filter { $0["role"] == "ring" }
    #expect(around.count == 4)
    for row in around {
      // It closes with a slower mode, not with the one of the short way.
      #expect(row["line_rate_bps"].flatMap(Double.init) == far)
      #expect(row["mode"] != working["mode"])
      #expect(row["margin_db"].flatMap(Double.init) ?? 0 >= 2)
    }
  }
}
