// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `explain RUN site`: whom a place serves, and why not somebody nearer.
@Suite struct ExplainSiteTests {
  /// 5,000 tokens a second in the morning and 15,000 in the afternoon.
  ///
  /// The near site serves 8,000 of them, the far one the rest.
  private static let tokens = """
    scenario: spill
    duration: 24 h
    network:
      links:
        - {name: near, from: a, to: b, capacity: 10 Gbps, delay: 3 ms, two_way: true}
        - {name: far, from: a, to: c, capacity: 10 Gbps, delay: 9 ms, two_way: true}
    traffic:
      - tokens:
          name: llm
          total: 864e6 tokens/day
          from: {a: 1}
          to: {b: {in: 8e3 tokens/s, out: 8e3 tokens/s}, c: {in: 2e4 tokens/s, out: 2e4 tokens/s}}
          services: [{name: own, share: 100 %, input_tokens: 100, output_tokens: 100, daily: [1, 3]}]

    """

  private func run(_ text: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(text, to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", "out", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return workspace
  }

  private func site(
    _ name: String, at time: String? = nil, in workspace: Workspace
  ) throws -> [String: Any] {
    let at = time.map { ["--at", $0] } ?? []
    let outcome = try workspace.cpnsim(
      ["explain", "out", "site", name, "--format", "json"] + at)
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try outcome.object()
  }

  private func rows(_ site: [String: Any], _ table: String) throws -> [[String: Any]] {
    try #require(site[table] as? [[String: Any]])
  }

  private func words(_ arguments: [String], in workspace: Workspace) throws -> String {
    try workspace.cpnsim(["explain", "out"] + arguments).output
      .split { $0 == "\n" || $0 == " " }.joined(separator: " ")
  }

  @Test func whatSpillsOverSaysWhichSiteIsFull() throws {
    let workspace = try run(Self.tokens)
    // Without an instant: when it serves most, in the afternoon.
    let far = try site("c", in: workspace)
    try expect(far["time_s"], near: 43_200)
    try expect(far["tokens_per_s"], near: 7000)
    try expect(far["use"], near: 0.35)
    let sources = try rows(far, "sources")
    #expect(sources.count == 1)
    try expect(sources[0]["part"], near: 7.0 / 15)
    try expect(sources[0]["delay_s"], near: 0.018)
    #expect(sources[0]["nearer"] as? [String] == ["b"])
    let steps = try rows(far, "steps")
    #expect(steps.map { ($0["tokens_per_s"] as? NSNumber)?.doubleValue } == [0, 7000])
    #expect(
      try words(["site", "c"], in: workspace)
        .contains("100.0 % of it comes here because all nearer sites are full: b."))

    let near = try site("b", at: "13:00", in: workspace)
    try expect(near["use"], near: 1)
    let words = try words(["site", "b", "--at", "13:00"], in: workspace)
    #expect(words.contains("which is all that it can serve, since 12:00."))
    #expect(words.contains("It is the nearest site of all whom it serves."))
    let morning = try self.words(["site", "b", "--at", "9:00"], in: workspace)
    #expect(morning.contains("62.5 % of its time; it has had room from the start."))
  }

  /// The way to the near site is down: it serves nobody, and the far one is not called far.
  @Test func aSiteThatIsCutOffServesNobody() throws {
    let workspace = try run(
      Self.tokens + "events: [{at: 6 h, fail: near}]\nclasses: [{name: best-effort}]\n")
    let near = try site("b", at: "9:00", in: workspace)
    try expect(near["tokens_per_s"], near: 0)
    try expect(near["links_down"], near: 2)
    let far = try site("c", at: "9:00", in: workspace)
    try expect(far["tokens_per_s"], near: 5000)
    #expect(try rows(far, "sources").map { $0["nearer"] as? [String] } == [[]])
    let links = try rows(far, "links")
    #expect(Set(links.compactMap { $0["link"] as? String }) == ["far", "far:back"])
  }

  /// A place with pools alone is shown when its first pool is busiest.
  @Test func poolsOfASiteAreShown() throws {
    let workspace = try run(
      """
      scenario: pools
      duration: 10 h
      network: {links: [{name: l, from: a, to: b, capacity: 10 Gbps, delay: 3 ms, two_way: true}]}
      pools:
        list:
          - {name: p1, at: b, accelerator: H800, count: 64}
          - {name: p2, at: b, accelerator: H800, count: 16}
          - {name: p3, at: a, accelerator: H800, count: 16}
      traffic:
        - jobs:
            name: j
            arrivals: {deterministic: 0.5 /h}
            accelerators: {fixed: 40}
            run: {fixed: 90 min}

      """)
    let place = try site("b", in: workspace)
    let pools = try rows(place, "pools")
    #expect(pools.map { $0["pool"] as? String } == ["p1", "p2"])
    #expect(pools.map { ($0["used"] as? NSNumber)?.intValue } == [40, 0])
    #expect((place["accelerators"] as? NSNumber)?.intValue == 80)
    let unknown = try workspace.cpnsim("explain", "out", "site", "nowhere")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("the run has no site 'nowhere'"))
  }
}
