// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import Light
internal import NetworkModel
internal import Results
internal import Scheduling
internal import Traffic

/// What all activities of a run share: the clock, links and flows, and what is written down.
///
/// It knows no activity. What one of them does to links and flows it does through the verbs here,
/// and what concerns others the world tells them (`Notice`).
final class World {
  let model: Model
  var now = SimTime.zero
  var queue = EventQueue<Happening>()
  var fluid: FluidSystem
  var flowClasses: FlowClassTable
  var flows = FlowTable()
  var names: NameStore
  var links: LinkStates
  var meter: LinkMeter
  /// What classes carry by themselves, where rows of links are asked for by class.
  var linkClasses: LinkClassMeter?
  /// What is under way on the links of fabrics that are asked for it.
  var fabricLoads: FabricLoads
  var detours = DetourFinder()
  /// What is counted of flows.
  var ledger: Ledger
  var outages = Outages()
  /// Links that came back in this instant, and whose flows have not been looked at since.
  var linksBack: [LinkID] = []
  /// The tables that activities may write, and those of the world itself.
  let outputs: RunTables
  let tables: WorldTables
  /// The watch on a single flow, if there is one.
  var probe: FlowProbe?
  /// The watch on a link, if there is one.
  var linkProbe: LinkProbe?
  var events = 0
  var digest = RunDigest()
  /// What links do to packets, and what demands take of them.
  let loss: LossBook
  /// By fabric: the program that says by which paths flows go.
  var balancersOutside: [Int: OutsideSeam] = [:]
  /// The programs outside that take decisions.
  let programs: OutsidePrograms
  /// What links have promised to transfers.
  var windows: Windows
  /// What they have promised to elastic flows.
  var floors: FloorBooks
  /// Tells the activities; the run sets it.
  var tell: (Notice) throws(RunError) -> Void = { (_: Notice) throws(RunError) in }
  /// Asks what only some activity knows; the run sets it.
  var ask = Questions()

  init(_ model: Model, writing tables: RunTables, watching watched: Watched?) {
    self.model = model
    outputs = tables
    self.tables = WorldTables(tables)
    let capacities = model.capacitiesAtStart
    flowClasses = FlowClassTable(
      topology: model.topology, classes: model.classes, capacities: capacities,
      fabrics: model.training.fabrics.map { SpreadingFabric($0, seed: model.seed) },
      reserving: model.transfers.reserves)
    fabricLoads = FabricLoads(model.training.fabrics)
    fluid = FluidSystem(
      layers: flowClasses.layerCount, way: model.sharing, notingHolds: self.tables.flows != nil)
    for capacity in capacities { _ = fluid.addLink(capacity: capacity) }
    links = LinkStates(capacities: capacities)
    meter = LinkMeter(
      capacities: capacities, sampled: model.sampledLinks, isCounting: model.warmUp == .zero)
    if self.tables.links != nil, model.outputs.linkRows.areByClass {
      linkClasses = LinkClassMeter(
        classes: model.classes.count, links: model.topology.links.count)
    }
    ledger = Ledger(classes: model.classes.count, countsFrom: .zero + model.warmUp)
    names = NameStore(
      sources: model.traffic.map(\.flowPrefix) + model.elastic.entries.map(\.generator.name)
        + model.computing.entries.map(\.name))
    loss = LossBook(model)
    windows = Windows(model)
    floors = FloorBooks(links: model.elastic.entries.isEmpty ? 0 : model.topology.links.count)
    switch watched {
    case .flow(let flow): probe = FlowProbe(flow: flow)
    case .link(let link):
      linkProbe = LinkProbe(
        link, capacity: capacities[Int(link.index)], upTo: model.duration.map { .zero + $0 })
    case .job, .pool, .request, .demand, .site, nil: break
    }
    programs = OutsidePrograms(model)
  }

  /// Where the run ends, if it does not end before.
  var horizon: SimTime { model.duration.map { .zero + $0 } ?? .distantFuture }

  var sampleInterval: SimDuration? {
    meter.sampled.isEmpty ? nil : model.outputs.sampleEvery
  }

  /// Plans what the scenario does to links, and the first sample.
  func begin() {
    for (index, change) in model.changes.enumerated() {
      plan(.world(.linkChanges(change: Int32(index))), at: change.time)
    }
    if model.warmUp > .zero { plan(.world(.warmUpEnds), at: .zero + model.warmUp) }
    if let interval = sampleInterval {
      queue.push(.world(.linksAreSampled), at: .zero + interval)
    }
  }

