// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `capacity.csv`: channels of links and fibres over a run that is known by hand.
@Suite struct CapacityTableTests {
  /// A link of one channel that lights more as a demand of 250 Gbps comes.
  ///
  /// It comes between 2 h and 4 h; at 60 % of use that takes 5 channels. A link that is no light is used more than 90 % for two hours too.
  private static let day = """
    scenario: day
    duration: 8 h
    network:
      fibres: [{name: ab, between: [a, b], length: 80 km}]
      links: [{name: own, from: b, to: c, capacity: 260 Gbps, two_way: true}]
    light:
      reach: [{rate: 100 Gbps}]
      setup: 1 s
      links:
        - {name: lit, between: [a, b], channels: 1, automatic: {above: 60 %, below: 20 %, most: 9, least: 1, every: 5 min}}
    traffic:
      - demand: {name: d, from: a, to: c, rate: 250 Gbps, start: 2 h, stop: 4 h}
    outputs: [summary, capacity]
    sample_every: 15 min
    """

  private func rows(_ settings: String...) throws -> [String: [String: String]] {
    let workspace = try Workspace()
    try workspace.write(Self.day, to: "s.yaml")
    let set = settings.flatMap { ["--set", $0] }
    let run = try workspace.cpnsim(["run", "s.yaml", "--out", "out"] + set)
    #expect(run.code == 0, "\(run.errors)")
    let rows = try workspace.rows(of: "out/capacity.csv")
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in row["name"].map { ($0, row) } })
  }

  @Test func aLinkThatGrowsIsFollowed() throws {
    let lit = try #require(try rows()["lit"])
    #expect(lit["kind"] == "link")
    #expect(lit["channels_start"] == "1")
    #expect(lit["channels_peak"] == "5")
    #expect(lit["channels_end"] == "1")
    #expect(lit["capacity_start_bps"] == "100000000000")
    #expect(lit["capacity_peak_bps"] == "500000000000")
    // 250 / 0.7 is 357.1 Gbps: four channels.
    #expect(lit["channels_below_70"] == "4")
    let rate = try #require(lit["rate_peak_bps"].flatMap(Double.init))
    #expect(abs(rate - 250e9) < 1e6)
  }

  @Test func aLinkThatIsNoLightHasNoChannels() throws {
    let rows = try rows("light.links[lit].channels=5", "light.links[lit].automatic.least=5")
    let own = try #require(rows["own"])
    #expect(own["channels_start"] == "" && own["channels_below_70"] == "")
    #expect(own["hours_above_90"] == "2")
    let need = try #require(own["capacity_below_70_bps"].flatMap(Double.init))
    #expect(abs(need - 250e9 / 0.7) < 1e6)
  }

  @Test func theChannelsOfAFibreAreThoseLitOnIt() throws {
    let fibre = try #require(try rows()["ab"])
    #expect(fibre["kind"] == "fibre")
    #expect(fibre["channels_peak"] == "5" && fibre["channels_end"] == "1")
    #expect(fibre["channels_below_70"] == "8")
    #expect(fibre["hours_above_90"] == "0")
  }

  @Test func nobodyGetsItWithoutAsking() throws {
    let workspace = try Workspace()
    let text = Self.day.replacingOccurrences(of: "outputs: [summary, capacity]\n", with: "")
    try workspace.write(text, to: "s.yaml")
    #expect(try workspace.cpnsim("run", "s.yaml", "--out", "out").code == 0)
    #expect(try workspace.bash("test -e out/summary.csv && test ! -e out/capacity.csv").code == 0)
  }
}
