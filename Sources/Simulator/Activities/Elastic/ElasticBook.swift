// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Statistics
internal import Traffic

/// The elastic flows of a run: who has been let in, what is promised to whom, who waits.
///
/// Like the book of loss it is a class, as the run that has it is.
final class ElasticBook {
  let isOn: Bool
  let entries: [ElasticTraffic]
  let policies: [any FlowScheduling]
  /// The first entry with the same policy: flows of one group are ordered together.
  let groups: [Int]
  var generators: [GeneratorState]
  /// The flow that each entry brings next.
  var arrivals: [GeneratedFlow?]
  private let tiers: [WeightedChoice]
  private var tierStreams: [RandomStream]
  private var lineStreams: [RandomStream]

  private var flows = SlotStore<ElasticFlow>()
  /// Those that wait to be let in, in order of arrival.
  var line = AdmissionLine()
  /// By entry and tier: the tiers with lower floors, the highest first.
  let lowerTiers: [[[Int]]]
  /// Those that send, in an order that depends on the past alone.
  var sending: [ElasticSender] = []
  /// By link, the greatest floor that somebody in line asks for: where that has no room nobody passes.
  var waitedFor: LinkFloors
  /// What demands ahead of flows take of each link at most.
  var demandPeaks: [Double]
  var arePeaksStale = true
  /// Whether someone in line may fit now.
  var hasNewRoom = false
  /// Whether grants are to be decided anew.
  var needsGrants = false
  /// Those that send and have their turn.
  var lines: GrantLines
  /// Whether flows of a line may pass each other after all, as transports have it.
  let mayPass: Bool
  /// The flow classes of those that have come into a line since rates were granted last.
  var fresh: [FlowClassID] = []
  /// Scratch of the grants: who is granted something else than before, in order of rank.
  var grants: [Grant] = []
  /// Scratch of the grants: the places of those whose rate was set anew.
  var renewed: [Int32] = []
  /// The floors of all that send.
  var sendingFloors: FloorBooks
  /// By flow class that a flow in line has for itself: the place of that, or -1.
  private var placeOfClass: [Int32] = []
  /// Whether every policy orders flows, so that each has a flow class for itself.
  let allAreOrdered: Bool
  /// Those that have begun, or moved, since rates were looked at last.
  var unseen: [ElasticID] = []
  /// Scratch: the flow classes that have another rate than then.
  var changedRates: [Int32] = []
  /// What each link has left behind all floors, and whether any carries something else since.
  var behindFloors: [Double]
  var isRoomStale = true
  /// Scratch of the grants: what is left of each link that has a line.
  var room: [Double]
  var round = 0
  /// Flow classes of single flows that are free to be used again, by links and tier.
  var spareFlowClasses: [FlowClassKey: [FlowClassID]] = [:]
  /// By entry and tier.
  var statistics: [[TierStatistics]]

  /// A grant that is another than before, and where its flow stands.
  struct Grant: BitwiseCopyable {
    var rank: GrantRank
    var place: Int32
  }

  struct FlowClassKey: Hashable {
    var links: [LinkID]
    var trafficClass: Int
  }

  init(_ model: Model) {
    entries = model.elastic.entries
    isOn = !entries.isEmpty
    policies = entries.map(\.scheduling.policy)
    allAreOrdered = policies.allSatisfy(\.ordersFlows)
    mayPass = entries.contains { entry in
      entry.tiers.contains { model.classes[$0.trafficClass].transport.kind != .ideal }
    }
    groups = entries.map { entry in
      model.elastic.entries.firstIndex { $0.scheduling == entry.scheduling } ?? 0
    }
    generators = entries.map { GeneratorState($0.generator, seed: model.seed) }
    arrivals = entries.map { _ in nil }
    lowerTiers = entries.map { Self.lowerTiers(of: $0.tiers) }
    tiers = entries.map { WeightedChoice(weights: $0.tiers.map(\.share)) }
    let streams = { (kind: String) in
      model.elastic.entries.map {
        RandomStream(seed: model.seed, name: "traffic/\($0.generator.name)/\(kind)")
      }
    }
    tierStreams = streams("tiers")
    lineStreams = streams("lines")
    let count = isOn ? model.topology.links.count : 0
    lines = GrantLines(groups: entries.count, links: count)
    sendingFloors = FloorBooks(links: count)
    waitedFor = LinkFloors(links: count)
    demandPeaks = Array(repeating: 0, count: count)
    room = demandPeaks
    behindFloors = demandPeaks
    statistics = entries.map { $0.tiers.map { _ in TierStatistics() } }
  }

