// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import TestSupport
import Testing

@testable import Planning

/// Builds where light that is lost goes other ways, and along fibres that are new.
@Suite struct ProtectedBuildTests {
  private static func triangle(_ link: String, rate: Int, protection: String) -> String {
    """
    scenario: protected
    duration: 1 h
    network:
      fibres:
        - {name: Fab, between: [a, b], length: 100 km}
        - {name: Fbc, between: [b, c], length: 100 km}
        - {name: Fca, between: [c, a], length: 100 km}
      \(protection == "ring" ? "rings: [{name: R, fibres: [Fab, Fbc, Fca]}]" : "")
    light:
      grid: {first: 193 THz, spacing: 50 GHz, channels: 16}
      reach: [{up_to: 150 km, rate: 400 Gbps}, {rate: 200 Gbps}]
      links:
        - {name: Lab, between: [a, b], channels: 1, protection: \(protection)\(link)}
        - {name: Lbc, between: [b, c], channels: 1}
    traffic:
      - demand: {name: d, rate: \(rate) Gbps, from: a, to: b}
      - demand: {name: e, rate: 10 Gbps, from: b, to: c}
    """
  }

  /// 400 Gbps a channel over Fab, and 200 over the two others: with 1+1 from the start, on a ring and
  /// restored while Fab is out of order.
  @Test(arguments: [
    ("restoration", 700, 4), ("restoration", 1500, 8), ("1+1", 700, 4), ("ring", 700, 4),
  ])
  func channelsAreBoughtForTheWayAround(protection: String, rate: Int, channels: Int) throws {
    let ring = protection == "ring" ? ", ring: R" : ""
    let sample = try BuildSample(
      Self.triangle(ring, rate: rate, protection: protection),
      """
      fill: 100 %
      failures: single
      levels: [{loss: 0.1 %}]
      build: {channels: {price: 3, transceiver: 2, most: 16}}
      """)
    let found = try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years()?.first)
    // Lbc has no protection: what it carries is lost with its fibre, whatever is built.
    #expect(found.short.isEmpty)
    #expect(found.build.channels["Lab"] == channels - 1, "\(found.build)")
  }

  /// Every channel of a fibre that is laid is bought, also the one that each fibre has.
  @Test(arguments: [1, 8]) func channelsOfANewFibreAreBilled(each: Int) throws {
    let sample = try BuildSample(
      """
      scenario: new
      duration: 1 h
      network: {fibres: [{name: ab, between: [a, b], length: 80 km}]}
      light: {reach: [{up_to: 500 km, rate: 100 Gbps}], each_fibre: {channels: \(each)}}
      classes: [{name: m, on_failure: move}]
      traffic: [{demand: {name: d, from: a, to: b, rate: 50 Gbps}, class: m}]
      """,
      """
      failures: single
      levels: [{loss: 0 %}]
      build:
        channels: {price: 3, transceiver: 2, most: 40}
        fibres:
          - {name: bc, between: [b, c], length: 80 km, price: 1}
          - {name: ca, between: [c, a], length: 80 km, price: 1}
      """)
    let plan = sample.plan
    var build = Build()
    build.fibres = ["bc", "ca"]
    let found = try #require(
      try YearSearch(plan, 0, build, jobs: 1) { _ in true }.find())
    let bought = found.items.filter { $0.kind == .channels }
    #expect(bought.map(\.place) == ["bc", "ca"] && bought.map(\.count) == [1, 1])
    #expect(found.cost == 2 * (3 + 2 * 2))
    let settings = found.settings.filter { $0.contains("light.links[+]") }
    #expect(settings.count == 2 && settings.allSatisfy { $0.contains("channels: 1}") })
  }
}
