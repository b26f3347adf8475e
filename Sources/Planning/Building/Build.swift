// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
package import Scenario
package import Simulator
internal import Text
internal import Traffic
internal import YAMLReader

/// What is built beside what a scenario has, by name.
package struct Build: Equatable, Sendable {
  /// Channels more, by link.
  package var channels: [String: Int] = [:]
  /// Nodes more, by site of the first traffic of tokens.
  package var nodes: [String: Int] = [:]
  /// Lines more, by link.
  package var lines: [String: Int] = [:]
  /// New fibres, in the order of the plan.
  package var fibres: [String] = []
  /// Accelerators more, by pool.
  package var accelerators: [String: Int] = [:]
  /// Regenerators more, by node.
  package var regenerators: [String: Int] = [:]

  package init() {}
}

/// A scenario of one year, to which something is built.
package struct BuildSite: Sendable {
  package let loaded: LoadedScenario
  /// Links that the file names under `light.links`, and the positions of tokens in its traffic.
  private let namedLinks: Set<String>
  private let tokenPlaces: [Int]
  private let fixedTraffic: [Bool]
  private let moreMachines: MoreMachines
  /// Fibres of the plan that are laid, whose channels are all bought.
  private let laid: Set<String>

  package init(
    _ loaded: LoadedScenario, of file: ScenarioTemplate, _ settings: [String], laid: [String] = []
  ) {
    self.loaded = loaded
    let root = try? JSONValue(reading: UTF8Text(Array(file.json.utf8)))
    let links = root?["light"]?["links"].flatMap(\.elements) ?? []
    namedLinks = Set(links.compactMap { $0["name"]?.string })
    self.laid = Set(laid).subtracting(namedLinks)
    let traffic = root?["traffic"].flatMap(\.elements) ?? []
    tokenPlaces = traffic.indices.filter { traffic[$0]["tokens"] != nil }
    let resolved = try? JSONValue(reading: UTF8Text(Array(loaded.seedlessJSON.utf8)))
    moreMachines = MoreMachines(resolved?["pools"])
    fixedTraffic = tokenPlaces.map { traffic[$0]["tokens"]?["inference_share"] != nil }
  }

  package var model: Model { loaded.model }

  /// How many channels a link may have as it is; of one along a fibre that the plan lays none, whatever
  /// each fibre of the scenario has.
  func installed(_ link: LitLink) -> Int {
    laid.contains(link.name) ? 0 : link.automatic?.most ?? link.channels
  }

  /// How many channels a link is given at least: a fibre that is laid has light in it.
  func least(_ link: LitLink) -> Int {
    guard laid.contains(link.name) else { return 0 }
    return link.automatic == nil ? 1 : max(1, link.channels)
  }

  /// How many lightpaths are lit for the channels of a build: two for each with `1+1`.
  func lightpaths(of build: Build) -> Int {
    model.light.links.reduce(0) { sum, link in
      sum + (build.channels[link.name] ?? 0) * link.protection.lightpathsLit
    }
  }

  // MARK: - As settings

  /// What a build is on the command line: what is set, and what is removed before.
  package func settings(of build: Build, _ plan: BuildPlan) -> (set: [String], unset: [String]) {
    let fibres = plan.fibres.filter { build.fibres.contains($0.name) }.map(\.setting)
    let channels = model.light.links.compactMap { link in
      build.channels[link.name].map { setting(of: link, more: $0) }
    }
    let lines = model.topology.links.compactMap { link -> String? in
      guard let count = build.lines[link.name], let line = plan.lines else { return nil }
      return "network.links\(Setting.element(named: link.name)).capacity="
        + "\(link.capacity.value + Double(count) * line.capacity) bps"
    }
    let nodes = build.nodes.isEmpty ? ([], []) : self.nodes(build)
    return (fibres + channels.joined() + lines + nodes.0 + accelerators(build), nodes.1)
  }

  /// Pools of the file have another count then, built-in ones have so many more.
  func accelerators(_ build: Build) -> [String] {
    let listed = model.computing.pools.compactMap { pool in
      moreMachines.isBuiltIn(pool.name)
        ? nil
        : build.accelerators[pool.name].map {
          "pools.list\(Setting.element(named: pool.name)).count=\(pool.count + $0)"
        }
    }
    return listed + moreMachines.setting(with: build.accelerators)
  }

  private func setting(of link: LitLink, more: Int) -> [String] {
    let count = installed(link) + more
    if namedLinks.contains(link.name) {
      let place = "light.links\(Setting.element(named: link.name))"
      return link.automatic == nil
        ? ["\(place).channels=\(count)"] : ["\(place).automatic.most=\(count)"]
    }
    let ends = [link.ends.source, link.ends.target].map { JSON.quoted(model.topology[$0]) }
    let name = JSON.quoted(link.name)
    var text =
      "light.links[+]={name: \(name), between: [\(ends.joined(separator: ", "))], route: [\(name)]"
    text += ", channels: \(link.automatic == nil ? count : link.channels)"
    if link.rate > .zero { text += ", rate: \(link.rate.value) bps" }
    if link.protection != .none { text += ", protection: \(link.protection.rawValue)" }
    if let rule = link.automatic {
      text += ", automatic: {above: \(rule.above * 100) %, below: \(rule.below * 100) %, "
      text += "most: \(count), least: \(rule.least), every: \(rule.every.seconds) s}"
    }
    return [text + "}"]
  }

  private func nodes(_ build: Build) -> ([String], [String]) {
    var set: [String] = []
    var unset: [String] = []
    for (index, place) in tokenPlaces.enumerated().prefix(1) {
      let sites = model.tokens[index].sites.map { site in
        "\(JSON.quoted(site.node)): "
          + speed(site, more: build.nodes[site.node] ?? 0, fill: model.tokens[index].fill)
      }
      set.append("traffic[\(place)].tokens.to={\(sites.joined(separator: ", "))}")
      if fixedTraffic[index] { unset.append("traffic[\(place)].tokens.inference_share") }
    }
    return (set, unset)
  }

  /// As the file has it: the part of its time that a site is not given work for is taken off again as
  /// that is read.
  private func speed(_ site: TokenSite, more: Int, fill: Double) -> String {
    guard let speed = (site.speed.map { ($0 * (1 / fill)).with(nodes: Double(more)) }) else {
      return "unlimited"
    }
    return "{in: \(speed.input) tokens/s, out: \(speed.output) tokens/s}"
  }

  // MARK: - As a model

  /// The model with more nodes, in which links may light what a plan allows.
  package func planned(_ build: Build, _ plan: BuildPlan) -> Model {
    var model = model
    for traffic in model.tokens.indices.prefix(1) {
      for site in model.tokens[traffic].sites.indices {
        let more = build.nodes[model.tokens[traffic].sites[site].node] ?? 0
        let speed = model.tokens[traffic].sites[site].speed
        let nodes = Double(more) * model.tokens[traffic].fill
        model.tokens[traffic].sites[site].speed = speed?.with(nodes: nodes)
      }
    }
    for index in model.light.links.indices {
      let link = model.light.links[index]
      let most = max(installed(link), plan.channels?.most ?? 0)
      if laid.contains(link.name) { model.light.links[index].channels = 0 }
      model.light.links[index].automatic = AutomaticRule(
        above: plan.fill, below: 0, most: most, least: model.light.links[index].channels,
        every: link.automatic?.every ?? .zero)
    }
    return model
  }
}

extension TokenTraffic {
  /// The part of their time that its sites are given work for.
  fileprivate var fill: Double { engines?.fill ?? 1 }
}

extension TokenSpeed {
  fileprivate func with(nodes: Double) -> TokenSpeed {
    let more = TokenSpeed.nodes(nodes)
    return TokenSpeed(input: input + more.input, output: output + more.output)
  }
}

extension JSONValue {
  var elements: [JSONValue]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  var string: String? {
    if case .string(let text) = content { text } else { nil }
  }
}
