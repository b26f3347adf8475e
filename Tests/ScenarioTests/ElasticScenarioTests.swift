// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Scheduling
import Simulator
import Testing
import Traffic

@testable import Scenario

/// Elastic entries: what reaches the model, and what is said of mistakes.
@Suite struct ElasticScenarioTests {
  static let sound = """
    scenario: s
    duration: 10 s
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, two_way: true}
        - {name: bc, from: b, to: c, capacity: 10 Gbps}
    classes:
      - {name: first, priority: 1}
      - {name: paced, floor: 1 Gbps}
      - {name: tcp, transport: tcp-reno}
    traffic:
      - elastic:
          name: users
          arrivals: {poisson: 1 /s}
          sizes: {fixed: 1 GB}
          pairs: [{from: a, to: c}, {from: b, to: a, weight: 2}, {from: a, to: b}]
          tiers:
            - {name: gold, floor: 1 Gbps, ceiling: 100 Gbps, weight: 4, share: 0.1, price: 20}
            - {name: iron, ceiling: 1 Gbps}
          access: 4 Gbps
          lines: 3
          deadline: {slack: 3}
          admission: {order: [accept, shrink, postpone], patience: 5 min}
          scheduling: earliest-deadline
      - generate: {name: g, arrivals: {poisson: 1 /s}, sizes: {fixed: 1 MB}, path: [ab]}

    """

