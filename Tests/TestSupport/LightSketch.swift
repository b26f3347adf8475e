// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Light
public import NetworkModel
public import Simulator
public import Traffic

/// A model of light written down fibre by fibre, with the links that are lit in it.
public struct LightSketch {
  public var light = LightModel()
  public private(set) var topology = Topology()
  public var classes: [TrafficClass] = [.standard]
  public private(set) var flows: [ListedFlow] = []
  public private(set) var routes: [Route] = []
  public var duration: SimDuration?
  public var seed: UInt64 = 1
  public var outputs = Outputs(kinds: [.flows])

  public init() {
    light.delayPerHop = .zero
  }

  /// The node of a name, which is added where it is new.
  public mutating func node(_ name: String) -> NodeID {
    topology.nodes.firstIndex(of: name).map { NodeID(index: $0) } ?? topology.addNode(name)
  }

  @discardableResult
  public mutating func fibre(
    _ name: String, _ from: String, _ to: String, km: Double = 80, line: LineDesign = .standard
  ) -> FibreID {
    light.plant.add(
      Fibre(
        name: name, first: node(from), second: node(to), length: Kilometres(km), line: line))
  }

  /// Adds a two-way link made of light, and gives its position among those.
  @discardableResult
  public mutating func link(
    _ name: String, _ from: String, _ to: String, channels: Int, rate: Double = 0,
    protection: Protection = .none, ring: Int? = nil, automatic: AutomaticRule? = nil,
    isOnDemand: Bool = false
  ) -> Int {
    let ends = Link.Ends(source: node(from), target: node(to))
    let forward = topology.addLink(
      Link(name: name, ends: ends, capacity: .zero, delay: .zero), isTwoWay: true)
    light.links.append(
      LitLink(
        name: name, forward: forward, back: topology[forward].reverse ?? forward, ends: ends,
        channels: channels, rate: BitsPerSecond(rate), protection: protection, ring: ring,
        automatic: automatic, isOnDemand: isOnDemand))
    return light.links.count - 1
  }

  /// Adds a flow over lit links by their positions, each in its direction as written.
  public mutating func flow(
    _ name: String, at nanoseconds: Int64, bytes: Double, over links: [Int], class: Int = 0
  ) {
    let ids = links.map { light.links[$0].forward }
    let route = Route(
      source: ids.first.flatMap { topology[$0].ends?.source },
      target: ids.last.flatMap { topology[$0].ends?.target }, links: ids)
    let position = routes.firstIndex(of: route) ?? routes.count
    if position == routes.count { routes.append(route) }
    flows.append(
      ListedFlow(
        name: name, start: SimTime(nanoseconds: nanoseconds), bytes: Bytes(bytes),
        route: position, trafficClass: `class`))
  }

  /// Adds requests that are written down, each from a node to another by their names.
  public mutating func request(
    _ name: String, at nanoseconds: Int64, _ from: String, _ to: String, rate: Double,
    hold: Int64? = nil, protection: Protection = .none
  ) {
    light.requests.append(
      .listed([
        ListedRequest(
          name: name, start: SimTime(nanoseconds: nanoseconds), source: node(from),
          target: node(to), rate: BitsPerSecond(rate),
          hold: hold.map { SimDuration(nanoseconds: $0) }, protection: protection)
      ]))
  }

  public mutating func fault(_ kind: FibreFault.Kind, at nanoseconds: Int64) {
    light.faults.append(FibreFault(time: SimTime(nanoseconds: nanoseconds), kind: kind))
  }

  /// The model, with as many channels of each link lit as there is room for.
  public var model: Model {
    var light = light
    light.faults = light.faults.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    var lit = LightNetwork(light, siteCount: topology.nodes.count, seed: seed)
    var topology = topology
    for (index, link) in light.links.enumerated() {
      _ = lit.lightAtStart(link: index)
      for direction in [link.forward, link.back] {
        topology.setLink(
          direction, capacity: lit.nominalCapacity(ofLink: index),
          delay: lit.delay(ofLink: index) ?? .zero)
      }
    }
    let inOrder = flows.enumerated()
      .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
    return Model(
      name: "sketch", duration: duration, seed: seed, topology: topology, classes: classes,
      routes: routes, traffic: inOrder.isEmpty ? [] : [.listed(inOrder)], light: light, lit: lit,
      outputs: outputs)
  }
}
