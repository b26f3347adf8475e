// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic
internal import YAMLReader

/// A node that flows begin or end at, and its weight.
struct WeightedEnd {
  var node: Written<Name>
  var weight: Double
  /// The node that the scenario names, which is another where this is a data centre of it.
  var place: NodeID
}

/// The data centres of each cluster, where traffic ends at them; empty where it ends at gateways.
struct ClusterMap {
  private var dataCentres: [String: [String]] = [:]

  init() {}

  init(_ network: NationalNetwork) {
    for centre in network.dataCentres {
      if let cluster = centre.cluster { dataCentres[cluster, default: []].append(centre.name) }
    }
  }

  var isEmpty: Bool { dataCentres.isEmpty }

  /// The data centres of a cluster; nil for a node that is none.
  subscript(node: String) -> [String]? { dataCentres[node] }
}

extension Checker {
  /// What stands for clusters; nil where the network has none, which is reported.
  mutating func clusterMap(_ endsAt: Written<ClusterEnds>?) -> ClusterMap? {
    guard let endsAt, endsAt.value == .dataCentres else { return ClusterMap() }
    guard isNational(endsAt, ClusterEnds.dataCentres.rawValue) else { return nil }
    return ClusterMap(NationalNetwork())
  }

  /// The ends that a key names, with the weights that it gives or that are built in.
  mutating func ends(
    _ shares: Written<PlaceShares>, _ clusters: ClusterMap
  ) -> [WeightedEnd]? {
    func entry(_ node: String, _ weight: Double) -> NodeWeights.Entry {
      NodeWeights.Entry(
        node: Written(Name(node), place: shares.place, path: shares.path),
        weight: Positive(weight))
    }
    switch shares.value {
    case .nodes(let nodes): return ends(nodes.entries, clusters)
    case .provinces:
      guard isNational(shares, "provinces") else { return nil }
      return ends(
        NationalNetwork().provinces.map { entry($0.capital, $0.demandWeight) }, clusters)
    case .clusters:
      guard isNational(shares, "clusters") else { return nil }
      return ends(
        NationalNetwork().clusters.map { entry($0.id, $0.intelligentCapacity_EFLOPS) }, clusters)
    }
  }

  /// The nodes with their weights, and for a cluster its data centres with the same part each.
  ///
  /// A node that is unknown is reported once, not once for each of its pairs.
  mutating func ends(
    _ entries: [NodeWeights.Entry], _ clusters: ClusterMap
  ) -> [WeightedEnd]? {
    let places = entries.map { node($0.node) }
    guard places.allSatisfy({ $0 != nil }), isNetworkSound else { return nil }
    var ends: [WeightedEnd] = []
    for (entry, place) in zip(entries, places) {
      guard let place else { continue }
      for name in names(for: entry.node, at: place, clusters) {
        ends.append(
          WeightedEnd(node: name.node, weight: entry.weight.value * name.part, place: place))
      }
    }
    return ends
  }

  /// What stands for a node, and with which part of its weight each.
  func names(
    for node: Written<Name>, at place: NodeID, _ clusters: ClusterMap
  ) -> [(node: Written<Name>, part: Double)] {
    guard let centres = clusters[resolver.topology[place]] else { return [(node, 1)] }
    return centres.map {
      (Written(Name($0), place: node.place, path: node.path), 1 / Double(centres.count))
    }
  }

  /// Every pair of one of each, with the product of their weights; none of a place with itself.
  mutating func product(
    of sources: [WeightedEnd], and targets: [WeightedEnd], at origin: Origin
  ) -> [Generator.WeightedRoute]? {
    var shares: [Generator.WeightedRoute] = []
    var isComplete = true
    for source in sources {
      for target in targets where target.place != source.place {
        guard let route = route(from: source.node, to: target.node) else {
          // One pair of each node is enough to show what is cut off.
          isComplete = false
          break
        }
        shares.append(.init(route: route, weight: source.weight * target.weight))
      }
    }
    if isComplete, shares.isEmpty {
      report("found no two different places, expected flows from one to another", at: origin)
      return nil
    }
    return isComplete ? shares : nil
  }

  /// Reports an `ends_at` that changes nothing, since no end is a cluster.
  mutating func checkUse(
    of endsAt: Written<ClusterEnds>?, _ ways: CheckedWays, _ clusters: ClusterMap
  ) {
    guard let endsAt, !clusters.isEmpty else { return }
    let centres = Set(NationalNetwork().dataCentres.map(\.name))
    let topology = resolver.topology
    let isUsed = nodes(of: ways).contains { centres.contains(topology[$0]) }
    if !isUsed {
      report("found data-centres, but no end is a cluster of the built-in network", at: endsAt)
    }
  }

  private func nodes(of ways: CheckedWays) -> [NodeID] {
    switch ways {
    case .routes(let shares):
      shares.flatMap { [routes.all[$0.route].source, routes.all[$0.route].target] }
        .compactMap(\.self)
    case .ends(let ends): (ends.sources + ends.targets).map(\.node)
    }
  }

  mutating func isNational<Value>(_ written: Written<Value>, _ word: String) -> Bool {
    if scenario.network.use == .national { return true }
    report(
      "found \(word), which are those of the built-in network, expected network: {use: national}, "
        + "or nodes", at: written)
    return false
  }
}
