// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// `outputs: [{links: {by: class, only: backbone}}]`: rows of links.csv by class, and of which links.
@Suite struct LinkClassTests {
  /// Flows of two classes and a demand of a third over two links, of which one is local.
  private static let scenario = """
    scenario: classes
    duration: 10 min
    sample_every: 1 min
    network:
      links:
        - {name: ab, from: a, to: b, capacity: 10 Gbps, delay: 1 ms}
        - {name: bc, from: b, to: c, capacity: 10 Gbps, delay: 1 ms, kind: local}
    classes: [{name: bulk}, {name: web}, {name: film, on_failure: wait}]
    traffic:
      - {class: film, demand: {name: film, from: a, to: c, rate: 2 Gbps}}
      - generate: {name: x, from: a, to: c, arrivals: {poisson: 3 /s}, sizes: {exponential: 100 MB}}
        class: bulk
      - generate: {name: y, from: b, to: c, arrivals: {poisson: 2 /s}, sizes: {exponential: 50 MB}}
        class: web
      - {class: web, demand: {name: late, from: a, to: b, rate: 500 Mbps, start: 5 min}}
    events: [{at: 3 min, fail: bc}, {at: 4 min, repair: bc}]
    outputs: OUTPUTS

    """

  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func rows(_ outputs: String, out: String = "out") throws -> [[String: String]] {
    try workspace.write(Self.scenario.replacing("OUTPUTS", with: outputs), to: "s.yaml")
    let outcome = try workspace.cpnsim("run", "s.yaml", "--out", out, "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try workspace.rows(of: "\(out)/links.csv")
  }

  private func rate(_ row: [String: String]) -> Double { Double(row["rate_bps"] ?? "") ?? .nan }

  @Test func classesAddUpToWhatTheLinkCarried() throws {
    let rows = try rows("[summary, {links: {by: class}}]")
    var sums: [String: Double] = [:]
    var totals: [String: Double] = [:]
    var seen: Set<String> = []
    for row in rows {
      let key = "\(row["link"] ?? "") \(row["time_s"] ?? "")"
      let name = row["class"] ?? "?"
      seen.insert("\(row["link"] ?? "") \(name)")
      if name.isEmpty { totals[key] = rate(row) } else { sums[key, default: 0] += rate(row) }
    }
    #expect(totals.count == 20)
    for (key, total) in totals {
      #expect(abs((sums[key] ?? 0) - total) <= 1e-6 * max(1, total), "\(key)")
    }
    #expect(
      seen == ["ab ", "ab bulk", "ab film", "ab web", "bc ", "bc bulk", "bc film", "bc web"])
    // The demand alone: 2 Gbps less what the queue loses.
    let film = rows.filter { $0["class"] == "film" && $0["link"] == "ab" }
    #expect(film.allSatisfy { abs(rate($0) - 2e9) < 1e7 }, "\(film)")
  }

  @Test func onlySomeLinksAreToldOf() throws {
    let backbone = try rows("[{links: {by: class, only: backbone}}]")
    #expect(Set(backbone.compactMap { $0["link"] }) == ["ab"])
    let both = try rows("[{links: {only: [backbone, local]}}]", out: "both")
    #expect(Set(both.compactMap { $0["link"] }) == ["ab", "bc"])
    #expect(both.allSatisfy { $0["class"] == "" })
  }

  /// Nothing else of the run changes, and what the manifest keeps can be run again.
  @Test func theRunIsTheSame() throws {
    _ = try rows("[summary, links]", out: "plain")
    _ = try rows("[summary, {links: {by: class, only: local}}]", out: "classes")
    #expect(
      try workspace.text(of: "plain/summary.csv") == workspace.text(of: "classes/summary.csv"))
    let again = try workspace.cpnsim("explain", "classes", "link", "ab")
    #expect(again.code == 0, "\(again.errors)")
  }

  @Test(arguments: [
    ("[{links: {by: pair}}]", "outputs[0].links.by: unknown word \"pair\""),
    ("[{links: {only: bone}}]", "outputs[0].links.only: unknown word \"bone\""),
    ("[{flows: {by: class}}]", "outputs[0]: found a mapping, expected a word, or {links: "),
    ("[links, {links: {by: class}}]", "outputs: found an output twice, expected each once"),
  ])
  func mistakesAreNamed(outputs: String, message: String) throws {
    try workspace.write(Self.scenario.replacing("OUTPUTS", with: outputs), to: "s.yaml")
    let outcome = try workspace.cpnsim("validate", "s.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
