// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Elastic flows in the order of a policy, and what holds flows, as tables tell it.
@Suite struct OrderedFlowTests {
  private func run(_ scenario: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      scenario + "outputs: [summary, flows, elastic, bottlenecks]\n", to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func seconds(
    of limit: String, on link: String, in workspace: Workspace
  ) throws -> Double {
    let rows = try workspace.rows(of: "out/bottlenecks.csv")
    let found = rows.filter { $0["limit"] == limit && $0["link"] == link }
    return found.reduce(0) { $0 + (Double($1["flow_s"] ?? "") ?? .nan) }
  }

  /// A link with work to do never stands still: 1,000 times 800 bits at 3 Gbps.
  @Test(arguments: ["smallest-first", "earliest-deadline"])
  func theNextGoesOnWithinTheNanosecond(policy: String) throws {
    let workspace = try run(
      """
      scenario: s
      network: {links: [{name: l, from: a, to: b, capacity: 3 Gbps}]}
      traffic:
        - elastic:
            name: e
            arrivals: {deterministic: 1e9 /s}
            sizes: {fixed: 100 B}
            count: 1000
            path: [l]
            tiers: [{name: t, floor: 0 bps, ceiling: 10 Gbps}]
            deadline: {slack: 3}
            admission: none
            scheduling: \(policy)

      """)
    let rows = try workspace.rows(of: "out/flows.csv")
    let last = rows.compactMap { Double($0["finish_s"] ?? "") }.max()
    #expect(abs((last ?? 0) - 266.667e-6) <= 2e-9)
  }

  /// A flow stands still for a link that is full, and then for one that is down.
  @Test func timeAtALinkThatIsDownIsItsOwn() throws {
    let workspace = try run(
      """
      scenario: s
      network: {links: [{name: l0, from: a, to: b, capacity: 1 Gbps}, {name: l1, from: b, to: c, capacity: 10 Gbps}]}
      classes: [{name: hi, priority: 1}]
      traffic:
        - {flows: [{flow: x, path: [l1], size: 10 GB, class: hi}]}
        - {flows: [{flow: y, path: [l0, l1], size: 100 MB, start: 1 s}]}
      events: [{at: 2 s, fail: l0, for: 8 s}]

      """)
    #expect(try abs(seconds(of: "failure", on: "l0", in: workspace) - 8) < 1e-6)
    let held = try workspace.rows(of: "out/flows.csv").first { $0["flow"] == "y" }?["bottleneck"]
    #expect(held == "l0")
  }

  /// The same where a policy orders them, and the full link comes first in the way.
  @Test func ofAFullLinkAndOneThatIsDownTheOneThatIsDownIsNamed() throws {
    let workspace = try run(
      """
      scenario: s
      network: {links: [{name: l1, from: a, to: b, capacity: 10 Gbps}, {name: l2, from: b, to: c, capacity: 10 Gbps}]}
      traffic:
        - elastic: {name: x, arrivals: {deterministic: 1 /s}, sizes: {fixed: 5 GB}, count: 1, path: [l1], \
      tiers: [{name: t}], access: 10 Gbps, admission: none, scheduling: smallest-first}
        - elastic: {name: y, arrivals: {deterministic: 1 /s}, sizes: {fixed: 10 GB}, count: 1, path: [l1, l2], \
      tiers: [{name: t}], access: 10 Gbps, admission: none, scheduling: smallest-first}
      events: [{at: 1 s, fail: l2, for: 5 s}]

      """)
    #expect(try abs(seconds(of: "failure", on: "l2", in: workspace) - 5) < 1e-6)
  }

  /// A flow that waits for one link because of another before it waits for its own full link as well:
  /// who comes later does not pass it there, whatever ends meanwhile.
  @Test func nobodyPassesOnALinkThatSomebodyWaitsFor() throws {
    func entry(_ name: String, _ path: String, _ start: String, _ floor: String, _ size: String)
      -> String
    {
      """
        - elastic: {name: \(name), arrivals: {deterministic: 1 /s}, start: \(start), sizes: {fixed: \(size)}, \
      count: 1, path: [\(path)], tiers: [{name: t, floor: \(floor), ceiling: \(floor)}], access: 10 Gbps, \
      admission: {order: [accept, postpone], patience: 1 h}, scheduling: smallest-first}

      """
    }
    let workspace = try run(
      """
      scenario: s
      network: {links: [{name: l2, from: a, to: b, capacity: 2 Gbps}, {name: l3, from: b, to: c, capacity: 2 Gbps}]}
      traffic:

      """ + entry("a", "l3", "0 s", "1.5 Gbps", "10 GB")
        + entry("b", "l2", "0 s", "1 Gbps", "10 GB")
        + entry("c", "l3", "0 s", "0.25 Gbps", "93.75 MB")
        + entry("p", "l3", "0.1 s", "1 Gbps", "1 GB")
        + entry("q", "l2, l3", "0.2 s", "2 Gbps", "1 GB")
        + entry("r", "l2", "0.3 s", "1 Gbps", "100 GB"))
    let rows = try workspace.rows(of: "out/elastic.csv")
    func start(_ name: String) -> Double? {
      rows.first { $0["flow"] == name }.flatMap { Double($0["start_s"] ?? "") }
    }
    #expect(start("q-1") == 80 && start("r-1") == 84)
  }
}
