// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import FlowMath
internal import Light
internal import NetworkModel

/// One run of a model, from its first event to its results.
///
///     let run = try Run(model, writing: tables)
///     while try run.advance(instants: 4096) { ... }
///     let outcome = try run.finish()
///
/// A run is a world and what goes on in it. Nothing outside of it, and no clock but its own, can
/// change what comes out. Instants are taken in order: what happens within one nanosecond is one
/// batch, and the links are shared anew once behind it.
public final class Run {
  let world: World
  let offered: Offered
  let roundTrips: RoundTrips
  let light: Lighting
  let loss: Loss
  let elastic: Elastic
  let transfers: Transfers
  let tokens: Tokens
  let training: Training
  let computing: Computing
  let serving: Serving

  /// All that goes on, in the order in which they begin, finish, and stand in the summary.
  ///
  /// Sources of flows come last: whatever else an instant brings is planned before.
  let activities: [any Activity]
  /// The one that was not over at the last look, and most likely still is not.
  private var lastBusy = 0

  /// Makes a run ready to start; opens its traces and reads the first flow of each source.
  public init(
    _ model: Model, writing tables: RunTables = RunTables(), watching watched: Watched? = nil
  ) throws(RunError) {
    let world = World(model, writing: tables, watching: watched)
    self.world = world
    roundTrips = RoundTrips(world)
    offered = Offered(world, answeredBy: roundTrips)
    light = Lighting(world)
    loss = Loss(world)
    elastic = Elastic(world)
    transfers = Transfers(world)
    tokens = Tokens(world)
    training = Training(world)
    computing = Computing(world)
    serving = Serving(world)
    activities = [
      light, loss, tokens, training, roundTrips, elastic, transfers, computing, serving,
      offered,
    ]
    computing.watch = watched.flatMap { ComputingWatch($0, model.computing) }
    switch watched {
    case .request(let name): light.watch = RequestProbe(name)
    case .demand(let name): loss.watch = DemandProbe(name)
    case .site(let name): tokens.watch = TokenSiteProbe(name, of: model.tokens)
    case .flow, .job, .pool, .link, nil: break
    }
    connect()
    for activity in activities { activity.enlistPolicies() }
    try world.programs.greet()
    world.begin()
    for activity in activities { try activity.begin() }
    try loss.renewLossIfDue()
  }

  /// Lives through some instants at which something happens; false once nothing more will, or not
  /// up to a limit.
  public func advance(
    instants: Int, upTo limit: SimTime = .distantFuture
  ) throws(RunError) -> Bool {
    let last = min(world.horizon, limit)
    for _ in 0..<instants {
      guard let instant = nextInstant, instant <= last else { return false }
      if world.linkProbe != nil { world.lookAtLink(before: instant) }
      world.now = instant
      while let finished = world.fluid.popFinished(by: instant.nanoseconds) {
        if let end = try world.end(finished) { try flowEnds(end) }
      }
      while world.queue.nextTime == instant, let (_, happening) = world.queue.pop() {
        try handle(happening)
      }
      try instantEnds()
      if world.probe != nil { world.watch() }
      if light.watch != nil { light.lookAtRequest() }
      if computing.watch != nil { computing.look() }
    }
    return true
  }

  /// What is left to do once everything of an instant has happened, however it was lived through.
  @inline(__always)
  func instantEnds() throws(RunError) {
    if !world.linksBack.isEmpty { try world.takeLinksBack() }
    try serving.instantEnds()
    try computing.instantEnds()
    world.fluid.settle()
    try loss.renewLossIfDue()
    try elastic.tendElastic()
  }

  var nextInstant: SimTime? {
    let finish = world.fluid.nextFinish.map { SimTime(nanoseconds: $0) } ?? .distantFuture
    if world.model.duration == nil, finish == .distantFuture, isIdle { return nil }
    let next = min(world.queue.nextTime ?? .distantFuture, finish)
    return next == .distantFuture ? nil : next
  }

  /// Whether nothing more can happen to a flow, as long as none is sending.
  ///
  /// Samples alone do not keep a run going, nor do changes of links that nobody waits for.
  private var isIdle: Bool {
    if world.queue.count <= (world.sampleInterval == nil ? 0 : 1) { return true }
    guard world.ledger.present == 0, activities[lastBusy].isOver else { return false }
    guard let busy = activities.firstIndex(where: { !$0.isOver }) else { return true }
    lastBusy = busy
    return false
  }
}

// MARK: - Who is told what

