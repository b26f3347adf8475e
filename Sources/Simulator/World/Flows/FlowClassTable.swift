// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

/// A route under the terms of a traffic class: one flow class of the fluid system.
///
/// What each event reads of a flow class is plain numbers; its route, which only names things,
/// stands in a table of its own, so that looking at a flow class counts no references. The flow
/// class of the fluid system has the same position as the flow class.
struct FlowClass: BitwiseCopyable {
  /// The position of its traffic class in the model.
  var trafficClass: Int
  /// How long a byte takes over the path when nothing is in its way.
  var delay: SimDuration
  /// What a flow alone on the path would get now; of a link that is down what it had before counts.
  var idealRate: Double
  /// The flow class that its flows come from and go back to; its own position where that is itself.
  var home: FlowClassID
  /// The one that has it for itself; nil for a flow class of flows that each have an owner.
  var owner: Owner?
  /// What its flows never exceed, by their class or by what they say themselves.
  var ceiling: Double
  /// The path over a fabric that spreads its flows; nil where there is none, or no choice.
  var path: FabricPath?
  /// The part of a flow that each of its flows is.
  var share = 1.0

  /// Whether the run counts its flows and writes rows of them.
  var isCounted: Bool { owner?.isCounted ?? true }

  /// Whether it is the booked window of a transfer.
  var isWindow: Bool {
    if case .transfer = owner { true } else { false }
  }

  /// Whether its flows are sent as their transport has it: demands do not slow down, and a window
  /// has a rate of its own.
  var hasTransport: Bool {
    switch owner {
    case .transfer, .demand: false
    default: true
    }
  }

  /// The time that a flow alone on the path would take, from arrival to its last byte.
  ///
  /// In whole nanoseconds, like the time that it is compared with.
  func idealSeconds(bytes: Double) -> Double {
    max(1, (Double(delay.nanoseconds) + bytes * 8e9 / idealRate).rounded()) / 1e9
  }
}

/// The flow classes of a run, made as they are needed.
///
/// There is one, which the run has; a copy, as the compiler makes of a value in a class that it
/// reads, would count the references of all its columns.
struct FlowClassTable: ~Copyable {
  var entries: [FlowClass] = []
  private(set) var routes: [Route] = []
  private var known = KnownFlowClasses()
  /// The flow classes of the model's own routes, by route and class; none where not yet made.
  private var tabled: [FlowClassID] = []
  /// The delay of each link as it is now; light may have taken another way.
  private(set) var delays: [SimDuration]
  private(set) var delayChanges = 0
  private var bufferLinks = BufferLinks()
  /// What stands behind the links of some flow classes and of their detours, by home flow class.
  private var beyond: [FlowClassID: Int] = [:]
  /// What each link carries now, and what it last did while it was up.
  var rates: LinkRates
  /// What flow classes could give before, for those that have not been the same all the time.
  var histories = FlowClassHistories()
  private var classesOverLinks: ClassesOverLinks
  /// The flow classes that stand for all ways over each fabric.
  var spreadHomes: [[FlowClassID]]
  let fabrics: [SpreadingFabric]
  /// The flow classes of single paths, by the flow class that stands for all.
  var paths: [FabricPath.Key: FlowClassID] = [:]
  let topology: Topology
  private let classes: [TrafficClass]
  /// The layer of the fluid system for each class: higher priorities come first.
  private let layers: [Int]

  /// With `reserving`, a layer for booked windows is served before all classes.
  init(
    topology: Topology, classes: [TrafficClass], capacities: [Double],
    fabrics: [SpreadingFabric] = [],
    reserving: Bool = false
  ) {
    self.topology = topology
    self.fabrics = fabrics
    rates = LinkRates(capacities)
    classesOverLinks = ClassesOverLinks(links: topology.links.count)
    spreadHomes = fabrics.map { _ in [] }
    delays = topology.links.map(\.delay)
    self.classes = classes
    let priorities = Set(classes.map(\.priority)).sorted(by: >)
    let first = reserving ? 1 : 0
    layers = classes.map { first + (priorities.firstIndex(of: $0.priority) ?? 0) }
  }

