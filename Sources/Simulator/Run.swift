// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Results
internal import Statistics
internal import Traffic

/// One run of a model, from its first event to its results.
///
///     let run = try Run(model, writing: tables)
///     while try run.advance(instants: 4096) { ... }
///     let outcome = try run.finish()
///
/// A run owns all of its state; nothing outside of it, and no clock but its own, can change what
/// comes out. Instants are taken in order: what happens within one nanosecond is one batch, and
/// the links are shared anew once behind it. It is a class because there is one and nobody copies
/// it; as a struct that can't be copied the compiler followed each number in it, for minutes.
public final class Run {
  let model: Model
  var queue = EventQueue<Happening>()
  var fluid: FluidSystem
  var lanes: LaneTable
  var resolver: LaneResolver
  var flows = FlowTable()
  var names: NameStore
  var sources: [FlowSource] = []
  var generators: [GeneratorState] = []
  /// The flow that each source will bring next.
  var arrivals: [Arrival?] = []
  var links: LinkStates
  var meter: LinkMeter
  /// One entry a traffic class, and one for all flows together.
  var statistics: [FlowStatistics]
  var overall = FlowStatistics()
  var tables: RunTables
  var outages = Outages()
  var detours = DetourFinder()
  var light: LightNetwork
  var requests: RequestDesk
  var randomFaults: RandomFaults
  var services: ServiceBook
  let loss: LossDesk
  var reviews: LinkReviews
  var training: TrainingDesk
  var tokens: TokenDesk
  var roundTrips: RoundTripDesk
  let elastic: ElasticDesk
  var transfers: TransferDesk
  /// The watch on a single flow, if there is one.
  public internal(set) var probe: FlowProbe?

  public internal(set) var now = SimTime.zero
  public internal(set) var events = 0
  public internal(set) var digest = RunDigest()
  /// Flow-seconds spent in the system so far, and the instant up to which they count.
  var presence = 0.0
  var presenceSince = SimTime.zero

  /// The next flow of a source.
  struct Arrival {
    var record: FlowRecord
    var lane: Int32

    /// The lane of what crosses no link, as a request that is served where it comes from.
    static let nowhere: Int32 = -1
  }

  /// Makes a run ready to start; opens its traces and reads the first flow of each source.
  public init(
    _ model: Model, writing tables: consuming RunTables = RunTables(), probing flow: String? = nil
  ) throws(RunError) {
    self.model = model
    self.tables = tables
    let topology = model.topology
    let capacities = model.capacitiesAtStart
    lanes = LaneTable(
      topology: topology, classes: model.classes, capacities: capacities,
      fabrics: model.training.fabrics.map { FabricWays($0, seed: model.seed) },
      reserving: model.transfers.reserves)
    resolver = LaneResolver(
      topology: topology, classes: model.classes, places: model.places,
      fibres: Set(model.light.plant.fibres.map(\.name)))
    fluid = FluidSystem(layers: lanes.layerCount)
    light = model.lit
    requests = RequestDesk(model.light.requests, seed: model.seed)
    randomFaults = RandomFaults(model.light, seed: model.seed)
    services = ServiceBook(model.lit, links: model.light.links.count)
    loss = LossDesk(model)
    reviews = LinkReviews(model.light.links)
    training = TrainingDesk(model.training)
    tokens = TokenDesk(model)
    roundTrips = RoundTripDesk(sources: model.traffic.count)
    elastic = ElasticDesk(model)
    transfers = TransferDesk(model)
    for capacity in capacities { _ = fluid.addLink(capacity: capacity) }
    links = LinkStates(capacities: capacities)
    meter = LinkMeter(
      capacities: capacities, sampled: model.sampledLinks, isCounting: model.warmUp == .zero)
    statistics = Array(repeating: FlowStatistics(), count: model.classes.count)
    names = NameStore(
      sources: model.traffic.map(\.flowPrefix) + model.elastic.entries.map(\.generator.name))
    probe = flow.map { FlowProbe(flow: $0) }
    arrivals = Array(repeating: nil, count: model.traffic.count)
    for (index, change) in model.changes.enumerated() where change.time <= horizon {
      queue.push(.linkChanges(change: Int32(index)), at: change.time)
    }
    if model.warmUp > .zero, .zero + model.warmUp <= horizon {
      queue.push(.warmUpEnds, at: .zero + model.warmUp)
    }
    if let interval = sampleInterval { queue.push(.linksAreSampled, at: .zero + interval) }
    planLight()
    planDemands()
    planTraining()
    planTokens()
    planElastic()
    planTransfers()
    for (index, source) in model.traffic.enumerated() {
      try open(source)
      try fetchNextFlow(of: index)
    }
    renewLossIfDue()
  }

