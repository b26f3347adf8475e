// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results
internal import Session
internal import Simulator
internal import Text
internal import YAMLReader

/// What `show paths` prints.
struct PathListing {
  private let model: Model
  private var resolver: PathResolver

  init(_ model: Model) {
    self.model = model
    resolver = PathResolver(model.topology, places: model.places)
  }

  /// The paths between the given nodes, or those of the flows where none is given.
  mutating func listing(from: String?, to: String?) throws -> Listing {
    var listing = Listing([
      .init("from"), .init("to"), .init("delay", "delay_s"), .init("hops"),
      .init("narrowest", "narrowest_bps"), .init("path"),
    ])
    let routes = from == nil && to == nil ? try taken() : try found(from: from, to: to)
    for route in routes { listing.append(cells(of: route)) }
    return listing
  }

  /// The routes of the scenario's flows, each once.
  private func taken() throws -> [Route] {
    let surveys = try TraceSurveys(of: model)
    var known: Set<Route> = []
    return (model.routes + model.routesBetweenDrawnEnds() + surveys.all.flatMap(\.survey.routes))
      .filter {
        known.insert($0).inserted
      }
  }

  private mutating func found(from: String?, to: String?) throws(UsageError) -> [Route] {
    let all = model.topology.nodes.indices.map(NodeID.init(index:))
    let sources = try from.map { name throws(UsageError) in [try model.node(name)] } ?? all
    let targets = try to.map { name throws(UsageError) in [try model.node(name)] } ?? all
    var routes: [Route] = []
    for source in sources {
      for target in targets where source != target {
        if let route = resolver.route(from: source, to: target) { routes.append(route) }
      }
    }
    if routes.isEmpty {
      throw .other("no path leads from \(from ?? "any other node") to \(to ?? "any other node")")
    }
    return routes
  }

  private func cells(of route: Route) -> [Cell] {
    let topology = model.topology
    let links = route.links.map { topology[$0] }
    let delay = links.reduce(SimDuration.zero) { $0 + $1.delay }
    return [
      route.source.map { .text(topology[$0]) } ?? .absent,
      route.target.map { .text(topology[$0]) } ?? .absent, .duration(delay), .count(links.count),
      .rate(links.map(\.capacity.value).min() ?? .nan), .names(links.map(\.name)),
    ]
  }
}

extension Model {
  /// The node of a name that a user gave.
  func node(_ name: String) throws(UsageError) -> NodeID {
    let nodes = topology.nodes
    if let index = nodes.firstIndex(of: name) ?? places[name].flatMap(nodes.firstIndex) {
      return NodeID(index: index)
    }
    if name.count > 2, let near = nearestName(to: name, among: nodes + places.all) {
      throw .other("the network has no node '\(name)'; did you mean '\(near)'?")
    }
    let mostListed = 20
    let known = nodes.prefix(mostListed) + (nodes.count > mostListed ? ["…"] : [])
    throw .other("the network has no node '\(name)': it has \(known.joined(separator: ", "))")
  }
}