  var layerCount: Int { (layers.max() ?? 0) + 1 }

  var ids: some Sequence<FlowClassID> { entries.indices.lazy.map { FlowClassID($0) } }

  subscript(index: FlowClassID) -> FlowClass {
    get { entries[index.index] }
    _modify { yield &entries[index.index] }
  }

  /// Gives a link another delay, which counts for flows that come from now on.
  mutating func setDelay(
    of link: LinkID, to delay: SimDuration, in fluid: inout FluidSystem, at now: SimTime
  ) {
    let change = delay - delays[Int(link.index)]
    guard change != .zero else { return }
    delays[Int(link.index)] = delay
    delayChanges += 1
    bufferLinks.forEach(of: link) { transport, position in
      fluid.setCapacity(
        of: position,
        to: losslessRate(of: topology[link].port, transport, delay: delay), at: now.nanoseconds)
    }
    for index in classesOverLinks.over(link, of: routes) {
      beginHistory(of: index)
      self[index].delay = self[index].delay + change
      goOnWithHistory(of: index, at: now)
    }
  }

  /// Gives a link another capacity, by which flows alone on the flow classes over it are judged.
  mutating func setCapacity(of link: LinkID, to capacity: Double, at now: SimTime) {
    guard rates.now[Int(link.index)] != capacity else { return }
    // One that is there twice is only looked at twice.
    let least = rates.least(of: link, andOf: capacity)
    let concerned = classesOverLinks.over(link, of: routes)
    let homes = homesOverFabric(of: link)
    for index in concerned { beginHistory(of: index) }
    for index in homes { beginHistory(of: index) }
    rates.set(link, to: capacity)
    for index in concerned where !isHeldBelow(least, index) { judge(index, at: now) }
    for index in homes { judge(index, at: now) }
  }

  /// Whether a flow alone on a path gets less than so much: a link that has more before and after a
  /// change does not matter to it.
  private func isHeldBelow(_ rate: Double, _ index: FlowClassID) -> Bool {
    entries[index.index].path == nil && entries[index.index].idealRate < rate
  }

  private mutating func judge(_ index: FlowClassID, at now: SimTime) {
    self[index].idealRate = rateAlone(on: index, rates.whole)
    goOnWithHistory(of: index, at: now)
  }

  func route(of index: FlowClassID) -> Route { routes[index.index] }
  /// The flow classes over a link.
  mutating func over(_ link: LinkID) -> [FlowClassID] { classesOverLinks.over(link, of: routes) }

  /// Gives a flow class to one who has it for itself from now on.
  mutating func setOwner(of index: FlowClassID, to owner: Owner) { self[index].owner = owner }

  /// The flow class of a route of the model's table, looked up once for each route and class.
  mutating func flowClass(
    route: Int, of routes: [Route], trafficClass: Int, in fluid: inout FluidSystem
  ) -> FlowClassID {
    let place = route * classes.count + trafficClass
    if place >= tabled.count {
      tabled += Array(repeating: .none, count: routes.count * classes.count - tabled.count)
    }
    if tabled[place].isNone {
      tabled[place] = flowClass(for: routes[route], trafficClass: trafficClass, in: &fluid)
    }
    return tabled[place]
  }

  /// The flow class of a route and a class, added to the fluid system where it is new.
  ///
  /// A detour has a home; it is a flow class of its own, so that its flows can be told from those
  /// that took the same route by themselves, and sent back. A demand has a flow class of its own
  /// too.
  mutating func flowClass(
    for route: Route, trafficClass: Int, home: FlowClassID? = nil, demand: DemandID? = nil,
    ceiling: Double = .infinity, in fluid: inout FluidSystem
  ) -> FlowClassID {
    let spread = home == nil && demand == nil ? path(of: route) : nil
    let terms = KnownFlowClasses.Terms(
      trafficClass: trafficClass, home: home ?? .none, demand: demand ?? .none, ceiling: ceiling,
      isSpread: spread != nil)
    if let flowClass = known.find(route, terms, in: routes) { return flowClass }
    let index = add(
      route, trafficClass: trafficClass, home: home, owner: demand.map { .demand($0) },
      ceiling: ceiling, share: home.map { self[$0].share } ?? 1, in: &fluid)
    known.add(index, route, terms)
    if let spread { spreadFlows(of: index, spread) }
    return index
  }

