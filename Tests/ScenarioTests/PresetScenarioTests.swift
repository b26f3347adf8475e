// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Simulator
import Statistics
import Testing
import Traffic

@testable import Scenario

/// Generators that take a known workload, and rates that go up and down.
@Suite struct PresetScenarioTests {
  private static let good = """
    scenario: presets
    duration: 1 d
    network:
      links:
        - {name: l, from: a, to: b, capacity: 10 Gbps, two_way: true}
        - {name: m, from: b, to: c, capacity: 10 Gbps}
    traffic:
      - generate:
          preset: azure-conversation
          bytes_per_token: {input: 4 B, output: 100 B}
          time_factor: 2
          pairs: [{from: a, to: b}]
      - generate:
          preset: philly
          bytes_per_processor: {input: 10 GB, output: 1 GB}
          weekly: [1, 1, 1, 1, 1, 0.5, 0.5]
          path: [l]
      - generate:
          preset: hpc2n
          bytes_per_processor: {input: 1 GB}
          arrivals: {bursty: {rate: 10 /h, variation: 4, gaps: lognormal}}
          daily: [1, 2]
          path: [m]

    """

  private func generators(_ text: String) throws -> [Generator] {
    try load(text).model.traffic.compactMap {
      if case .generated(let generator) = $0 { generator } else { nil }
    }
  }

  @Test func presetsBecomeGenerators() throws {
    let all = try generators(Self.good)
    #expect(all[0].arrivals == .bursty(perSecond: 1 / 0.181 / 2, variation: 0.198 / 0.181))
    // Bytes per token times tokens.
    #expect(abs(all[0].sizes.mean / (4 * 1154.697) - 1) < 1e-9)
    guard case .drawn(let answer) = try #require(all[0].answers).sizes else { return }
    #expect(abs(answer.mean / (100 * 211.126) - 1) < 1e-9)
    #expect(all[0].answers?.pause == nil && all[0].curve == .flat)
    #expect(all[1].answers?.sizes == .inProportion(0.1))
    #expect(abs((all[1].answers?.pause?.mean ?? 0) / 13_135.931 - 1) < 1e-9)
    #expect(all[1].curve.daily.count == 24 && all[1].curve.weekly[6] == 0.5)
    #expect(all[2].answers == nil && all[2].curve.daily == [1, 2])
    #expect(all[2].arrivals == .lognormal(perSecond: 10.0 / 3600, variation: 4))
  }

  @Test func whatStandsBesideAPresetOverridesIt() throws {
    let text = Self.good.replacing(
      "time_factor: 2", with: "arrivals: {poisson: 5 /s}\n      sizes: {fixed: 1 MB}")
    let generator = try generators(text)[0]
    #expect(generator.arrivals == .poisson(perSecond: 5) && generator.sizes == .fixed(1e6))
    #expect(generator.answers != nil)
    let quiet = Self.good.replacing("weekly: [1,", with: "daily: [1]\n      weekly: [1,")
    #expect(try generators(quiet)[1].curve.daily == [1])
  }

  @Test func theResolvedScenarioLoadsAsTheSame() throws {
    let loaded = try load(Self.good)
    #expect(try load(loaded.resolvedJSON).resolvedJSON == loaded.resolvedJSON)
  }

  @Test(arguments: [
    ("preset: azure-conversation", "preset: azure-conversations", "did you mean"),
    ("bytes_per_token", "bytes_per_processor", "expected bytes_per_token"),
    ("preset: philly", "preset: azure-code", "expected bytes_per_token"),
    ("{input: 4 B, output: 100 B}", "{output: 100 B}", "expected bytes_per_token with an input"),
    ("      bytes_per_token: {input: 4 B, output: 100 B}\n", "", "has no bytes"),
    ("      preset: azure-conversation\n", "", "found bytes_per_token without preset"),
    ("{from: a, to: b}]", "{from: b, to: c}]", "found an output without a route back for it"),
    ("time_factor: 2", "time_factor: 0", "expected more than zero"),
    ("time_factor: 2", "time_factor: 2\n      arrivals: {poisson: 1 /s}", "at most one of them"),
    ("0.5, 0.5]", "0.5]", "found 6 factors, expected one for each day of a week"),
    ("0.5, 0.5]", "0.5, -1]", "a factor below 0"),
    ("daily: [1, 2]", "daily: [0, 0]", "found factors that are all 0"),
    ("daily: [1, 2]", "daily: [1, 2, 3, 4, 5, 6, 7]", "divides a day"),
    ("gaps: lognormal", "gaps: normal", "known: gamma, lognormal"),
    (
      "      arrivals: {bursty: {rate: 10 /h, variation: 4, gaps: lognormal}}\n", "",
      "preset hpc2n does not tell it"
    ),
  ])
  func aMistakeIsToldWhereItIs(part: String, change: String, expected: String) throws {
    let text = try problems(Self.good.replacing(part, with: change, maxReplacements: 1))
      .joined(separator: "\n")
    #expect(text.contains(expected), "\(text)")
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("s.yaml:") }, "\(text)")
  }

  @Test func withoutAPresetArrivalsAndSizesMustBeSaid() throws {
    let text = """
      scenario: s
      duration: 1 s
      network: {links: [{name: l, capacity: 1 Gbps}]}
      traffic: [{generate: {path: [l]}}]

      """
    #expect(
      try problems(text) == [
        "s.yaml:4:22: traffic[0].generate.arrivals: the key is missing: When flows start.",
        "s.yaml:4:22: traffic[0].generate.sizes: the key is missing: How large they are.",
      ])
  }
}
