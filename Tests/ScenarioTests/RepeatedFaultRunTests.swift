// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// Faults that overlap, follow each other, and hit what has taken over, as a run's tables have them.
@Suite struct RepeatedFaultRunTests {
  private static let triangle = """
    scenario: faults
    duration: 100 s
    network:
      fibres:
        - {name: f, between: [a, b], length: 100 km}
        - {name: g, between: [a, c], length: 100 km}
        - {name: h, between: [c, b], length: 100 km}

    """

  /// The service of link l.
  private func service(_ light: String, _ events: [String]) throws -> [String: Double] {
    try services(light, events)["l"] ?? [:]
  }

  private func services(_ light: String, _ events: [String]) throws -> [String: [String: Double]] {
    let bench = try ComputingBench(
      Self.triangle + """
        light:
        \(light)
        traffic: [{demand: {name: d, rate: 10 Gbps, path: [l]}}]
        events: [\(events.joined(separator: ", "))]
        outputs: [services]

        """)
    let rows = try bench.run.rows(of: "services").map { row in
      (row["service"] ?? "", row.compactMapValues { Double($0) })
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  private static let linkFailures: [([String], Double)] = [
    (["{at: 10 s, fail: l, for: 20 s}", "{at: 15 s, fail: l, for: 30 s}"], 35),
    (["{at: 10 s, fail: l, for: 20 s}", "{at: 15 s, fail: l, for: 5 s}"], 20),
    (["{at: 10 s, fail: l}", "{at: 15 s, fail: l}", "{at: 30 s, repair: l}"], 20),
    (
      [
        "{at: 10 s, fail: l, for: 20 s}", "{at: 15 s, repair: l}", "{at: 25 s, fail: l, for: 30 s}",
      ], 35
    ),
    (["{at: 10 s, fail: l, for: 20 s}", "{at: 20 s, repair: l}"], 10),
    (["{at: 5 s, repair: l}", "{at: 5 s, fail: l, for: 10 s}"], 10),
  ]

  /// A link that fails twice is up again when both failures are over; a repair ends those that are there,
  /// and the end that one of them would have had ends no later one.
  @Test(arguments: linkFailures)
  func failuresOfALinkEndOneByOne(events: [String], down: Double) throws {
    let bench = try ComputingBench(
      """
      scenario: s
      duration: 100 s
      network: {links: [{name: l, from: a, to: b, capacity: 1 Gbps, two_way: true}]}
      traffic: [{demand: {name: d, rate: 1 Mbps, path: [l]}}]
      events: [\(events.joined(separator: ", "))]
      outputs: [events]
      """)
    var (sum, since) = (0.0, 0.0)
    for row in try bench.run.rows(of: "events") where row["subject"] == "l" {
      let time = try #require(row["time_s"].flatMap { Double($0) })
      if row["event"] == "link-down" { since = time } else { sum += time - since }
    }
    #expect(sum == down)
  }

  private static let fibreFaults: [([String], Double)] = [
    (["{at: 10 s, cut: f, for: 20 s}", "{at: 15 s, cut: f, for: 30 s}"], 35),
    (
      ["{at: 10 s, cut: f, for: 20 s}", "{at: 15 s, mend: f}", "{at: 25 s, cut: f, for: 30 s}"], 35
    ),
    (["{at: 10 s, cut: f, for: 20 s}", "{at: 15 s, amplifier: f, for: 30 s}"], 35),
    (["{at: 5 s, mend: f}", "{at: 5 s, cut: f, for: 10 s}"], 10),
    (
      [
        "{at: 10 s, amplifier: f, for: 60 s}", "{at: 20 s, mend: f}",
        "{at: 30 s, cut: f, for: 60 s}",
      ], 80
    ),
  ]

  /// A link that a fabric names as failed, and that fails once more, is up again with its repair.
  @Test func aRepairEndsWhatWasDownFromTheStart() throws {
    let bench = try ComputingBench(
      """
      scenario: s
      duration: 100 s
      network:
        fabrics: [{name: pod, hosts: 16, nic: 200 Gbps, failed: [pod/leaf0-spine1]}]
      events:
        - {at: 10 s, fail: pod/leaf0-spine1, for: 20 s}
        - {at: 15 s, repair: pod/leaf0-spine1}
      traffic: [{demand: {name: d, rate: 1 Mbps, path: [pod/leaf0-spine1]}}]
      outputs: [events]
      """)
    let rows = try bench.run.rows(of: "events").filter { $0["subject"] == "pod/leaf0-spine1" }
    #expect(rows.map { $0["event"] } == ["link-down", "link-up"])
    #expect(rows.map { $0["time_s"] } == ["0", "15"])
  }

  @Test(arguments: fibreFaults)
  func faultsOfAFibreEndOneByOne(events: [String], down: Double) throws {
    let service = try service("  links: [{name: l, between: [a, b]}]", events)
    #expect(service["down_s"] == down)
  }

  /// On its standby route, which is cut as well: the one that is mended first has it again.
  @Test func theStandbyTakesOverAgainOnceItIsMended() throws {
    let service = try service(
      "  links: [{name: l, between: [a, b], protection: 1+1}]",
      ["{at: 10 s, cut: f, for: 80 s}", "{at: 20 s, cut: g, for: 5 s}"])
    #expect(abs((service["down_s"] ?? 0) - 5.1) < 1e-9 && service["outages"] == 2)
    #expect(abs((service["longest_outage_s"] ?? 0) - 5.05) < 1e-9)
  }

  /// In slots a restored link takes as many as it had, with modes or without, and leaves the rest to others.
  @Test(arguments: ["  reach: [{up_to: 10000 km, efficiency: 2}]", "  interference: full"])
  func aRestoredLinkTakesItsOwnRateInSlots(terms: String) throws {
    let slots = terms.contains("reach") ? 20 : 13
    let services = try services(
      """
        grid: {first: 191.325 THz, slots: \(slots), guard: 1}
      \(terms)
        links:
          - {name: l, between: [a, b], rate: 200 Gbps, protection: restoration}
          - {name: k, between: [a, b], rate: 200 Gbps, protection: restoration}
      """, ["{at: 10 s, cut: f, for: 50 s}"])
    #expect(services["l"]?["down_s"] == 2 && services["k"]?["down_s"] == 2, "\(services)")
  }

  /// Each fault is of the lightpath that failed with it; one that found none in order ends nothing.
  @Test func aTransponderIsRepairedWhereItFailed() throws {
    let service = try service(
      "  links: [{name: l, between: [a, b], channels: 2}]",
      [
        "{at: 10 s, transponder: l, for: 60 s}", "{at: 20 s, transponder: l, for: 5 s}",
        "{at: 22 s, transponder: l, for: 5 s}",
      ])
    #expect(service["down_s"] == 5 && service["lightpath_down_s"] == 65)
    #expect(service["longest_lightpath_outage_s"] == 60)
  }

  @Test func theCapacityOfLightIsNoEvent() throws {
    let error = #expect(throws: (any Error).self) {
      try service(
        "  links: [{name: l, between: [a, b]}]", ["{at: 10 s, link: l, capacity: 20 Gbps}"])
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(
      text.contains(
        "s.yaml:11:27: events[0].link: found l, which is made of light and has the capacity of its "
          + "lightpaths, expected a link with a capacity of its own"), "\(text)")
  }
}
