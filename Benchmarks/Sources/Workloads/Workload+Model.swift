// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import NetworkModel
public import Simulator
public import Traffic

extension Workload {
  /// The links as a network of links that stand alone.
  private func topology(delay: SimDuration = .zero) -> Topology {
    var topology = Topology()
    for (index, capacity) in capacities.enumerated() {
      topology.addLink(
        Link(name: "l\(index)", ends: nil, capacity: BitsPerSecond(capacity), delay: delay))
    }
    return topology
  }

  /// The model of this workload with its flows in memory.
  public var listedModel: Model {
    Model(name: name, topology: topology(), routes: routes, traffic: [listed])
  }

  /// The same over links with a delay each, by a transport.
  public func model(of transport: Transport, delay: SimDuration) -> Model {
    Model(
      name: name, topology: topology(delay: delay),
      classes: [TrafficClass(name: "default", transport: transport)], routes: routes,
      traffic: [listed], loss: LossModel(isOn: transport.kind != .ideal))
  }

  /// The model of this workload with its flows in a trace.
  public func model(trace: String) -> Model {
    Model(
      name: name, topology: topology(),
      traffic: [.trace(TraceSource(file: trace, trafficClass: 0))])
  }

  private var routes: [Route] {
    paths.map { path in
      Route(source: nil, target: nil, links: path.map { LinkID(index: $0) })
    }
  }

  private var listed: TrafficSource {
    .listed(
      flows.enumerated().map { index, flow in
        ListedFlow(
          name: String(index), start: flow.arrival, bytes: Bytes(flow.bytes), route: flow.path,
          trafficClass: 0)
      })
  }
}
