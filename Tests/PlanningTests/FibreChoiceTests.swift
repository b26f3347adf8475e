// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import TestSupport
import Testing

@testable import Planning

/// Which new fibres are laid, and channels that a run can't light as the sums do.
@Suite struct FibreChoiceTests {
  private static func star(_ fibres: String, _ demands: [String]) -> String {
    """
    scenario: s
    duration: 1 h
    network: {fibres: [\(fibres)]}
    light: {reach: [{rate: 100 Gbps}], each_fibre: {channels: 2}}
    classes: [{name: m, on_failure: move}]
    traffic:
    \(demands.map { "  - {demand: {\($0)}, class: m}" }.joined(separator: "\n"))
    """
  }

  private func found(_ scenario: String, _ plan: String) throws -> YearPlan {
    let sample = try BuildSample(scenario, plan)
    return try #require(try PlanSearch(sample.plan, jobs: 1) { _ in true }.years()?.first)
  }

  /// A ring is closed for loss under a failure, which no channel helps.
  @Test func aFibreIsLaidForWhatAFailureStrands() throws {
    let year = try found(
      Self.star(
        "{name: ab, between: [a, b], length: 100 km}, {name: bc, between: [b, c], length: 100 km}",
        ["name: d, rate: 50 Gbps, from: a, to: b", "name: e, rate: 20 Gbps, from: b, to: c"]),
      """
      failures: single
      levels: [{loss: 0 %}]
      build:
        channels: {price: 1, transceiver: 1}
        fibres: [{name: ca, between: [c, a], length: 100 km, price: 10}]
      """)
    #expect(year.build.fibres == ["ca"] && year.hopeless.isEmpty && year.short.isEmpty)
    #expect(year.cost == 13)
  }

  /// Neither alone lowers the worst latency of both; the answer is the same in any order.
  @Test(arguments: [["nac", "nad"], ["nad", "nac"]]) func fibresThatAreNeededTogether(
    order: [String]
  )
    throws
  {
    let fibres = order.map {
      "{name: \($0), between: [a, \($0.last ?? "c")], length: 300 km, price: 10}"
    }
    let year = try found(
      Self.star(
        "{name: ab, between: [a, b], length: 300 km}, {name: bc, between: [b, c], length: 300 km}, "
          + "{name: bd, between: [b, d], length: 400 km}",
        ["name: ac, rate: 50 Gbps, from: a, to: c", "name: ad, rate: 50 Gbps, from: a, to: d"]),
      """
      levels: [{loss: 0 %}, {latency: 2 ms}]
      build: {channels: {price: 1, transceiver: 1}, fibres: [\(fibres.joined(separator: ", "))]}
      """)
    #expect(Set(year.build.fibres) == ["nac", "nad"] && year.cost == 26)
    #expect(year.levels.allSatisfy { $0.holds })
  }

  /// The cheapest of all choices, whatever stands first; with many fibres they are tried step by step.
  @Test(arguments: [0, 3]) func aDearFibreIsNotLaidWhereACheapOneDoes(others: Int) throws {
    let more = (0..<others).map {
      ", {name: x\($0), between: [a, b], length: \(700 + $0) km, price: 3}"
    }
    let year = try found(
      Self.star(
        "{name: ab, between: [a, b], length: 600 km}, {name: bc, between: [b, c], length: 600 km}",
        ["name: ac, rate: 50 Gbps, from: a, to: c"]),
      """
      levels: [{loss: 0 %}, {latency: 5 ms}]
      build:
        channels: {price: 1, transceiver: 1}
        fibres:
          [{name: dear, between: [a, c], length: 900 km, price: 400},
          {name: cheap, between: [a, c], length: 500 km, price: 10}\(more.joined())]
      """)
    #expect(year.build.fibres == ["cheap"] && year.cost == 13)
  }

  /// A run lights all of L0 before the first of L1: three channels of L0 would leave L1 none, and two do
  /// not carry it at half of its capacity.
  @Test func channelsThatLeaveNoneToTheNextLinkAreNotBought() throws {
    let year = try found(
      """
      scenario: s
      duration: 1 h
      network:
        fibres:
          - {name: ab, between: [a, b], length: 200 km}
          - {name: bc, between: [b, c], length: 301 km}
          - {name: ca, between: [c, a], length: 82 km}
      light:
        grid: {first: 191.35 THz, spacing: 75 GHz, channels: 3}
        reach: [{rate: 100 Gbps}]
        links: [{name: L0, between: [b, c]}, {name: L1, between: [a, c]}]
      traffic:
        - demand: {name: d0, rate: 150 Gbps, path: [L0]}
        - demand: {name: d1, rate: 40 Gbps, path: [L1]}
      """,
      "fill: 50 %\nlevels: [{loss: 0 %}]\nbuild: {channels: {price: 3, transceiver: 1}}")
    #expect(year.short.count == 1 && year.short.first?.hasPrefix("L0: ") == true)
    #expect(year.build.channels == ["L0": 1] && year.levels.allSatisfy { $0.holds })
  }

  /// Lit in turns one of the two is short; in the order of a run both have what they need.
  @Test func channelsAreJudgedInTheOrderInWhichARunLightsThem() throws {
    let year = try found(
      """
      scenario: s
      duration: 1 h
      network:
        fibres:
          - {name: ab, between: [a, b], length: 300 km}
          - {name: bc, between: [b, c], length: 301 km}
          - {name: cd, between: [c, d], length: 302 km}
          - {name: da, between: [d, a], length: 83 km}
      light:
        grid: {first: 191.35 THz, spacing: 75 GHz, channels: 4}
        reach: [{rate: 100 Gbps}]
        links: [{name: L0, between: [a, c], protection: 1+1}, {name: L1, between: [a, b]}]
      traffic:
        - demand: {name: d0, rate: 150 Gbps, path: [L0]}
        - demand: {name: d1, rate: 90 Gbps, path: [L1]}
      """,
      "fill: 50 %\nlevels: [{loss: 0 %}]\nbuild: {channels: {price: 3, transceiver: 1}}")
    #expect(year.short.isEmpty && year.build.channels == ["L0": 2, "L1": 1] && year.cost == 25)
  }
}
