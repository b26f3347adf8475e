// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Scenario
internal import Simulator
internal import Text
internal import Traffic
internal import YAMLReader

/// Checks that what a plan names is there in its scenario.
struct PlanNames {
  private let section: PlanSection
  private let site: LoadedScenario
  private(set) var problems: Problems

  init(_ section: PlanSection, _ site: LoadedScenario, _ problems: Problems) {
    self.section = section
    self.site = site
    self.problems = problems
  }

  mutating func check() {
    let model = site.model
    for level in section.levels {
      check(level.className, model.classes.map(\.name), "class")
      check(level.service, services, "service")
    }
    let sites = model.tokens.first?.sites.map(\.node) ?? []
    for name in section.build.nodes?.sites ?? [] { check(name, sites, "site of tokens") }
    if let accelerators = section.build.accelerators {
      let pools = model.computing.pools.map(\.name)
      for name in accelerators.pools { check(name, pools, "pool with accelerators") }
    }
    if let regenerators = section.build.regenerators { check(regenerators) }
    checkEnds()
    if section.routes.value == .free, freeDemands == 0 {
      problems.add(
        found: "free routes, and no demand that goes from one place to another and names no path",
        expected: "one at least", at: section.routes.place, path: section.routes.path)
    }
  }

  /// A new fibre leads to nodes of the scenario, or to one where another new fibre goes on.
  private mutating func checkEnds() {
    let ends = section.build.fibres.flatMap(\.between)
    let nodes = site.model.topology.nodes
    for end in ends where !nodes.contains(site.model.places[end.value] ?? end.value) {
      guard ends.count(where: { $0.value == end.value }) == 1 else { continue }
      check(end, nodes, "node of the scenario, or another new fibre that goes on from there")
    }
  }

  /// Nobody counts regenerators where nodes have as many as it takes, or each converts channels.
  private mutating func check(_ regenerators: RegeneratorsSection) {
    let light = site.model.light
    let found: String? =
      light.plant.fibres.isEmpty
      ? "regenerators without fibres"
      : light.allowsRegeneration && light.regeneratorStock.isEmpty || light.allowsConversion
        ? "regenerators where the scenario has `regeneration` without counts, or `conversion`" : nil
    if let found {
      problems.add(
        found: found, expected: "fibres on which light does not reach everywhere",
        at: regenerators.origin.place, path: regenerators.origin.path)
    }
    for name in regenerators.sites ?? [] { check(name, light.sites(site.model.topology), "node") }
  }

  private mutating func check(_ name: Written<String>?, _ known: [String], _ what: String) {
    guard let name, !known.contains(name.value) else { return }
    let near = nearestName(to: name.value, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    let list =
      known.isEmpty ? "there is none" : "there are \(known.prefix(12).joined(separator: ", "))"
    problems.add(
      "found \(Node.quoted(name.value)), expected a \(what): \(list)\(near)", at: name.place,
      path: name.path)
  }

  /// Services of tokens, sources of them, and services of inference.
  private var services: [String] {
    site.model.tokens.flatMap { [$0.name] + $0.services.map(\.name) }
      + site.model.serving.services.map(\.name)
  }

  private var freeDemands: Int {
    let traffic = root?["traffic"].flatMap(\.elements) ?? []
    return traffic.count { $0["demand"]?["from"] != nil }
  }

  private var root: JSONValue? {
    try? JSONValue(reading: UTF8Text(Array(site.seedlessJSON.utf8)))
  }
}
