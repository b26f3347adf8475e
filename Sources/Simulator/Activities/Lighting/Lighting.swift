// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results

/// Light under links: circuits that are set up, switched and torn down, requests for them, faults,
/// and links that light and darken channels by their use.
final class Lighting: Activity {
  let world: World
  let tables: LightTables
  var light: LightNetwork
  var requests: RequestBook
  var randomFaults: RandomFaults
  /// What failed with the faults of the scenario, by the number of the fault: a circuit, and its lightpath,
  /// since another circuit may have its place by the time of the repair.
  var failedTransponders: [Int: (circuit: CircuitID, lightpath: String)] = [:]
  var services: ServiceBook
  var reviews: LinkReviews
  /// The program that says by which path and channels lightpaths for requests go.
  var outside: OutsideSeam?
  /// The watch on a request, if there is one.
  var watch: RequestProbe?
  /// How many channels there were, where anybody wants to know.
  var channels: ChannelBook?

  init(_ world: World) {
    self.world = world
    tables = LightTables(world.outputs)
    let model = world.model
    light = model.lit
    requests = RequestBook(
      model.light.requests, seed: model.seed, mayRefuse: model.lightProgram != nil,
      countsRegenerators: !model.light.regeneratorStock.isEmpty)
    randomFaults = RandomFaults(model.light, seed: model.seed)
    services = ServiceBook(model.lit, links: model.light.links.count)
    reviews = LinkReviews(model.light.links)
    if tables.capacity != nil { channels = ChannelBook(model) }
  }

  func begin() throws(RunError) { planLight() }

  func handle(_ event: LightEvent) throws(RunError) {
    switch event {
    case .requestArrives(let source): try requestArrives(from: Int(source))
    case .clientLeaves(let client): try clientLeaves(client)
    case .circuitIsDue(let circuit): try circuitIsDue(circuit)
    case .faultHappens(let fault): try faultHappens(model.light.faults[Int(fault)])
    case .fibreFails(let fibre, let kind): try fibreFails(fibre, kind)
    case .fibreIsRepaired(let fibre, let kind): try fibreIsRepaired(fibre, kind)
    case .transponderFails(let circuit): try transponderFails(circuit)
    case .transponderIsRepaired(let circuit): try transponderIsRepaired(circuit)
    case .linkIsReviewed(let link): try linkIsReviewed(link)
    }
    countChannels()
  }

  var isOver: Bool { requests.isExhausted && light.clients.count == 0 }

  var fractionsDone: [Double] { requests.fractionsDone }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    try finishLight()
    try writeCapacity()
    describeLight(in: &outcome.summary)
    outcome.regenerators = regenerators
    outcome.sections.add(shownRequests, rank: 70)
    outcome.sections.add(shownServices, rank: 70)
    outcome.sections.add(services.protection.note, rank: 70)
    outcome.sections.add(fullestFibres, rank: 70)
  }

  /// Reads what is lit where it stands.
  ///
  /// A method of another module that is called on a property of a class gets a copy of the whole
  /// value, some thirty columns: the optimiser can't know that it leaves the class alone.
  @inline(__always)
  func reading<Value>(_ body: (inout LightNetwork) -> Value) -> Value { body(&light) }

  /// Books whether a link made of light carries in both directions.
  func noteService(of link: LinkID) {
    guard let lit = world.loss.litLinks[Int(link.index)] else { return }
    let ends = model.light.links[lit]
    if !world.links.isDown(ends.forward), !world.links.isDown(ends.back) {
      services.turn(lit, .up, at: now)
    } else {
      services.turn(lit, reading { $0.hasBegun(link: lit) } ? .down : .dark, at: now)
    }
  }

  /// The margin of the worst light under a link; nil where there is none.
  func margin_dB(under link: LinkID) -> Double? {
    guard let lit = world.loss.litLinks[Int(link.index)] else { return nil }
    return reading { $0.leastMargin_dB(ofLink: lit) }
  }

  /// The channels under a link with automatic capacity; nil for any other.
  func channels(under link: LinkID) -> LitChannels? {
    guard let place = world.loss.litLinks[Int(link.index)],
      let rule = model.light.links[place].automatic
    else { return nil }
    let circuits = light.linkCircuits[place].map { light.circuits[$0] }
    let coming = circuits.count { $0.carries(by: now + model.light.setup) }
    let lit = circuits.count { $0.state != .tearingDown }
    return LitChannels(
      link: LitLinkID(place), carrying: circuits.count { $0.carries }, coming: coming,
      most: rule.most - (lit - coming))
  }
}

enum LightEvent: RunEvent {
  /// The next request of a source for a lightpath is made.
  case requestArrives(source: Int32)
  case clientLeaves(client: ClientID)
  /// What was planned for a circuit is to be done, if it still is.
  case circuitIsDue(circuit: CircuitID)
  /// A fault or a repair that the scenario gives a time.
  case faultHappens(fault: Int32)
  case fibreFails(fibre: Int32, kind: RandomFaults.Kind)
  case fibreIsRepaired(fibre: Int32, kind: RandomFaults.Kind)
  case transponderFails(circuit: CircuitID)
  case transponderIsRepaired(circuit: CircuitID)
  /// A link with automatic capacity looks at its use.
  case linkIsReviewed(link: LitLinkID)

  var mark: EventMark? {
    switch self {
    case .requestArrives(let index): EventMark(7, index)
    case .clientLeaves(let index): EventMark(8, index)
    case .circuitIsDue(let index): EventMark(9, index)
    case .faultHappens(let index): EventMark(10, index)
    case .fibreFails(let index, _): EventMark(11, index)
    case .fibreIsRepaired(let index, _): EventMark(12, index)
    case .transponderFails(let index): EventMark(13, index)
    case .transponderIsRepaired(let index): EventMark(14, index)
    case .linkIsReviewed(let index): EventMark(15, index)
    }
  }
}

/// The tables of light.
struct LightTables {
  let lightpaths: TableWriter<LightpathsTable>?
  let requests: TableWriter<RequestsTable>?
  let services: TableWriter<ServicesTable>?
  let paths: TableWriter<PathsTable>?
  let capacity: TableWriter<CapacityTable>?

  init(_ tables: RunTables) {
    lightpaths = tables.writer(of: LightpathsTable.self)
    requests = tables.writer(of: RequestsTable.self)
    services = tables.writer(of: ServicesTable.self)
    paths = tables.writer(of: PathsTable.self)
    capacity = tables.writer(of: CapacityTable.self)
  }
}