  private static func lowerTiers(of tiers: [ElasticTier]) -> [[Int]] {
    tiers.map { asked in
      tiers.indices.filter { tiers[$0].floor < asked.floor }
        .sorted { (tiers[$1].floor, $0) < (tiers[$0].floor, $1) }
    }
  }

  /// Whether nothing more comes or is under way.
  var isOver: Bool { arrivals.allSatisfy { $0 == nil } && flows.count == 0 }

  var fractionsDone: [Double] { generators.map(\.fractionDrawn) }

  func drawTier(of entry: Int) -> Int { tiers[entry].next(using: &tierStreams[entry]) }

  /// A line of the source of a route, each as likely; nil where none is modelled.
  func drawLine(of entry: Int, from source: NodeID?) -> LinkID? {
    guard let lines = entries[entry].lines, let first = lines.first[source] else { return nil }
    let place = Int(lineStreams[entry].nextUniform() * Double(lines.perSource))
    return LinkID(index: Int(first.index) + min(place, lines.perSource - 1))
  }
}

// MARK: - Flows

extension ElasticBook {
  /// A flow that is not over.
  subscript(index: ElasticID) -> ElasticFlow {
    get {
      precondition(flows.contains(index), "the flow is not over")
      return flows[index]
    }
    _modify {
      precondition(flows.contains(index), "the flow is not over")
      yield &flows[index]
    }
  }

  func add(_ flow: ElasticFlow) -> ElasticID {
    let index = flows.add(flow)
    self[index].record.owner = .elastic(index)
    return index
  }

  func remove(_ index: ElasticID) { flows.remove(index) }

  /// All flows that are not over, in order of arrival.
  var present: [ElasticID] {
    flows.positions.sorted {
      (self[$0].record.arrival, self[$0].entry, self[$0].number)
        < (self[$1].record.arrival, self[$1].entry, self[$1].number)
    }
  }

  func startsSending(_ index: ElasticID, on flowClass: FlowClassID) {
    let flow = self[index]
    let tier = tier(of: flow)
    self[index].place = sending.count
    sending.append(
      ElasticSender(
        flow: index, deadline: flow.deadline, floor: tier.floor.value, ceiling: tier.ceiling.value,
        isPromised: promises(flow), flowClass: flowClass))
  }

  func stopsSending(_ index: ElasticID) {
    let place = self[index].place
    guard place >= 0 else { return }
    self[index].place = -1
    self[index].leastRate = sending[place].leastRate
    self[index].mostRate = sending[place].mostRate
    let last = sending.removeLast()
    guard last.flow != index else { return }
    sending[place] = last
    self[last.flow].place = place
    if last.line >= 0 { setPlace(of: last.flowClass, to: place) }
  }

  /// Whether a flow is not over, and sends.
  func isSending(_ index: ElasticID) -> Bool { flows.contains(index) && flows[index].place >= 0 }

  /// The place of the flow in line that has a flow class for itself.
  @inline(__always)
  func place(of flowClass: FlowClassID) -> Int { Int(placeOfClass[flowClass.index]) }

  /// The same, nil where none has.
  func placeIfAny(ofClass index: Int) -> Int? {
    guard index < placeOfClass.count, placeOfClass[index] >= 0 else { return nil }
    return Int(placeOfClass[index])
  }

  func setPlace(of flowClass: FlowClassID, to place: Int?) {
    while placeOfClass.count <= flowClass.index { placeOfClass.append(-1) }
    placeOfClass[flowClass.index] = Int32(place ?? -1)
  }

  func tier(of flow: ElasticFlow) -> ElasticTier { entries[flow.entry].tiers[flow.given] }

  /// Whether the floor of a flow is promised.
  func promises(_ flow: ElasticFlow) -> Bool { !entries[flow.entry].admission.isNone }
}