  /// Where the run ends, if it does not end before.
  public var horizon: SimTime { model.duration.map { .zero + $0 } ?? .distantFuture }

  public var finishedFlows: Int { overall.finished }

  /// How much of the run is done: by time where it has a horizon, otherwise by its sources.
  public var fractionDone: Double {
    if let duration = model.duration, duration > .zero { return now.seconds / duration.seconds }
    let parts =
      sources.map { fractionDone(of: $0) } + requests.fractionsDone + training.fractionsDone
      + elastic.fractionsDone
      + transfers.fractionsDone
    return parts.isEmpty ? 0 : parts.reduce(0, +) / Double(parts.count)
  }

  var sampleInterval: SimDuration? {
    meter.sampled.isEmpty ? nil : model.outputs.sampleEvery
  }
}

// MARK: - The loop

extension Run {
  /// Lives through some instants at which something happens; false once nothing more will.
  public func advance(instants: Int) throws(RunError) -> Bool {
    for _ in 0..<instants {
      guard let instant = nextInstant, instant <= horizon else { return false }
      now = instant
      while let finished = fluid.popFinished(by: now.nanoseconds) { try finish(finished) }
      while queue.nextTime == now, let (_, happening) = queue.pop() {
        count(happening)
        try handle(happening)
      }
      fluid.settle()
      renewLossIfDue()
      try tendElastic()
      if probe != nil { watch() }
    }
    return true
  }

  private var nextInstant: SimTime? {
    get {
      let finish = fluid.nextFinish.map { SimTime(nanoseconds: $0) } ?? .distantFuture
      if model.duration == nil, finish == .distantFuture, isIdle { return nil }
      let next = min(queue.nextTime ?? .distantFuture, finish)
      return next == .distantFuture ? nil : next
    }
  }

  /// Whether nothing more can happen to a flow, as long as none is sending.
  ///
  /// Samples alone do not keep a run going, nor do changes of links that nobody waits for.
  private var isIdle: Bool {
    if queue.count <= (sampleInterval == nil ? 0 : 1) { return true }
    guard !hasFlowsAbout, !expectsTokens, training.isOver, requests.isExhausted,
      light.clients.count == 0
    else { return false }
    guard loss.demands.allSatisfy({ $0.demand.nextChange(after: now) == nil }) else { return false }
    for arrival in arrivals where arrival != nil { return false }
    return true
  }

  /// Whether a flow is there, or may set out that no source will bring.
  var hasFlowsAbout: Bool {
    present > 0 || roundTrips.planned > 0 || !elastic.isOver || !transfers.isOver
  }

  /// Looks at the run are not a part of it: they leave its digest alone.
  private func count(_ happening: Happening) {
    if happening.isLook { return }
    events += 1
    digest.combine(time: now, kind: happening.kind, subject: happening.subject)
  }

  private func handle(_ happening: Happening) throws(RunError) {
    switch happening {
    case .flowArrives(let source): try flowArrives(from: Int(source))
    case .flowStarts(let waiting): try flowStarts(waiting)
    case .linkChanges(let change): try linkChanges(model.changes[Int(change)])
    case .patienceEnds(let link): try patienceEnds(link: link)
    case .requestArrives(let source): try requestArrives(from: Int(source))
    case .clientLeaves(let client): try clientLeaves(client)
    case .circuitIsDue(let circuit): try circuitIsDue(circuit)
    case .faultHappens(let fault): try faultHappens(model.light.faults[Int(fault)])
    case .fibreFails(let fibre, let kind): try fibreFails(fibre, kind)
    case .fibreIsRepaired(let fibre, let kind): try fibreIsRepaired(fibre, kind)
    case .transponderFails(let circuit): try transponderFails(circuit)
    case .transponderIsRepaired(let circuit): try transponderIsRepaired(circuit)
    case .linkIsReviewed(let link): try linkIsReviewed(link)
    case .demandChanges(let demand): demandChanges(Int(demand))
    case .lossIsLookedAt: lossIsLookedAt()
    case .flowIsWhole(let ending): try flowIsWhole(ending)
    case .requestIsSampled(let traffic): try requestIsSampled(Int(traffic))
    case .tokenStepEnds(let traffic): try tokenStepEnds(Int(traffic))
    case .roundTripTurns(let roundTrip): try roundTripTurns(roundTrip)
    case .training(let event): try handle(event)
    case .elastic(let event): try handle(event)
    case .transfer(let event): try handle(event)
    case .linksAreSampled: try linksAreSampled()
    case .warmUpEnds: warmUpEnds()
    }
  }

  /// The number of flows between arrival and finish.
  var present: Int { overall.started - overall.finished - outages.broken }

  /// Counts the flows in the system up to now, before their number changes.
  func countPresence() {
    presence += Double(present) * (now - presenceSince).seconds
    presenceSince = now
  }
}
