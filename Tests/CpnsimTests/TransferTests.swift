// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Transfers as the program runs them, from the file to what is read.
@Suite struct TransferTests {
  private static let scenario = """
    scenario: moves
    duration: 100 s
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 1 Gbps}
        - {name: ad, from: a, to: d, capacity: 1 Gbps, delay: 10 ms}
        - {name: db, from: d, to: b, capacity: 1 Gbps, delay: 10 ms}
    classes:
      - {name: bulk, on_failure: break}
    traffic:
      - transfers:
          - {name: first, from: a, to: b, size: 5 GB, start: 2 s, deadline: 62 s, reserve: true}
          - {name: second, from: a, to: b, size: 5 GB, start: 2 s, reserve: true, rate: 800 Mbps, window: full-rate}
          - {name: third, from: a, to: b, size: 20 GB, deadline: 50 s, reserve: true, if_refused: drop}
          - {name: pinned, path: [ab], size: 10 MB, start: 50 s, deadline: 51 s, reserve: true}
        class: bulk
      - generate:
          name: g
          arrivals: {deterministic: 1 /s}
          sizes: {fixed: 1 MB}
          pairs: [{from: a, to: b}]
          count: 20
          deadline: {slack: 3}
    """

  private func run(_ text: String, _ words: String...) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim(["run", "s.yaml", "--out", "out"] + words)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  @Test func windowsAndRefusalsAreTold() throws {
    let rows = try run(Self.scenario).rows(of: "out/transfers.csv")
    #expect(rows.map { $0["transfer"] } == ["first", "second", "third", "pinned"])
    #expect(rows.map { $0["reservation"] } == ["held", "held", "refused", "held"])
    #expect(rows.map { $0["state"] } == ["arrived", "arrived", "dropped", "arrived"])
    // 40 Gbit in 60 s from the first byte on; what is left of the direct link has no 800 Mbit/s.
    #expect(rows[0]["path"] == "ab" && rows[1]["path"] == "ad;db")
    let rate = try #require(rows[0]["rate_bps"].flatMap { Double($0) })
    #expect(abs(rate - 40e9 / 60) < 100)
    #expect(rows[1]["rate_bps"] == "800000000" && rows[1]["window_start_s"] == "2.02")
    // 160 Gbit in 50 s are more than any of the links has.
    #expect(rows[2]["reason"] == "narrow" && rows[2]["reason_link"] == "ab")
    for row in [rows[0], rows[3]] {
      let finish = try #require(row["finish_s"].flatMap { Double($0) })
      let deadline = try #require(row["deadline_s"].flatMap { Double($0) })
      #expect(finish <= deadline)
    }
  }

  /// Those of 8 Mbit take 8 ms alone, and 24 ms until their deadline: they meet it at 1 Gbit/s, and not
  /// beside the window, which leaves 333 Mbit/s, exactly 24 ms, less the rounding of its rate up.
  @Test func generatedDeadlinesAreOfTheIdealTime() throws {
    let rows = try run(Self.scenario).rows(of: "out/flows.csv").filter {
      $0["flow"]?.hasPrefix("g-") == true
    }
    #expect(rows.count == 20)
    for row in rows {
      let start = try #require(row["start_s"].flatMap { Double($0) })
      let deadline = try #require(row["deadline_s"].flatMap { Double($0) })
      let finish = try #require(row["finish_s"].flatMap { Double($0) })
      #expect(abs(deadline - start - 0.024) < 1e-9)
      #expect((finish <= deadline) == (start < 2))
    }
  }

  @Test func thePrintedSummaryTellsThem() throws {
    let workspace = try Workspace()
    try workspace.write(Self.scenario, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("reserved "), "\(outcome.output)")
    #expect(outcome.output.contains("refused a window"))
  }

  @Test func aTransferIsExplained() throws {
    let workspace = try run(Self.scenario)
    let outcome = try workspace.cpnsim(
      "explain", "out", "flow", "second", "--format", "json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("reservation"))
  }

  @Test func generatedTransfersAskAtTheirArrival() throws {
    let text = Self.scenario.replacing(
      "deadline: {slack: 3}",
      with: "deadline: {after: 1 s}\n      transfers: {reserve: true, ahead: 3 s}")
    let rows = try run(text).rows(of: "out/transfers.csv").filter {
      $0["transfer"]?.hasPrefix("g-") == true
    }
    #expect(rows.count == 20)
    for row in rows {
      let asked = try #require(row["asked_s"].flatMap { Double($0) })
      #expect(row["start_s"].flatMap { Double($0) } == asked + 3)
      #expect(row["deadline_s"].flatMap { Double($0) } == asked + 4)
      #expect(row["state"] == "arrived" && row["reservation"] == "held")
    }
  }
}
