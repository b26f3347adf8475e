// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `explain RUN demand`: where, when and why what was lost was lost.
@Suite struct ExplainDemandTests {
  private func run(_ text: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func demand(_ name: String, in workspace: Workspace) throws -> [String: Any] {
    let outcome = try workspace.cpnsim("explain", "out", "demand", name, "--format", "json")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try outcome.object()
  }

  private func rows(_ demand: [String: Any], _ table: String) throws -> [[String: Any]] {
    try #require(demand[table] as? [[String: Any]])
  }

  /// 60 Gbps meet 50: a sixth is lost, from 1:00 to 1:30 everything, and from 2:00 on a part that is
  /// given of what is left.
  private static let chain = """
    scenario: chain
    duration: 3 h
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 100 Gbps, delay: 1 ms}
        - {name: bc, from: b, to: c, capacity: 50 Gbps, delay: 1 ms}
        - {name: cd, from: c, to: d, capacity: 100 Gbps, delay: 1 ms, port: {loss: 1e-3}}
    traffic:
      - {demand: {name: film, from: a, to: d, rate: 60 Gbps}}
    events: [{at: 1 h, fail: ab}, {at: 1.5 h, repair: ab}]

    """

  @Test func lossesAreByLinkAndCause() throws {
    let workspace = try run(Self.chain)
    let demand = try demand("film", in: workspace)
    let hour = 60e9 * 3600 / 8
    try expect(demand["offered_bytes"], near: 3 * hour)
    let losses = try rows(demand, "losses")
    #expect(losses.map { $0["link"] as? String } == ["ab", "bc", "cd"])
    #expect(losses.map { $0["cause"] as? String } == ["failure", "overload", "given"])
    try expect(losses[0]["lost_bytes"], near: 0.5 * hour)
    try expect(losses[0]["time_s"], near: 1800)
    try expect(losses[1]["lost_bytes"], near: 2.5 * hour / 6, within: 1e-4)
    try expect(losses[1]["time_s"], near: 9000)
    try expect(losses[2]["lost_bytes"], near: 2.5 * hour * 5 / 6 * 1e-3, within: 1e-3)
    let spells = try rows(demand, "timeline")
    #expect(spells.map { $0["link"] as? String } == ["bc", "ab", "bc"])
    #expect(spells.map { ($0["from_s"] as? NSNumber)?.doubleValue } == [0, 3600, 5400])
    try expect(spells[0]["lost"], near: 1 - 5.0 / 6 * 0.999, within: 1e-4)
    try expect(spells[1]["lost"], near: 1)
    let words = try workspace.cpnsim("explain", "out", "demand", "film").output
      .split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(
      words.contains(
        "54.4 % of what it lost was lost at ab, which was down, most of it from 01:00 to 01:30, when "
          + "100.0 % of what it sent was."))
  }

  /// What the explanation adds up to is what the table of demands has, whatever happens.
  @Test func itAddsUpToTheTableOfDemands() throws {
    let workspace = try run(
      """
      scenario: ring
      duration: 4 h
      network:
        links:
          - {name: ab, from: a, to: b, capacity: 100 Gbps, delay: 1 ms, two_way: true}
          - {name: bc, from: b, to: c, capacity: 80 Gbps, delay: 1 ms, two_way: true, port: {loss: 1e-4}}
          - {name: ca, from: c, to: a, capacity: 60 Gbps, delay: 1 ms, two_way: true}
      classes: [{name: moved, on_failure: move}, {name: shared}]
      traffic:
        - {class: moved, demand: {name: one, from: a, to: c, rate: 40 Gbps, daily: [1, 2, 1.5, 1]}}
        - {class: moved, demand: {name: two, from: b, to: c, rate: 30 Gbps}}
        - {class: shared, demand: {name: three, from: a, to: b, rate: 70 Gbps, takes: beside}}
        - generate: {name: f, from: a, to: b, arrivals: {poisson: 0.05 /s}, sizes: {exponential: 100 GB}}
      events: [{at: 1 h, fail: ca}, {at: 2 h, repair: ca}, {at: 3 h, fail: ab}]

      """)
    let table = try workspace.rows(of: "out/demands.csv")
    #expect(table.count == 3)
    for row in table {
      let demand = try demand(row["demand"] ?? "", in: workspace)
      for column in ["offered_bytes", "delivered_bytes", "lost_bytes"] {
        try expect(demand[column], near: Double(row[column] ?? "") ?? .nan, within: 1e-9)
      }
      var byCause: [String: Double] = [:]
      for loss in try rows(demand, "losses") {
        byCause[loss["cause"] as? String ?? "", default: 0] +=
          (loss["lost_bytes"] as? NSNumber)?.doubleValue ?? .nan
      }
      for (cause, bytes) in byCause {
        let told = Double(row["lost_\(cause)_bytes"] ?? "") ?? .nan
        #expect(abs(bytes - told) <= 1e-9 * max(1, told), "\(row) \(cause)")
      }
      let spells = try rows(demand, "timeline")
      let ends = spells.map { ($0["to_s"] as? NSNumber)?.doubleValue ?? .nan }
      let begins = spells.map { ($0["from_s"] as? NSNumber)?.doubleValue ?? .nan }
      #expect(Array(begins.dropFirst()) == Array(ends.dropLast()))
      #expect(begins.first == 0 && ends.last == 14_400)
    }
    let one = try demand("one", in: workspace)
    let detours = try rows(one, "timeline").filter { $0["detour"] as? String == "yes" }
    #expect(detours.first.flatMap { ($0["from_s"] as? NSNumber)?.doubleValue } == 3600.1)
    #expect(detours.first?["route"] as? [String] == ["ab", "bc"])
    // Routes are given up 100 ms behind a failure.
    try expect(one["detour_s"], near: 3599.9, within: 1e-4)
  }

  @Test func whatLosesNothingSaysSo() throws {
    let workspace = try run(
      Self.chain.replacing("rate: 60", with: "rate: 40")
        .replacing(", port: {loss: 1e-3}", with: "").replacing("events:", with: "# events:"))
    let words = try workspace.cpnsim("explain", "out", "demand", "film").output
    #expect(words.contains("All that it sent came through."))
    let unknown = try workspace.cpnsim("explain", "out", "demand", "filn")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("the run has no demand 'filn'; did you mean 'film'?"))
    let timed = try workspace.cpnsim("explain", "out", "demand", "film", "--at", "1:00")
    #expect(timed.errors.contains("--at goes with a link, a fibre, a site or a pool"))
  }
}