extension Run {
  func handle(_ happening: Happening) throws(RunError) {
    switch happening {
    case .world(let event):
      world.count(event)
      try world.handle(event)
    case .offered(let event): try handle(event, by: offered)
    case .roundTrips(let event): try handle(event, by: roundTrips)
    case .light(let event): try handle(event, by: light)
    case .loss(let event): try handle(event, by: loss)
    case .elastic(let event): try handle(event, by: elastic)
    case .transfers(let event): try handle(event, by: transfers)
    case .tokens(let event): try handle(event, by: tokens)
    case .training(let event): try handle(event, by: training)
    case .computing(let event): try handle(event, by: computing)
    case .serving(let event): try handle(event, by: serving)
    }
  }

  @inline(__always)
  private func handle<Actor: Activity>(
    _ event: Actor.Event, by activity: Actor
  ) throws(RunError) {
    world.count(event)
    try activity.handle(event)
  }

  /// Tells the owner of a flow that it is over.
  func flowEnds(_ end: FlowEnd) throws(RunError) {
    switch end.owner {
    case .traffic: break
    case .roundTrip(let index): roundTrips.roundTripFlowEnds(index, end)
    case .answer(let index): roundTrips.answerEnds(index, end)
    case .elastic(let index): try elastic.closeElastic(index, finish: end.finish)
    case .transfer(let index): try transfers.transferEnds(index.index, end)
    case .exchange(let number): try training.partEnds(number, end)
    case .hop(let number): try training.connectionEnds(number, on: end.flowClass)
    case .job(let job): try computing.dataEnds(job, end)
    case .demand: break
    }
    if let name = end.name { world.forget(name) }
  }

  /// Tells the activities what the world has for them.
  private func hear(_ notice: Notice) throws(RunError) {
    switch notice {
    case .flowBegins(let flowClass): loss.flowBegins(on: flowClass)
    case .flowsBegin(let flowClass): loss.flowsBegin(on: flowClass)
    case .flowsWillMove(let flowClass): loss.renewFlowClassIfStale(flowClass)
    case .flowsMoved(let flowClass, let other): elastic.elasticFlowsMove(from: flowClass, to: other)
    case .flowIsOver(let end): try flowEnds(end)
    case .linkWillChange, .accountsAreRead: try loss.bookDemands()
    case .linkChanges(let link):
      light.noteService(of: link)
      transfers.setRoom(of: link)
      loss.linkChanges(link)
    case .linkChanged, .demandsChanged: elastic.noteElasticChange()
    case .linkKeepsUp(let link):
      try transfers.fitWindows(on: link)
      tokens.routesMayChange()
    case .linkReturns(let link): light.noteReturn(over: link)
    case .linkIsGivenUp(let link), .linkIsBack(let link): try transfers.breakInterrupted(on: link)
    case .routesChange:
      try loss.redirectDemands()
      try training.redirectHops()
      tokens.routesMayChange()
    case .scenarioChanged(let links): try training.rebalance(around: links)
    case .demandsAreBooked: tokens.bookTokens()
    case .takenChanged: elastic.takenChanged()
    case .windowsChanged:
      try loss.windowsChanged()
      elastic.noteElasticChange()
    case .dataArrived(let job): training.dataArrive(for: job)
    case .jobDataEnd(let job, let end): try computing.bookedDataEnd(job, end)
    }
  }

  /// Answers what one activity asks of another.
  private func connect() {
    world.tell = { [unowned self] (notice: Notice) throws(RunError) in try hear(notice) }
    world.ask.margin_dB = { [unowned self] in light.margin_dB(under: $0) }
    world.ask.channels = { [unowned self] in light.channels(under: $0) }
    world.ask.lightChannel = { [unowned self] (link: LitLinkID) throws(RunError) in
      try light.widen(link)
    }
    world.ask.tail = { [unowned self] in loss.tail($0) }
    world.ask.quality = { [unowned self] in loss.quality(of: $0) }
    world.ask.layDemand = { [unowned self] in loss.layDemand($0) }
    world.ask.setDemands = { [unowned self] (rates: [DemandRate]) throws(RunError) in
      try loss.setDemands(rates)
    }
    world.ask.home = { [unowned self] in transfers.home(of: $0, on: $1) }
    world.ask.nextFlow = { [unowned self] in
      if world.ledger.present > 0 { return world.now }
      return activities.reduce(SimTime.distantFuture) { min($0, $1.nextFlow) }
    }
    world.ask.serve = { [unowned self] in computing.serve(on: $0, busy: $1, held: $2) }
    world.ask.hasRoom = { [unowned self] in computing.hasRoom(on: $0) }
    world.ask.jobsChanged = { [unowned self] in serving.beginWaiting(on: $0) }
    world.ask.hasTransfers = { [unowned self] in !transfers.isOver }
    connectBookings()
  }
}
