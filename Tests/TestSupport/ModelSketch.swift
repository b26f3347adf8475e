// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel
public import Simulator
public import Traffic

/// A model written down link by link and flow by flow.
///
/// Links have no ends, and flows name the links they cross: nothing stands between what a test
/// says and what is simulated.
public struct ModelSketch {
  public private(set) var topology = Topology()
  public var classes: [TrafficClass] = [.standard]
  public private(set) var flows: [ListedFlow] = []
  public private(set) var routes: [Route] = []
  public private(set) var changes: [LinkChange] = []
  public private(set) var generators: [Generator] = []
  public var duration: SimDuration?
  public var seed: UInt64 = 1
  public var outputs = Outputs(kinds: [.flows])

  public init() {}

  /// Adds a link with a capacity in bits per second and a delay in nanoseconds.
  @discardableResult
  public mutating func link(_ name: String, _ capacity: Double, delay: Int64 = 0) -> Int {
    topology.addLink(
      Link(
        name: name, ends: nil, capacity: BitsPerSecond(capacity),
        delay: SimDuration(nanoseconds: delay)))
    return topology.links.count - 1
  }

  /// Adds a link from one node to another, both by name.
  @discardableResult
  public mutating func join(
    _ from: String, _ to: String, _ capacity: Double, delay: Int64 = 0
  ) -> Int {
    let ends = Link.Ends(source: node(from), target: node(to))
    topology.addLink(
      Link(
        name: "\(from)-\(to)", ends: ends, capacity: BitsPerSecond(capacity),
        delay: SimDuration(nanoseconds: delay)))
    return topology.links.count - 1
  }

  private mutating func node(_ name: String) -> NodeID {
    topology.nodes.firstIndex(of: name).map { NodeID(index: $0) } ?? topology.addNode(name)
  }

  /// Adds a flow that arrives at a nanosecond and crosses links by their position.
  public mutating func flow(
    _ name: String, at nanoseconds: Int64, bytes: Double, over links: [Int], class: Int = 0
  ) {
    flows.append(
      ListedFlow(
        name: name, start: SimTime(nanoseconds: nanoseconds), bytes: Bytes(bytes),
        route: route(over: links), trafficClass: `class`))
  }

  /// Adds a route over links by their position, and returns its own.
  public mutating func route(over links: [Int]) -> Int {
    let ends = links.compactMap { topology.links[$0].ends }
    let route = Route(
      source: ends.first?.source, target: ends.last?.target,
      links: links.map { LinkID(index: $0) })
    if let known = routes.firstIndex(of: route) { return known }
    routes.append(route)
    return routes.count - 1
  }

  public mutating func generator(_ generator: Generator) {
    generators.append(generator)
  }

  public mutating func change(_ link: Int, at nanoseconds: Int64, _ kind: LinkChange.Kind) {
    changes.append(
      LinkChange(
        time: SimTime(nanoseconds: nanoseconds), links: [LinkID(index: link)], kind: kind))
  }

  /// The model: flows and changes in order of time, those of one instant as they were written.
  public var model: Model {
    let inOrder = flows.enumerated()
      .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
    let changesInOrder = changes.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    return Model(
      name: "sketch", duration: duration, seed: seed, topology: topology, classes: classes,
      routes: routes,
      traffic: (inOrder.isEmpty ? [] : [.listed(inOrder)]) + generators.map { .generated($0) },
      changes: changesInOrder, outputs: outputs)
  }
}
