// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `show` on networks of fibres: quality, channels, circles and maps.
@Suite struct ShowLightTests {
  private func table(_ workspace: Workspace, _ arguments: String...) throws -> [[String: String]] {
    let outcome = try workspace.cpnsim(["show"] + arguments + ["--format", "csv"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let head = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
  }

  /// GNPy 3.0.1, GN model closed form, on 10 spans of 80 km with 96 channels of 32 GBd at 50 GHz.
  @Test func theTermsOfARouteAreThoseOfGNPy() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: line
      network: {fibres: [{name: f, between: [a, b], length: 400 km}, {name: g, between: [b, c], length: 400 km}]}
      light:
        grid: 50-ghz
        launch_power: 0 dBm
        transceivers: [{name: m, rate: 100 Gbps, baud: 32 GBd, slot: 50 GHz, required_osnr: 12 dB}]
      """, to: "line.yaml")
    let rows = try table(
      workspace, "light", "line.yaml", "--from", "a", "--to", "c", "--channel", "48")
    let terms = try #require(rows.first)
    func value(_ name: String) -> Double { terms[name].flatMap(Double.init) ?? .nan }
    #expect(rows.count == 1)
    #expect(abs(value("centre_thz") - 193.7) < 1e-9)
    #expect(abs(value("gsnr_db") - Self.gnpy.gsnr_dB) < 0.05)
    #expect(abs(value("osnr_db") - Self.gnpy.osnr_dB) < 0.05)
    #expect(abs(value("signal_dbm") - Self.gnpy.signal_dBm) < 0.05)
    #expect(abs(value("margin_db") - (value("gsnr_db") - 12)) < 1e-9)
    // The three powers and the three ratios tell the same.
    let noise = pow(10, value("ase_dbm") / 10) + pow(10, value("nli_dbm") / 10)
    let bandwidth_dB = 10 * log10(32 / 12.5)
    #expect(
      abs(value("signal_dbm") - 10 * log10(noise) + bandwidth_dB - value("gsnr_db")) < 1e-9)
    #expect(terms["closes"] == "yes")
    #expect(terms["path"] == "a;b;c")
    // By the names of its fibres it is the same route.
    #expect(
      try table(workspace, "light", "line.yaml", "--path", "f;g", "--channel", "48") == rows)
  }

  private static let gnpy = (
    gsnr_dB: 22.06945, osnr_dB: 26.92171, signal_dBm: -0.046096
  )

  @Test func aRateThatDoesNotCloseIsCountedAsNone() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: long
      network: {fibres: [{name: f, between: [a, b], length: 100 km}, {name: g, between: [b, c], length: 9000 km}]}
      light: {}
      """, to: "s.yaml")
    let rows = try table(workspace, "fibres", "s.yaml", "--rate", "400 Gbps")
    #expect(rows.map { $0["channels_that_close"] } == ["80", "0"])
    #expect(rows.map { $0["capacity_bps"] } == ["32000000000000", "0"])
    #expect(rows[1]["margin_db"].flatMap(Double.init).map { $0 < 2 } == true)
  }

