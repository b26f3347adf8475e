// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic
internal import YAMLReader

// Where requests for tokens come from, where they are served, and the routes between.

extension Checker {
  mutating func sites(of section: TokensSection) -> [TokenSite] {
    guard case .nodes(let entries) = section.to.value else {
      guard isNational(section.to, "clusters") else { return [] }
      return NationalNetwork().clusters.map { cluster in
        TokenSite(
          node: cluster.id,
          speed: section.inferenceShare.map {
            .nodes(ofEFLOPS: cluster.intelligentCapacity_EFLOPS * $0.value.share)
          })
      }
    }
    let known = entries.filter { node($0.node) != nil }
    return known.count < entries.count
      ? [] : known.map { TokenSite(node: $0.node.value.text, speed: $0.speed.speed) }
  }

  mutating func sources(of section: TokensSection, sites: [TokenSite]) -> [TokenSource] {
    guard let clusters = clusterMap(section.endsAt), isNetworkSound else { return [] }
    let targets = sites.map {
      Written(Name($0.node), place: section.to.place, path: section.to.path)
    }
    let nodes = targets.map { target -> [Written<Name>] in
      guard let place = node(target) else { return [target] }
      return names(for: target, at: place, clusters).map(\.node)
    }
    if let endsAt = section.endsAt, !clusters.isEmpty, nodes.allSatisfy({ $0.count == 1 }) {
      report("found data-centres, but no site is a cluster of the built-in network", at: endsAt)
    }
    var sources: [TokenSource] = []
    for (origin, weight) in origins(of: section) {
      guard let routes = routes(from: origin, to: nodes) else { return [] }
      sources.append(TokenSource(node: origin.value.text, weight: weight, routes: routes))
    }
    return sources
  }

  private mutating func origins(
    of section: TokensSection
  ) -> [(node: Written<Name>, weight: Double)] {
    switch section.from.value {
    case .provinces:
      guard isNational(section.from, "provinces") else { return [] }
      return NationalNetwork().provinces.map { province in
        (
          Written(Name(province.capital), place: section.from.place, path: section.from.path),
          province.demandWeight
        )
      }
    case .nodes(let entries):
      // A node that is unknown is reported once, not once for each site.
      guard entries.map({ node($0.node) != nil }).allSatisfy(\.self) else { return [] }
      return entries.map { ($0.node, $0.weight.value) }
    }
  }

  /// The routes from a source to the nodes of all sites; nil where one can't be reached, which is
  /// reported.
  private mutating func routes(
    from source: Written<Name>, to sites: [[Written<Name>]]
  ) -> [[RoutePair]]? {
    var routes: [[RoutePair]] = []
    for nodes in sites {
      guard !nodes.contains(where: { $0.value == source.value }) else {
        routes.append([])
        continue
      }
      var some: [RoutePair] = []
      for node in nodes {
        guard let up = route(from: source, to: node), let down = route(from: node, to: source)
        else { return nil }
        some.append(
          RoutePair(to: node.value.text, up: up, down: down))
      }
      routes.append(some)
    }
    return routes
  }
}
