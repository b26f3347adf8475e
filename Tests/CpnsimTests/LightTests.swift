// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Light from the scenario file to the tables of a run.
@Suite struct LightTests {
  @Test func anImportedNetworkRuns() throws {
    let workspace = try Workspace()
    let network = """
      ?SNDlib native format; type: network; version: 1.0
      NODES ( a ( 8.0 50.0 ) b ( 9.0 50.0 ) c ( 8.5 51.0 ) )
      LINKS (
        L1 ( a b ) 0.00 0.00 0.00 0.00 ( 40.00 1.00 )
        L2 ( b c ) 0.00 0.00 0.00 0.00 ( 40.00 1.00 )
        L3 ( a c ) 0.00 0.00 0.00 0.00 ( 40.00 1.00 )
      )
      DEMANDS ( D1 ( a b ) 1 10.00 UNLIMITED D2 ( b c ) 1 20.00 UNLIMITED )
      """
    try workspace.write(network, to: "net.txt")
    #expect(try workspace.cpnsim("import", "net.txt", "--out", "net.yaml").code == 0)
    #expect(
      try workspace.cpnsim("run", "net.yaml", "--out", "out", "--set", "duration=1 min").code == 0)
    #expect(try workspace.rows(of: "out/services.csv").count == 3)
  }

  @Test func aSingleFibreBlocksAsErlangSays() throws {
    // Five channels at 3 erlang: B = (3^5/5!) / (1 + 3 + 9/2 + 27/6 + 81/24 + 243/120) = 0.110054.
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: erlang
      network: {fibres: [{name: f, between: [a, b], length: 100 km}]}
      light:
        grid: {spacing: 50 GHz, channels: 5}
        reach: [{rate: 100 Gbps}]
        requests:
          - generate: {arrivals: {erlang: 3}, holding: {exponential: 10 s}, rates: {fixed: 100 Gbps}, between: all, count: 40000, warm_up: 100}
      outputs: [summary]
      """, to: "erlang.yaml")
    #expect(try workspace.cpnsim("run", "erlang.yaml", "--out", "out").code == 0)
    let summary = Dictionary(
      try workspace.rows(of: "out/summary.csv").map { ($0["metric"] ?? "", $0["value"] ?? "") },
      uniquingKeysWith: { first, _ in first })
    let blocking = try #require(summary["blocking"].flatMap(Double.init))
    let half = try #require(summary["blocking_ci95_half"].flatMap(Double.init))
    #expect(abs(blocking - 0.110054) < 1.5 * half && half < 0.01)
    #expect(summary["requests_blocked_no_continuity"] == "0")
    #expect(summary["lightpaths_at_end"] == "0" && summary["spectrum_used_max"] == "0")
  }

  @Test func theTerminalTellsWhatBecameOfRequestsServicesAndFibres() throws {
    // Two channels: r1 lights one, r2 rides on it, r3 lights the other, r4 finds none.
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: desk
      duration: 10 s
      network: {fibres: [{name: f, between: [a, b], length: 100 km}, {name: g, between: [b, c], length: 100 km}]}
      light:
        grid: {spacing: 50 GHz, channels: 2}
        reach: [{rate: 100 Gbps}]
        links: [{name: bc, between: [b, c]}]
        requests:
          - list:
              - {request: r1, from: a, to: b, rate: 60 Gbps}
              - {request: r2, from: a, to: b, rate: 40 Gbps}
          - list:
              - {request: r3, from: a, to: b, rate: 10 Gbps, start: 1 s}
              - {request: r4, from: a, to: b, rate: 100 Gbps, start: 2 s}
      events: [{at: 4 s, cut: g, for: 4 s}]
      """, to: "desk.yaml")
    let outcome = try workspace.cpnsim("run", "desk.yaml")
    let rows = outcome.output.split(separator: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    #expect(rows.contains("requests-1 2 1 1 0 0.0 % - -"))
    #expect(rows.contains("requests-2 2 1 0 1 50.0 % - no-channel"))
    #expect(rows.contains("bc none 60.0 % 1 4 s 1 60.0 %"))
    #expect(rows.contains("f 2 2") && rows.contains("g 1 2"))
    #expect(!outcome.output.contains("fct_mean") && !outcome.output.contains("flows_started"))
  }

  @Test(arguments: [("full", "300G DP-8QAM"), ("lit", "400G DP-16QAM ZR+")])
  func anEmptyFibreLetsAFasterModeClose(rule: String, mode: String) throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: ten-spans
      duration: 1 s
      network: {fibres: [{name: f, between: [a, b], length: 800 km}]}
      light:
        interference: \(rule)
        requests: [{list: [{request: q, from: a, to: b, rate: 100 Gbps}]}]
      """, to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out").code == 0)
    #expect(try workspace.rows(of: "out/lightpaths.csv").map { $0["mode"] } == [mode])
  }
}
