// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// Who is on a link, read off flows and demands as they stand.

/// Those who cross a link together: of one kind, between the same ends, for the same reason.
struct LinkUserKey: Hashable {
  enum Kind: Hashable {
    /// Flows of a generator, of elastic entries or of jobs, by its position among the names.
    case source(Int)
    /// Flows with names of their own: listed, or of a trace.
    case named
    case transfers
    case training
    case demand(DemandID)
  }

  var kind: Kind
  var trafficClass: Int
  var from: NodeID?
  var to: NodeID?
  /// The link that is down for which they are on a detour; -1 where they are on their own route.
  var around: Int
}

extension Dictionary where Key == LinkUserKey {
  /// In a fixed order, which a dictionary does not have: sums are the same each time.
  var inOrder: [(key: LinkUserKey, value: Value)] { sorted { $0.key.order < $1.key.order } }
}

extension LinkUserKey {
  fileprivate var order: (Int, Int, Int, Int32, Int32, Int) {
    let (form, position) = kind.order
    return (form, position, trafficClass, from?.index ?? -1, to?.index ?? -1, around)
  }
}

extension LinkUserKey.Kind {
  fileprivate var order: (Int, Int) {
    switch self {
    case .source(let source): (0, source)
    case .named: (1, 0)
    case .transfers: (2, 0)
    case .training: (3, 0)
    case .demand(let demand): (4, demand.index)
    }
  }
}

/// What somebody sends over a link now, in bit/s, in so many flows.
struct LinkLoad {
  var key: LinkUserKey
  var rate = 0.0
  /// What its flows might send at most.
  var ceiling = 0.0
  var flows = 0
}

extension World {
  /// Who crosses a link now.
  func load(on link: LinkID) -> [LinkLoad] {
    var loads: [LinkUserKey: LinkLoad] = [:]
    func add(_ key: LinkUserKey, _ rate: Double, flows: Int = 0, ceiling: Double = 0) {
      loads[key, default: LinkLoad(key: key)].rate += rate
      loads[key]?.flows += flows
      loads[key]?.ceiling += Double(flows) * ceiling
    }
    for flowClass in flowClasses.over(link) where fluid.flows(ofClass: flowClass.index) > 0 {
      let rate = fluid.rate(ofClass: flowClass.index)
      for (kind, flows) in kinds(on: flowClass) {
        let ceiling = flowClasses[flowClass].ceiling
        add(key(of: flowClass, kind), rate * Double(flows), flows: flows, ceiling: ceiling)
      }
    }
    for load in loadsBesideFlows(on: link) { add(load.key, load.rate) }
    return loads.inOrder.map(\.value)
  }

  /// What crosses a link and is no flow of the fluid system.
  func loadsBesideFlows(on link: LinkID) -> [LinkLoad] {
    var loads: [LinkLoad] = []
    if loss.isOn {
      for index in loss.demands.indices {
        let state = loss.demands[index]
        // A demand beside flows has a flow of its own, which is counted above.
        guard state.rate > 0, state.flowClass.isNone, state.links.contains(link) else { continue }
        let rate = loss.rate(of: state, arrivingAt: link)
        guard rate > 0 else { continue }
        loads.append(LinkLoad(key: key(of: state, DemandID(index)), rate: rate))
      }
    }
    let assumed = meter.assumed.rate(of: Int(link.index))
    if assumed > 0, let job = model.training.jobs.first {
      let key = LinkUserKey(kind: .training, trafficClass: job.trafficClass, around: -1)
      loads.append(LinkLoad(key: key, rate: assumed))
    }
    return loads
  }

  func kinds(on flowClass: FlowClassID) -> [LinkUserKey.Kind: Int] {
    switch flowClasses[flowClass].owner {
    case .demand(let demand): return [.demand(demand): fluid.flows(ofClass: flowClass.index)]
    case .exchange, .hop: return [.training: fluid.flows(ofClass: flowClass.index)]
    default: break
    }
    var kinds: [LinkUserKey.Kind: Int] = [:]
    for slot in fluid.slots(ofClass: flowClass.index) {
      kinds[kind(of: flows[slot]), default: 0] += 1
    }
    return kinds
  }

  func key(of flowClass: FlowClassID, _ record: FlowRecord) -> LinkUserKey {
    key(of: flowClass, kind(of: record))
  }

  func kind(of record: FlowRecord) -> LinkUserKey.Kind {
    switch record.name.form {
    case .generated(let source, _), .roundTrip(let source, _, _): .source(source)
    case .transfer: .transfers
    case .number, .stored: .named
    }
  }

  func key(of flowClass: FlowClassID, _ kind: LinkUserKey.Kind) -> LinkUserKey {
    let entry = flowClasses[flowClass]
    let home = flowClasses.route(of: entry.home)
    return LinkUserKey(
      kind: kind, trafficClass: entry.trafficClass, from: home.source, to: home.target,
      around: entry.home == flowClass ? -1 : firstDown(on: home))
  }

  private func key(of state: DemandState, _ id: DemandID) -> LinkUserKey {
    let home = model.routes[state.demand.route]
    return LinkUserKey(
      kind: .demand(id), trafficClass: state.demand.trafficClass, from: home.source,
      to: home.target, around: home.links == state.links ? -1 : firstDown(on: home))
  }

  private func firstDown(on route: Route) -> Int {
    route.links.first { links.isDown($0) }.map { Int($0.index) } ?? -1
  }

  /// What people call those who cross a link.
  func user(_ key: LinkUserKey) -> LinkUser {
    func name(_ node: NodeID?) -> String { node.map { model.topology[$0] } ?? "" }
    var user = LinkUser(
      what: "", trafficClass: model.classes[key.trafficClass].name, from: name(key.from),
      to: name(key.to),
      around: key.around < 0 ? nil : model.topology.links[key.around].name)
    switch key.kind {
    case .source(let source): user.what = names.name(ofSource: source)
    case .named: user.what = "flows"
    case .transfers: user.what = "transfers"
    case .training: user.what = "training"
    case .demand(let demand):
      // Demands between several places carry their ends in their names.
      let (whole, ends) = (loss.demands[demand.index].demand.name, "/\(user.from)-\(user.to)")
      user.what = whole.hasSuffix(ends) ? String(whole.dropLast(ends.count)) : whole
    }
    return user
  }
}
