// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What `compare` says before its tables: each rule with a case, and one in which it is silent.
@Suite struct CompareFindingTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(
      """
      scenario: wire
      duration: 10 s
      network:
        links:
          - {name: wire, from: a, to: b, capacity: 10 Gbps}
      traffic:
        - generate:
            name: copies
            arrivals: {poisson: {load: 8 Gbps}}
            sizes: {fixed: 100 MB}
            pairs: [{from: a, to: b}]

      """, to: "wire.yaml")
  }

  private func findings(_ words: String...) throws -> [[String: Any]] {
    let outcome = try workspace.cpnsim(["compare"] + words + ["--format", "json"])
    try #require(outcome.code == 0, "\(outcome.errors)")
    let comparisons = try #require(try outcome.object()["comparisons"] as? [[String: Any]])
    return try #require(comparisons.first?["findings"] as? [[String: Any]])
  }

  private func kinds(_ findings: [[String: Any]]) -> [String] {
    findings.compactMap { $0["kind"] as? String }
  }

  private func text(_ kind: String, _ findings: [[String: Any]]) throws -> String {
    try #require(
      findings.first { $0["kind"] as? String == kind }?["text"] as? String, "\(findings)")
  }

  private static let wider = "network.links[wire].capacity=20 Gbps"

  @Test func whatIsBetterComesFirst() throws {
    let findings = try findings(
      "wire.yaml", "--set-b", Self.wider, "--seeds", "8", "--metric", "fct_mean")
    #expect(kinds(findings).first == "better")
    #expect(!kinds(findings).contains("worse"))
    #expect(try text("better", findings).hasPrefix("B is better by "))
    #expect(try text("better", findings).contains("fct_mean (-"))
    let moved = findings.compactMap { $0["text"] as? String }
    #expect(moved.contains { $0.hasPrefix("The link that moved most is wire: mean utilisation ") })
    let words = try workspace.cpnsim(
      "compare", "wire.yaml", "--set-b", Self.wider, "--seeds", "8"
    ).output
    let first = try #require(words.range(of: "- B is better by "))
    let table = try #require(words.range(of: "\nmetric "))
    #expect(first.lowerBound < table.lowerBound)
  }

  @Test func theOtherWayRoundItIsWorse() throws {
    let findings = try findings(
      "wire.yaml", "--set", Self.wider, "--set-b", "network.links[wire].capacity=10 Gbps",
      "--seeds", "8")
    #expect(kinds(findings).first == "worse")
    #expect(!kinds(findings).contains("better"))
  }

  @Test func whatIsTheSameSaysSoAlone() throws {
    let findings = try findings("wire.yaml", "wire.yaml", "--seeds", "2")
    #expect(kinds(findings) == ["same"])
    #expect(
      try text("same", findings) == "B did the same as A: 2 pairs of runs with equal digests.")
  }

  /// Other sizes of the same mean are less than what chance does with two seeds.
  @Test func whatIsNotDecidedSaysSo() throws {
    let findings = try findings(
      "wire.yaml", "--set-b", "traffic[0].generate.sizes={exponential: 100 MB}", "--seeds", "2",
      "--metric", "fct_mean")
    #expect(kinds(findings).contains("undecided"))
    #expect(
      try text("undecided", findings).hasPrefix("2 pairs of runs show no difference for sure"))
  }

  /// Of two runs nothing is tested; what the runs say of themselves is set side by side.
  @Test func twoRunsTellWhatOnlyOneHas() throws {
    for (out, more) in [("a", [String]()), ("b", ["events=[{at: 5 s, fail: wire}]"])] {
      let settings = more.flatMap { ["--set", $0] }
      let outcome = try workspace.cpnsim(
        ["run", "wire.yaml", "--out", out, "--quiet"] + settings)
      try #require(outcome.code == 0, "\(outcome.errors)")
    }
    let found = try findings("a", "b")
    #expect(try text("worse", found).hasSuffix("one pair of runs says nothing of chance."))
    #expect(try text("new", found).hasPrefix("In B alone: wire was down from 5 s"))
    let command = try #require(
      found.first { $0["kind"] as? String == "new" }?["command"] as? String)
    #expect(command.hasPrefix("cpnsim explain b link wire"))
    #expect(kinds(try findings("b", "a")).contains("gone"))
    #expect(found.count <= 7)
  }

  /// Fewer flows finish where the wire is cut: the mean is over others.
  @Test func aMeanOverOtherFlowsIsCalledThat() throws {
    let findings = try findings(
      "wire.yaml", "--set-b", "network.links[wire].capacity=6 Gbps", "--seeds", "8")
    #expect(try text("count", findings).contains("flows_finished in A and "))
    let equal = try self.findings("wire.yaml", "--set-b", Self.wider, "--seeds", "8")
    #expect(equal.count <= 7)
  }
}