  /// Plans an event, unless it would come when the run is over.
  func plan(_ happening: Happening, at time: SimTime) {
    if time <= horizon { queue.push(happening, at: time) }
  }

  /// Counts an event, and adds it to the digest, unless it only looks at the run.
  @inline(__always)
  func count(_ event: some RunEvent) {
    guard let mark = event.mark else { return }
    events += 1
    digest.combine(time: now, kind: mark.kind, subject: mark.subject)
  }

  /// What demands leave of a link: a sliver at least, so that it is full and not down.
  func capacityForFlows(_ link: Int) -> Double {
    let capacity = links.effectiveCapacity(of: link)
    guard loss.isOn, capacity > 0 else { return capacity }
    return max(capacity * 1e-9, capacity - loss.taken[link])
  }
}

/// What one activity has to know or to have of another, by way of the run.
struct Questions {
  /// The margin of the light under a link; nil where there is none.
  var margin_dB: (LinkID) -> Double? = { _ in nil }
  /// The channels under a link with automatic capacity; nil for any other.
  var channels: (LinkID) -> LitChannels? = { _ in nil }
  /// Lights another channel under a link; false where there is no place for it.
  var lightChannel: (LitLinkID) throws(RunError) -> Bool = { (_: LitLinkID) throws(RunError) in
    false
  }
  /// What the end of a message adds to its time; nil where nothing of it is lost.
  var tail: (SentPart) -> MessageTail? = { _ in nil }
  /// What a link does to packets, over all that arrive.
  var quality: (Int) -> LinkLoss? = { _ in nil }
  /// Lays a demand that sends nothing until it is told to; gives its position.
  var layDemand: (Demand) -> Int = { _ in 0 }
  /// Has such demands send what they are told.
  var setDemands: ([DemandRate]) throws(RunError) -> Void = { (_: [DemandRate]) throws(RunError) in
  }
  /// The flow class that a transfer came in on.
  var home: (Owner, FlowClassID) -> FlowClassID = { $1 }
  /// The first instant at which a flow can come, as far as is known: now where some are about.
  var nextFlow: () -> SimTime = { .zero }
  /// So many more accelerators of a pool are at work for services, and set apart for them.
  var serve: (_ pool: Int, _ busy: Int, _ held: Int) -> Void = { _, _, _ in }
  /// Whether the jobs of a pool have left what is set apart for services.
  var hasRoom: (_ pool: Int) -> Bool = { _ in true }
  /// Jobs of a pool have ended, or begun.
  var jobsChanged: (_ pool: Int) -> Void = { _ in }
  /// Whether transfers are under way or to come.
  var hasTransfers: () -> Bool = { false }
  /// The window that ends first for data of a job; nil where there is none in time.
  var firstWindow: (JobMove) -> BandwidthWindow? = { _ in nil }
  /// Books one; there has to be one.
  var bookWindow: (JobMove) throws(RunError) -> TransferID = { (_: JobMove) throws(RunError) in
    TransferID(0)
  }
  /// The output of a job is there, for which a window is booked.
  ///
  /// False where it has been given back.
  var dataAreThere: (TransferID) throws(RunError) -> Bool = { (_: TransferID) throws(RunError) in
    false
  }
  /// Gives back a window in which nothing has begun to move.
  var withdraw: (TransferID) -> Void = { _ in }
}

/// The channels of a link with automatic capacity.
struct LitChannels {
  /// The link, among those made of light.
  var link: LitLinkID
  /// Those that carry something.
  var carrying: Int
  /// Those that carry something by the time that a new one would.
  var coming: Int
  /// As many as may be coming: those that are out of order keep their places.
  var most: Int
}

/// What transfers have booked of links.
struct Windows {
  var calendar: BandwidthCalendar
  /// What windows that are open take of each link, in bit/s.
  var open: [Int64]
  /// Whether some have been given back before they opened, which may make room for who waits.
  var areGivenBack = false

  init(_ model: Model) {
    let count = model.transfers.isEmpty ? 0 : model.topology.links.count
    calendar = BandwidthCalendar(links: count)
    open = Array(repeating: 0, count: count)
  }

  /// What open windows take of a link, in bit/s.
  func open(on link: Int) -> Double { open.isEmpty ? 0 : Double(open[link]) }

  /// The most that windows take of a link at once from an instant on, in bit/s.
  func most(on link: LinkID, from time: SimTime) -> Double {
    open.isEmpty
      ? 0 : Double(max(open[Int(link.index)], calendar.mostBooked(on: link, from: time)))
  }
}
