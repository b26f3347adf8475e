// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// A demand that is divided over several paths, from the scenario file to the tables of a run.
@Suite struct DemandPathTests {
  /// A quarter and three quarters of 8 Gbps go their own ways; when one fails, its part alone is lost
  /// or moves after the 0.1 s that its class waits.
  @Test(arguments: [("wait", 5.0), ("move", 0.1)])
  func aDemandIsDividedOverItsPaths(_ sample: (rule: String, seconds: Double)) throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: parts
      duration: 10 s
      network:
        links:
          - {name: ac, from: a, to: c, capacity: 10 Gbps, delay: 1 ms}
          - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 2 ms}
          - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 2 ms}
      classes: [{name: c, on_failure: \(sample.rule)}]
      traffic:
        - demand: {name: d, rate: 8 Gbps, paths: [{links: [ab, bc], weight: 3}, {links: [ac]}]}
          class: c
      events: [{at: 5 s, fail: ac}]
      outputs: [demands, links]
      sample_every: 1 s
      """, to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet").code == 0)
    let rows = try workspace.rows(of: "out/demands.csv")
    #expect(rows.map { $0["demand"] } == ["d/1", "d/2"])
    #expect(rows.map { number($0, "offered_bytes") } == [7.5e9, 2.5e9])
    #expect(rows.map { number($0, "lost_failure_bytes") } == [0, sample.seconds * 2e9 / 8])
    let last = try workspace.rows(of: "out/links.csv").filter { $0["time_s"] == "10" }
    let first = try workspace.rows(of: "out/links.csv").filter { $0["time_s"] == "1" }
    func rates(_ rows: [[String: String]]) -> [Double] {
      ["ac", "ab", "bc"].map { name in number(rows.first { $0["link"] == name }, "rate_bps") }
    }
    #expect(rates(first) == [2e9, 6e9, 6e9])
    #expect(rates(last) == (sample.rule == "move" ? [0, 8e9, 8e9] : [0, 6e9, 6e9]))
  }

  private func number(_ row: [String: String]?, _ column: String) -> Double {
    Double(row?[column] ?? "") ?? .nan
  }
}
