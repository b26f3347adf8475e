// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Floors of elastic flows and windows of transfers are promised of the same links, and none twice.
@Suite struct FloorsBesideWindowsTests {
  private func run(_ scenario: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      scenario + "outputs: [summary, flows, elastic, transfers, events]\n", to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func elastic(
    size: String, count: Int, floor: String, ceiling: String = "10 Gbps", path: String = "[ab]",
    _ more: String
  ) -> String {
    """
      - elastic:
          name: e
          arrivals: {deterministic: 1 /s}
          count: \(count)
          sizes: {fixed: \(size)}
          path: \(path)
          tiers: [{name: t, floor: \(floor), ceiling: \(ceiling)}]
          \(more)

    """
  }

  private let link = """
    scenario: s
    duration: 100 s
    network: {links: [{name: ab, from: a, to: b, capacity: 10 Gbps}, {name: bc, from: b, to: c, capacity: 10 Gbps}]}
    traffic:

    """

  private func broken(in workspace: Workspace) throws -> [[String: String]] {
    try workspace.rows(of: "out/events.csv").filter { $0["event"] == "floor-broken" }
  }

  /// A window of 40/13 Gbit/s from 3 s on is booked first: of floors of 4 Gbit/s one fits beside it.
  @Test func aFloorWaitsForAWindowThatIsBooked() throws {
    let workspace = try run(
      link
        + elastic(
          size: "10 GB", count: 3, floor: "4 Gbps",
          "admission: {order: [accept, postpone], patience: 50 s}")
          + """
            - transfers:
                - {name: w, from: a, to: b, size: 5 GB, start: 3 s, deadline: 16 s, reserve: true}

          """)
    let rows = try workspace.rows(of: "out/elastic.csv")
    #expect(rows.map { $0["decision"] } == ["accept", "postpone", "postpone"])
    // The first has all that the window leaves until it is done; the third waits for its end.
    let first = 3 + (80 - 30) / (10 - 40.0 / 13)
    let starts = rows.compactMap { Double($0["start_s"] ?? "") }
    try #require(starts.count == 3)
    #expect(abs(starts[1] - first) < 1e-5 && abs(starts[2] - 16) < 1e-5)
    #expect(try broken(in: workspace).isEmpty)
    let window = try #require(try workspace.rows(of: "out/transfers.csv").first)
    #expect(window["reservation"] == "held" && window["state"] == "arrived")
  }

  /// Two floors of 4 Gbit/s leave 2: 5 GB need 20 s of it, and there are 11; with a later deadline it fits.
  @Test(arguments: [(16, "refused", "narrow"), (40, "held", "")])
  func aWindowIsBookedBesideFloors(deadline: Int, reservation: String, reason: String) throws {
    let workspace = try run(
      link + elastic(size: "100 GB", count: 2, floor: "4 Gbps", "admission: accept")
        + """
          - transfers:
              - {name: w, from: a, to: b, size: 5 GB, asked: 5 s, start: 5 s, deadline: \(deadline) s, reserve: true, window: earliest}

        """)
    let window = try #require(try workspace.rows(of: "out/transfers.csv").first)
    #expect(window["reservation"] == reservation && window["reason"] == reason)
    if reservation == "held" { #expect(window["rate_bps"] == "2000000000") }
    #expect(try broken(in: workspace).isEmpty)
  }

  /// A window over two links is given back as it is to open, since one of them is down.
  @Test func whatIsGivenBackIsForWhoWaits() throws {
    let workspace = try run(
      link
        + elastic(
          size: "10 GB", count: 1, floor: "4 Gbps",
          "start: 1 s\n      admission: {order: [accept, postpone], patience: 50 s}")
          + """
            - transfers:
                - {name: w, from: a, to: c, size: 10 GB, start: 20 s, deadline: 30 s, reserve: true, if_refused: drop}
          events: [{at: 12 s, fail: bc}]

          """)
    let flow = try #require(try workspace.rows(of: "out/elastic.csv").first)
    #expect(flow["decision"] == "postpone" && flow["start_s"] == "20")
  }

  /// The first of two has its ceiling of 6 Gbit/s beside the window, the second what is left.
  @Test func whatIsGrantedInTurnIsLeftByOpenWindows() throws {
    let workspace = try run(
      link
        + elastic(
          size: "20 GB", count: 2, floor: "0 bps", ceiling: "6 Gbps", "scheduling: smallest-first")
          + """
            - transfers:
                - {name: w, from: a, to: b, size: 5 GB, start: 3 s, deadline: 16 s, reserve: true}

          """)
    let rows = try workspace.rows(of: "out/elastic.csv")
    #expect(abs((Double(rows[0]["finish_s"] ?? "") ?? 0) - 160 / 6.0) < 1e-5)
    #expect(abs((Double(rows[1]["least_bps"] ?? "") ?? 0) - (4 - 40.0 / 13) * 1e9) < 1e3)
  }

  /// At no instant more is promised of a link than it carries, and all that was promised is kept.
  @Test(arguments: 1...12) func nothingIsPromisedTwice(seed: Int) throws {
    let paths = [("e1", ["ab"]), ("e2", ["ab", "bc"]), ("e3", ["bc"])]
    let workspace = try run(
      """
      scenario: s
      duration: 10 min
      seed: \(seed)
      network: {links: [{name: ab, from: a, to: b, capacity: 10 Gbps}, {name: bc, from: b, to: c, capacity: 8 Gbps}]}
      reservations: {share: \(seed.isMultiple(of: 2) ? 60 : 100) %}
      traffic:

      """
        + paths.map { name, path in
          """
            - elastic:
                name: \(name)
                arrivals: {poisson: 8 /min}
                sizes: {exponential: 8 GB}
                path: [\(path.joined(separator: ", "))]
                tiers: [{name: t, floor: 2 Gbps, ceiling: 10 Gbps}]
                admission: {order: [accept, postpone], patience: 20 s}
                scheduling: \(seed.isMultiple(of: 3) ? "smallest-first" : "fair")

          """
        }.joined()
          + """
            - generate:
                name: w
                arrivals: {poisson: 10 /min}
                sizes: {exponential: 10 GB}
                pairs: [{from: a, to: b}, {from: a, to: c}, {from: b, to: c}]
                deadline: {slack: 8}
                transfers: {reserve: true, ahead: 20 s, if_refused: drop}

          """)
    #expect(try broken(in: workspace).isEmpty)
    let windows = try workspace.rows(of: "out/transfers.csv").filter { $0["reservation"] == "held" }
    let flows = try workspace.rows(of: "out/elastic.csv").filter { $0["decision"] != "refuse" }
    #expect(windows.count > 5 && flows.count > 50)
    var promised = windows.map {
      Promise(
        ($0["path"] ?? "").split(separator: ";").map(String.init), $0["window_start_s"],
        $0["finish_s"], $0["rate_bps"])
    }
    for (name, path) in paths {
      promised += flows.filter { $0["flow"]?.hasPrefix(name + "-") == true }
        .map { Promise(path, $0["start_s"], $0["finish_s"], "2e9") }
    }
    for (link, capacity) in [("ab", 10e9), ("bc", 8e9)] {
      let mine = promised.filter { $0.links.contains(link) }
      for start in mine.map(\.start) where start < 600 {
        let sum = mine.reduce(0) { $1.start <= start && start < $1.end ? $0 + $1.rate : $0 }
        #expect(sum <= capacity * (1 + 1e-9), "\(link) at \(start) s")
      }
    }
    for window in windows where window["finish_s"] != "" {
      #expect(window["breaks"] == "0")
      #expect((Double(window["finish_s"] ?? "") ?? 0) <= (Double(window["deadline_s"] ?? "") ?? 0))
    }
  }

  private struct Promise {
    let links: [String]
    let start: Double
    let end: Double
    let rate: Double

    init(_ links: [String], _ start: String?, _ end: String?, _ rate: String?) {
      self.links = links
      self.start = Double(start ?? "") ?? .infinity
      self.end = Double(end ?? "") ?? .infinity
      self.rate = Double(rate ?? "") ?? .nan
    }
  }
}