  @Test func everyKeyReachesTheModel() throws {
    let model = try load(Self.sound).model
    let entry = try #require(model.elastic.entries.first)
    #expect(entry.generator.name == "users" && entry.generator.routes.map(\.weight) == [1, 2, 1])
    #expect(entry.tiers.map(\.name) == ["gold", "iron"])
    // The line is slower than the ceiling.
    #expect(entry.tiers.map(\.ceiling.value) == [4e9, 1e9])
    #expect(entry.tiers.map(\.floor.value) == [1e9, 0])
    #expect(entry.tiers[0].price == 20 && entry.tiers[0].share == 0.1)
    #expect(entry.slack == 3 && entry.scheduling == .earliestDeadline)
    #expect(
      entry.admission
        == AdmissionRule(
          [.accept, .shrink, .postpone], patience: .init(nanoseconds: 300_000_000_000)))
    // Three lines at each of the two sources, behind the links of the file.
    let lines = try #require(entry.lines)
    #expect(lines.perSource == 3)
    func name(_ node: Int) -> String? {
      lines.first[NodeID(index: node)].map { model.topology[$0].name }
    }
    #expect(name(0) == "users/a/line-1" && name(1) == "users/b/line-1")
    #expect(model.topology.links.count == 3 + 6)
    #expect(model.topology.links.last?.name == "users/b/line-3")
    #expect(model.topology.links.last?.capacity.value == 4e9)
    let tiers = model.classes.filter(\.isTier)
    #expect(tiers.map(\.name) == ["users/gold", "users/iron"])
    #expect(entry.tiers.map { model.classes[$0.trafficClass].name } == tiers.map(\.name))
  }

  @Test(arguments: [
    ("admission: accept", [AdmissionRule.Step.accept]), ("admission: shrink", [.accept, .shrink]),
    ("admission: postpone", [.accept, .postpone]), ("admission: none", []),
    ("admission: [accept, postpone, shrink]", nil),
    ("admission: {order: [accept, postpone, shrink]}", [.accept, .postpone, .shrink]),
    ("", [.accept, .shrink, .postpone]),
  ])
  func anAdmissionIsAWordOrAnOrder(text: String, steps: [AdmissionRule.Step]?) throws {
    let written = Self.sound.replacing(
      "admission: {order: [accept, shrink, postpone], patience: 5 min}", with: text)
    guard let steps else {
      #expect(try problems(written).first?.contains("expected a mapping") == true)
      return
    }
    #expect(try load(written).model.elastic.entries.first?.admission.steps == steps)
  }

  @Test func theResolvedScenarioLoadsAsTheSame() throws {
    let first = try load(Self.sound)
    #expect(try load(first.resolvedJSON).resolvedJSON == first.resolvedJSON)
  }

  @Test func offPeakHasItsPrices() throws {
    let prices = "[" + (0..<24).map { "\($0)" }.joined(separator: ", ") + "]"
    let written = Self.sound.replacing(
      "scheduling: earliest-deadline", with: "scheduling: {policy: off-peak, prices: \(prices)}")
    #expect(
      try load(written).model.elastic.entries.first?.scheduling
        == .offPeak(prices: (0..<24).map(Double.init)))
  }

  @Test(arguments: [
    ("name: users\n", "name: g\n", 25, "a second generator \"g\", first in line 13"),
    ("from: a, to: c", "from: a, to: x", 16, "unknown node \"x\""),
    ("pairs: [", "path: [ab]\n      pairs: [", 13, "found path and pairs of from, path, pairs"),
    ("access: 4 Gbps", "", 13, "found lines without access, expected both"),
    ("access: 4 Gbps", "access: 500 Mbps", 18, "found a floor above the access line"),
    ("lines: 3", "lines: 0", 21, "expected more than zero"),
    ("lines: 3", "lines: 50001", 21, "expected at most 100000 lines in all entries"),
    ("ceiling: 100 Gbps", "ceiling: 1 Mbps", 18, "found a ceiling below the floor"),
    ("name: iron", "name: gold", 19, "a second tier \"gold\", first in line 18"),
    ("weight: 4", "weight: 1e10", 18, "found a weight or a share out of 1e-9 to 1e9"),
    ("price: 20", "price: -1", 18, "expected a price from 0 to 1e12"),
    ("slack: 3", "slack: 0.5", 22, "expected a number from 1 to 1e6"),
    ("slack: 3", "slak: 3", 22, "did you mean \"slack\"?"),
    ("order: [accept, shrink, postpone]", "order: [shrink, accept]", 23, "expected accept first"),
    ("order: [accept, shrink, postpone]", "order: []", 23, "found no steps"),
    ("order: [accept, shrink, postpone]", "order: [accept, wait]", 23, "known: accept, shrink"),
    (
      "order: [accept, shrink, postpone]", "order: accepts", 23,
      "did you mean \"accept\"?"
    ),
    ("order: [accept, shrink, postpone]", "order: shrink", 23, "found patience where nobody waits"),
    ("deadline: {slack: 3}", "", 24, "found earliest-deadline without a deadline"),
    ("scheduling: earliest-deadline", "scheduling: fifo", 24, "known: fair, weighted"),
    ("scheduling: earliest-deadline", "scheduling: off-peak", 24, "found off-peak without prices"),
    (
      "scheduling: earliest-deadline", "scheduling: {policy: off-peak, prices: [1, 2]}", 24,
      "found 2 prices, expected 24"
    ),
    (
      "scheduling: earliest-deadline", "scheduling: {policy: fair, prices: [1]}", 24,
      "found prices with fair"
    ),
    ("duration: 10 s\n", "", 12, "never ends"),
    ("name: ab,", "name: users/ab,", 5, "does not start like those of the entry's lines"),
    ("name: first,", "name: users/gold,", 18, "a tier that is called \"users/gold\" like a class"),
    (
      "path: [ab]}\n", "path: [ab]}\n    class: first\n", 12,
      "found class \"first\", which other traffic has and which is served first"
    ),
    (
      "path: [ab]}\n", "path: [ab]}\n    class: paced\n", 12,
      "found class \"paced\", which other traffic has and which has a floor that nobody books"
    ),
    (
      "scheduling: earliest-deadline", "scheduling: fair\n    class: tcp", 12,
      "expected one with transport: ideal"
    ),
  ])
  func everyFlawIsSaidWhereItStands(old: String, new: String, line: Int, text: String) throws {
    let written = Self.sound.replacing(old, with: new, maxReplacements: 1)
    #expect(written != Self.sound)
    let found = try problems(written)
    #expect(found.contains { $0.contains(text) }, "\(found)")
    #expect(found.contains { $0.hasPrefix("s.yaml:\(line):") }, "\(found)")
  }

  @Test func anotherEntryMustNotBeAheadOrUnbooked() throws {
    func second(_ rest: String, _ trafficClass: String) -> String {
      Self.sound + """
          - elastic:
              name: others
              arrivals: {poisson: 1 /s}
              sizes: {fixed: 1 GB}
              path: [ab]
              tiers: [{name: t, floor: 1 Mbps}]
              \(rest)
            class: \(trafficClass)

        """
    }
    #expect(try problems(second("admission: accept", "default")).isEmpty)
    let unbooked = try problems(second("admission: none", "default"))
    #expect(unbooked.contains { $0.contains("\"others\", which has floors that nobody books") })
    let ahead = try problems(second("admission: accept", "first"))
    #expect(ahead.contains { $0.contains("\"others\", which is served first") })
  }
}
