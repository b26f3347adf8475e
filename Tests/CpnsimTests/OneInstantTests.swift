// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// What happens where several things happen in one instant, and on routes beside the first.
@Suite struct OneInstantTests {
  private func rows(_ table: String, _ scenario: String) throws -> [[String: String]] {
    let workspace = try Workspace()
    try workspace.write("scenario: s\n" + scenario + "\n", to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try workspace.rows(of: "out/\(table).csv")
  }

  private func starts(_ size: String, count: Int, patience: String = "10 min", events: String = "")
    throws -> [String?]
  {
    try rows(
      "elastic",
      """
      duration: 20 s
      network: {links: [{name: l0, from: a, to: b, capacity: 10 Gbps}]}
      \(events)
      traffic:
        - elastic:
            name: u
            arrivals: {deterministic: 1 /s}
            sizes: {fixed: \(size)}
            pairs: [{from: a, to: b}]
            count: \(count)
            tiers: [{name: g, floor: 10 Gbps}]
            admission: {order: [accept, postpone], patience: \(patience)}
      """
    ).map { $0["start_s"] }
  }

  /// Every second flow or so comes in the very instant in which another ends, or the link is back.
  @Test func whoComesWhenThereIsRoomDoesNotOvertakeWhoWaits() throws {
    #expect(
      try starts("1875 MB", count: 7) == ["0", "1.5", "3", "4.5", "6", "7.5", "9"])
    #expect(
      try starts("1125 MB", count: 4, events: "events: [{at: 0.95 s, fail: l0, for: 2.05 s}]")
        == ["0", "3", "3.9", "4.8"])
    // Patience that ends then has been long enough.
    #expect(try starts("1875 MB", count: 2, patience: "500 ms") == ["0", "1.5"])
  }

  /// A demand waits on its detour for as long as its class, whatever a class has that nobody uses.
  @Test(arguments: ["2 s", "1 ms"]) func aDetourIsWaitedForAsLongAsAClassIsPatient(other: String)
    throws
  {
    let demands = try rows(
      "demands",
      """
      duration: 20 s
      network:
        links:
          - {name: p, from: a, to: b, capacity: 10 Gbps}
          - {name: q, from: a, to: b, capacity: 10 Gbps, delay: 1 ms}
          - {name: r, from: a, to: b, capacity: 10 Gbps, delay: 2 ms}
      classes:
        - {name: m, on_failure: move, patience: 3 s}
        - {name: other, patience: \(other)}
      traffic: [{demand: {name: d, rate: 8 Mbps, from: a, to: b, takes: ahead}, class: m}]
      events: [{at: 2 s, fail: p}, {at: 10 s, fail: q}]
      """)
    #expect(demands.map { $0["lost_failure_bytes"] } == ["6000000"])
  }

  /// A flow that comes while its route is down is measured by the detour, whoever came before.
  @Test func slowdownIsMeasuredByWhatWasThere() throws {
    let flows = try rows(
      "flows",
      """
      duration: 10 s
      network:
        links:
          - {name: wide, from: a, to: b, capacity: 10 Gbps}
          - {name: thin, from: a, to: b, capacity: 1 Gbps, delay: 1 ms}
      classes: [{name: m, on_failure: move}]
      traffic:
        - flows:
            - {flow: e, start: 2 s, path: [thin], size: 1 B}
            - {flow: f, start: 3 s, from: a, to: b, size: 125 MB, class: m}
      events: [{at: 1 s, fail: wide}]
      """)
    #expect(flows.last?["flow"] == "f" && flows.last?["slowdown"] == "1.001")
  }

  /// What fails again in the instant in which it would be in order is out of order once.
  @Test(arguments: [["amplifier", "cut"], ["cut", "amplifier"], ["cut", "cut"]], [true, false])
  func faultsBackToBackAreOneOutage(kinds: [String], inOrder: Bool) throws {
    let events = ["{at: 1 s, \(kinds[0]): g, for: 1 s}", "{at: 2 s, \(kinds[1]): g, for: 1 s}"]
    let services = try rows(
      "services",
      """
      duration: 20 s
      network:
        fibres:
          - {name: g, between: [a, b], length: 100 km}
          - {name: h, between: [a, c], length: 100 km}
          - {name: i, between: [c, b], length: 100 km}
      light: {links: [{name: k, between: [a, b], protection: 1+1}]}
      traffic: [{flows: [{flow: f, path: [k], size: 1 B}]}]
      events: [\((inOrder ? events : events.reversed()).joined(separator: ", "))]
      """)
    #expect(services.first?["outages"] == "1" && services.first?["down_s"] == "0.05")
  }

  /// Who stood there is told too where another comes in the instant in which patience ends.
  @Test func allWhoLosePatienceAreTold() throws {
    let events = try rows(
      "events",
      """
      duration: 2 s
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
      traffic:
        - flows:
            - {flow: f, start: 0 s, from: a, to: b, size: 5 GB}
            - {flow: g, start: 1.1 s, from: a, to: b, size: 5 GB}
      events: [{at: 1 s, fail: l}]
      """)
    let told = events.filter { $0["event"] == "flow-strands" }
    #expect(told.map { $0["subject"] } == ["f", "g"], "\(events)")
  }

  /// A window that opens as its link is back has lost nothing; one that was open has.
  @Test(arguments: [("29.95 s", "0"), ("30.1 s", "1")])
  func aWindowThatOpensAsItsLinkIsBackIsKept(at: String, breaks: String) throws {
    let transfers = try rows(
      "transfers",
      """
      duration: 40 s
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps}]}
      traffic:
        - transfers:
            - {name: t, from: a, to: b, size: 1 GB, asked: 0 s, start: 30 s, reserve: true, window: earliest}
      events: [{at: \(at), fail: l, for: 50 ms}]
      """)
    #expect(transfers.first?["breaks"] == breaks)
  }

  /// Of two routes as long, the one whose last link comes first in the file is tried first.
  @Test func routesForWindowsAreInTheOrderOfAllRoutes() throws {
    let transfers = try rows(
      "transfers",
      """
      duration: 20 s
      network:
        links:
          - {name: l0, from: a, to: b, capacity: 10 Gbps, two_way: true}
          - {name: l3, from: d, to: a, capacity: 2 Gbps, two_way: true}
          - {name: l4, from: d, to: a, capacity: 6 Gbps, delay: 1 ms}
          - {name: l5, from: a, to: b, capacity: 6 Gbps, delay: 1 ms}
      reservations: {paths: 2}
      traffic:
        - transfers:
            - {name: t, from: d, to: b, size: 1 GB, start: 2 s, rate: 5 Gbps, reserve: true, window: full-rate}
      """)
    #expect(transfers.first?["path"] == "l4;l0")
  }
}