  @Test func dozensOfChannelsCloseOnEveryTrunkFibre() throws {
    let rows = try table(try Workspace(), "fibres", "--rate", "200 Gbps")
    #expect(rows.count == 170)
    for row in rows { #expect(row["channels_that_close"] == "80", "\(row["fibre"] ?? "")") }
  }

  @Test func theCirclesOfThePolicyAreATable() throws {
    let rows = try table(try Workspace(), "circles")
    #expect(rows.map { $0["around"] } == ["JJJ", "YRD", "GBA", "CY", "GZ", "NMG", "GS", "NX"])
    // As docs/national-network.md has them: of the 52 cities of the backbone, fewer than the policy
    // counts, these circles are of the same order and no more than that.
    let near5 = rows.map { $0["within_5_ms"].flatMap { Int($0) } }
    #expect(near5 == [7, 13, 6, 7, 7, 8, 7, 5])
    let near20 = rows.map { $0["within_20_ms"].flatMap { Int($0) } }
    #expect(near20 == [50, 50, 47, 52, 49, 52, 52, 52])
    #expect(rows.first?["which_within_5_ms"]?.hasPrefix("Beijing;") == true)
    // 142 km and 321 km from Zhangjiakou at 4.9 us/km and 0.12 ms each.
    let near = try table(try Workspace(), "circles", "--from", "ZJK")
    let beijing = try #require(near.first { $0["place"] == "Beijing" })
    #expect(beijing["latency_s"] == "0.0008158")
    let ulanqab = try #require(near.first { $0["place"] == "Ulanqab" })
    #expect(ulanqab["latency_s"] == "0.0016929")
    #expect(beijing["within_5_ms"] == "yes")
  }

  @Test func theNationalNetworkIsAMap() throws {
    let workspace = try Workspace()
    let outcome = try workspace.cpnsim("show", "network", "--format", "geojson")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let features = try #require((value as? [String: Any])?["features"] as? [[String: Any]])
    let told = features.compactMap { $0["properties"] as? [String: Any] }
    #expect(told.filter { $0["element"] as? String == "site" }.count == 62 + 47)
    let fibres = told.filter { $0["element"] as? String == "fibre" }
    #expect(fibres.count == 113 + 57)
    for fibre in fibres { #expect(fibre["channels_that_close"] as? Int == 80) }
    let dot = try workspace.cpnsim("show", "network", "--format", "graphviz").output
    #expect(dot.hasPrefix("graph \"national\" {"))
    #expect(dot.split(separator: "\n").filter { $0.contains(" -- ") }.count == 170)
  }

  @Test func linksAreLinesOfTheMapAndPlacesArePoints() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      scenario: map
      network:
        nodes: [{name: a, latitude: 40, longitude: 116}, {name: b, latitude: 30, longitude: 120}]
        links: [{name: l, from: a, to: b, capacity: 1 Gbps, two_way: true}]
      """, to: "s.yaml")
    let outcome = try workspace.cpnsim("show", "network", "s.yaml", "--format", "geojson")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let features = try #require((value as? [String: Any])?["features"] as? [[String: Any]])
    #expect(features.count == 3)
    let line = try #require(features.last)
    let geometry = try #require(line["geometry"] as? [String: Any])
    #expect(geometry["coordinates"] as? [[Double]] == [[116, 40], [120, 30]])
    #expect((line["properties"] as? [String: Any])?["element"] as? String == "link")
  }

  @Test(arguments: [
    (["light"], "needs --from and --to, or --path"),
    (["light", "--from", "ZJK"], "needs --from and --to, or --path"),
    (["light", "--from", "ZJK", "--to", "ZJK"], "both ends"),
    (["light", "--from", "ZJK", "--to", "Atlantis"], "no node 'Atlantis'"),
    (["light", "--path", "ZJK;SG"], "not joined by a fibre"),
    (["light", "--path", "nowhere"], "no fibre \"nowhere\""),
    (["light", "--from", "ZJK", "--to", "SG", "--channel", "81"], "channels 1 to 80"),
    (["light", "--from", "ZJK", "--to", "SG", "--channel", "0"], "channels 1 to 80"),
    (["fibres", "--rate", "250 Gbps"], "expected one of"),
    (["fibres", "--from", "ZJK"], "--from goes with"),
    (["network", "--channel", "1"], "--channel goes with 'show light' only"),
    (["fibres", "--format", "geojson"], "'geojson' is no value for '--format'"),
    (["paths"], "missing argument '<scenario>'"),
  ])
  func whatMakesNoSenseIsRefused(_ arguments: [String], _ expected: String) throws {
    let outcome = try Workspace().cpnsim(["show"] + arguments)
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }
}
