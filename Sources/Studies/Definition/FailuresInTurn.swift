// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Scenario
internal import Simulator
internal import YAMLReader

/// The things of a scenario that can fail, each with the events that let it fail.
///
/// What there is to fail is taken from the first scenario, with what is set for all runs.
struct FailuresInTurn {
  private let scenarios: [StudyScenario]
  private let settings: [Setting]

  init(_ scenarios: [StudyScenario], _ settings: [Setting]) {
    self.scenarios = scenarios
    self.settings = settings
  }

  func events(
    _ fail: FailSection, problems: inout Problems
  ) -> [(name: String, events: [Node])] {
    guard let first = scenarios.first else { return [] }
    do throws(ScenarioErrors) {
      let model = try first.template.load(settings, needsTraffic: false).model
      return model.failures(of: fail.each).map { name, things in
        (name, things.map { event($0, fail) })
      }
    } catch {
      problems.add(
        "what can fail is not known, as the scenario is in error: \(error.description)",
        at: fail.origin.place, path: fail.origin.path)
      return []
    }
  }

  private func event(_ thing: (key: String, name: String), _ fail: FailSection) -> Node {
    let lasting = fail.duration.map { [("for", $0.node)] } ?? []
    return .mapping([("at", fail.at.node), (thing.key, .text(thing.name))] + lasting)
  }
}

extension Model {
  /// Each thing of a kind, and the parts of the network that are down with it.
  fileprivate func failures(
    of kind: FailSection.Kind
  ) -> [(name: String, things: [(key: String, name: String)])] {
    switch kind {
    case .fibre: light.plant.fibres.map { ($0.name, [("cut", $0.name)]) }
    case .pool:
      computing.pools.filter { $0.count > 0 }.map { ($0.name, [("fail_pool", $0.name)]) }
    case .link: ownLinks.map { ($0.name, [("fail", $0.name)]) }
    case .site:
      topology.nodes.indices.compactMap { index in
        let things = thingsAt(node: index)
        return things.isEmpty ? nil : (topology.nodes[index], things)
      }
    }
  }

  /// The fibres and links that end at a node.
  private func thingsAt(node: Int) -> [(key: String, name: String)] {
    let fibres = light.plant.fibres.filter {
      Int($0.first.index) == node || Int($0.second.index) == node
    }
    let links = ownLinks.filter { link in
      link.ends.map { Int($0.source.index) == node || Int($0.target.index) == node } ?? false
    }
    return fibres.map { ("cut", $0.name) } + links.map { ("fail", $0.name) }
  }

  /// The links that are not made of light, each two-way one once; light goes with its fibres.
  private var ownLinks: [Link] {
    let lit = Set(light.links.flatMap { [$0.forward.index, $0.back.index] })
    return topology.links.enumerated().compactMap { index, link in
      let isSecond = link.reverse.map { $0.index < index } ?? false
      return isSecond || lit.contains(Int32(index)) ? nil : link
    }
  }
}
