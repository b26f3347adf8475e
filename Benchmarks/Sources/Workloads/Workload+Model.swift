// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
public import Simulator
internal import Traffic

extension Workload {
  /// The links as a network of links that stand alone.
  private var topology: Topology {
    var topology = Topology()
    for (index, capacity) in capacities.enumerated() {
      topology.addLink(
        Link(name: "l\(index)", ends: nil, capacity: BitsPerSecond(capacity), delay: .zero))
    }
    return topology
  }

  /// The model of this workload with its flows in memory.
  public var listedModel: Model {
    let routes = paths.map { path in
      Route(source: nil, target: nil, links: path.map { LinkID(index: $0) })
    }
    let listed = flows.enumerated().map { index, flow in
      ListedFlow(
        name: String(index), start: flow.arrival, bytes: Bytes(flow.bytes), route: flow.path,
        trafficClass: 0)
    }
    return Model(name: name, topology: topology, routes: routes, traffic: [.listed(listed)])
  }

  /// The model of this workload with its flows in a trace.
  public func model(trace: String) -> Model {
    Model(
      name: name, topology: topology,
      traffic: [.trace(TraceSource(file: trace, trafficClass: 0))])
  }
}