  /// Adds a flow class that no other flow of its route and class will find.
  ///
  /// It may lead through a link of the fluid system that is in no topology, and then its detours
  /// do as well.
  mutating func add(
    _ route: Route, trafficClass: Int, home: FlowClassID? = nil, owner: Owner? = nil,
    ceiling: Double = .infinity, share: Double = 1, through link: Int? = nil,
    in fluid: inout FluidSystem
  ) -> FlowClassID {
    let terms = classes[trafficClass]
    let most = min(terms.ceiling.value, ceiling)
    let own = FlowClassID(entries.count)
    if let link { beyond[own] = link }
    let changes = owner?.isDemand == true || terms.transport.kind != .ideal
    let flowTerms = terms.flowTerms(
      upTo: most, share: share, changes: changes, layer: layers[trafficClass])
    let last = beyond[home ?? own]
    let flowClass: Int
    if last == nil, !terms.transport.kind.isLossless {
      // Without an array of its own: a phase of a collective may add a million.
      flowClass = fluid.addClass(path: route.links.lazy.map { Int($0.index) }, terms: flowTerms)
    } else {
      let path = path(of: route, terms.transport.kind, in: &fluid)
      flowClass = fluid.addClass(path: path + (last.map { [$0] } ?? []), terms: flowTerms)
    }
    append(
      route, flowClass, trafficClass: trafficClass, home: home, owner: owner, ceiling: most,
      share: share)
    return FlowClassID(flowClass)
  }

  /// Adds the flow class of a booked window: at its rate, no more and no less, before all else.
  mutating func add(
    _ route: Route, trafficClass: Int, reserved rate: Double, ceiling: Double, owner: Owner,
    in fluid: inout FluidSystem
  ) -> FlowClassID {
    let flowClass = fluid.addClass(
      path: path(of: route, .ideal, in: &fluid),
      terms: FlowTerms(floor: rate, ceiling: rate, layer: 0))
    append(
      route, flowClass, trafficClass: trafficClass, owner: owner, ceiling: ceiling)
    return FlowClassID(flowClass)
  }

  private mutating func append(
    _ route: Route, _ flowClass: Int, trafficClass: Int, home: FlowClassID? = nil,
    owner: Owner? = nil, ceiling: Double, share: Double = 1
  ) {
    precondition(flowClass == entries.count, "each is added here and to the fluid system at once")
    let narrowest = route.links.isEmpty ? 0 : rates.least(of: route.links, rates.whole)
    let delay = route.links.reduce(SimDuration.zero) { $0 + delays[Int($1.index)] }
    entries.append(
      FlowClass(
        trafficClass: trafficClass, delay: delay,
        idealRate: min(narrowest, ceiling), home: home ?? FlowClassID(entries.count),
        owner: owner, ceiling: ceiling, share: share))
    routes.append(route)
    // While a link is down nobody could have there what it carried before.
    if rates.least(of: route.links, rates.now) < narrowest {
      beginHistory(of: FlowClassID(flowClass))
    }
  }

  /// The links of a route in the fluid system, and behind them what keeps lossless flows lossless.
  private mutating func path(
    of route: Route, _ transport: Transport.Kind, in fluid: inout FluidSystem
  ) -> [Int] {
    let links = route.links.map { Int($0.index) }
    guard transport.isLossless else { return links }
    return links
      + route.links.map { link in
        bufferLinks.position(of: link, transport) {
          fluid.addLink(
            capacity: losslessRate(
              of: topology[link].port, transport, delay: delays[Int(link.index)]))
        }
      }
  }
}
