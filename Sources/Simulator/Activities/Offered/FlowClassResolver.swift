// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel
internal import Traces
internal import Traffic

/// Turns what a trace says of a flow's way into a flow class.
struct FlowClassResolver {
  private var paths: PathResolver
  private let classNames: [String: Int]
  private let classes: [TrafficClass]
  private let topology: Topology
  private let fibres: Set<String>

  init(
    topology: Topology, classes: [TrafficClass], places: PlaceNames = .none,
    fibres: Set<String> = []
  ) {
    self.fibres = fibres
    paths = PathResolver(topology, places: places)
    self.classes = classes
    self.topology = topology
    classNames = Dictionary(
      classes.enumerated().filter { !$1.isTier }.map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func resolve(
    _ request: RouteRequest, standardClass: Int
  ) throws(RouteProblem) -> (route: Route, trafficClass: Int) {
    var trafficClass = standardClass
    if !request.className.isEmpty {
      guard let named = classNames[request.className] else {
        throw .unknownClass(request.className)
      }
      trafficClass = named
    }
    let route = try route(of: request)
    let terms = classes[trafficClass]
    if let problem = LosslessPromise.problem(of: terms, on: route, in: topology) {
      throw .brokenPath("class \"\(terms.name)\" is lossless, but \(problem)")
    }
    return (route, trafficClass)
  }

  /// The route of least delay; nil where there is none.
  mutating func route(from source: NodeID, to target: NodeID) -> Route? {
    paths.route(from: source, to: target)
  }

  private mutating func route(of request: RouteRequest) throws(RouteProblem) -> Route {
    let source = try node(request.source)
    let target = try node(request.target)
    if !request.path.isEmpty {
      do throws(RouteError) {
        var route = try paths.route(names: request.path, source: source, target: target)
        route.isPinned = true
        return route
      } catch .unknownLink(let name) {
        throw fibres.contains(name) ? .darkFibre(name) : .unknownLink(name)
      } catch {
        throw .brokenPath(error.description)
      }
    }
    guard let source, let target, let route = paths.route(from: source, to: target) else {
      throw .unreachable(source: request.source, target: request.target)
    }
    return route
  }

  private func node(_ name: String) throws(RouteProblem) -> NodeID? {
    guard !name.isEmpty else { return nil }
    guard let node = paths.node(named: name) else { throw .unknownNode(name) }
    return node
  }
}
