// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import Light
internal import NetworkModel
internal import Traffic

/// What links do to packets, and what transports and demands make of it.
///
/// Loss and delay follow from the rates of flows, and rates from loss and delay. `Loss` looks at
/// all links now and then, works the two out together (`Loss.renewLoss`), and in between flows
/// share bandwidth by the weights and ceilings that came of it. A renewal is due when as many flows
/// have come or gone as there were at the last one, or as a renewal goes through path entries, but
/// not before there was an event for each two of these: so it costs about what the events do. A
/// small network is looked at after every event. It is a class, as the run that has it is.
final class LossBook {
  let isOn: Bool
  let every: SimDuration?
  /// Where links stand in the columns, and the levels of those with a priority port.
  let levels: PortLevels
  /// By place, like all columns.
  var links: [LinkLoss]
  var flowClasses: [FlowClassLoss] = []
  var equilibrium: LossEquilibrium
  var open: OpenLoad
  var demands: [DemandState]
  /// What demands ahead of flows take of each link, in bit/s.
  var taken: [Double]
  /// What demands have carried of each link so far, in bits; by class, then by link, where links are
  /// told of by class.
  var demandBits: [Double]
  /// Where the links of the next class stand in it; 0 where all classes are one.
  let demandStride: Int
  /// The instant up to which demands are booked.
  private(set) var bookedAt = SimTime.zero
  /// Bookings so far, and by place what each of them finds there.
  private(set) var bookings = 0
  var passages: [LinkPassage]
  /// Looks so far, of up to a few rounds each.
  private(set) var renewals = 0
  private var changes = 0
  /// The flows that there were at the last renewal.
  var flowsAtLook = 0
  private var isForced = true
  /// That of the renewal which is under way, or was last.
  private(set) var effort = LossEffort.small
  var atLook: LinksAtLook
  /// Whether full links have a price that flows which follow loss pay.
  var hasPrices = false
  /// Links that have changed since the last renewal.
  private var changedLinks: [Int] = []
  /// The rate of all elastic flows on each link, and of those that follow loss, in bit/s.
  var elastic: [Double]
  var lossy: [Double]
  /// What of these is no flow: demands beside flows, and windows.
  var beside: [Double]
  var reserved: [Double]
  let queueLaw: QueueLaw
  /// By link.
  let ports: [PortSizes]
  /// The lit link that a link is a direction of, where it is made of light.
  let litLinks: [Int: Int]
  /// The flow classes with flows: those of the equilibrium with the path of each, and all others.
  var balanced: [FlowClassID] = []
  var paths: [PathQuality] = []
  var unbalanced: [FlowClassID] = []
  /// By traffic class.
  let followsLoss: [Bool]

  init(_ model: Model) {
    isOn = model.loss.isOn
    every = model.loss.every
    levels = PortLevels(isOn ? model.topology : Topology(), model.classes)
    atLook = LinksAtLook(links: levels.links, takesAll: !model.transfers.isEmpty)
    let count = levels.places
    links = Array(repeating: LinkLoss(), count: count)
    for link in 0..<levels.links {
      let given = model.topology.links[link].port.loss
      links[link].given = given
      for place in levels.places(of: link) { links[place].given = given }
    }
    equilibrium = LossEquilibrium(links: count)
    open = OpenLoad(links: levels.links, ranked: levels.ranked.count, ranks: levels.count)
    demands = model.demands.map { DemandState($0) }
    taken = Array(repeating: 0, count: levels.links)
    let areByClass = model.outputs.linkRows.areByClass
    demandStride = areByClass ? levels.links : 0
    demandBits = Array(
      repeating: 0, count: areByClass ? levels.links * model.classes.count : levels.links)
    passages = Array(repeating: LinkPassage(), count: count)
    elastic = Array(repeating: 0, count: count)
    lossy = elastic
    beside = elastic
    reserved = elastic
    queueLaw = LossBook.law(of: model)
    ports = model.topology.links.prefix(levels.links).map { PortSizes($0.port) }
    litLinks = Dictionary(
      model.light.links.enumerated().flatMap { index, link in
        [(Int(link.forward.index), index), (Int(link.back.index), index)]
      }, uniquingKeysWith: { first, _ in first })
    followsLoss = model.classes.map(\.transport.kind.followsLoss)
    for link in 0..<levels.links {
      let port = model.topology.links[link].port
      for place in [link] + levels.places(of: link) {
        open.setQueue(
          at: place, packet_bits: port.packet.bits, places: port.packetsHeld,
          port.packetVariation * port.packetVariation)
      }
    }
  }

  /// An exact law where all packets come and are as it says, and else one by two moments.
  private static func law(of model: Model) -> QueueLaw {
    guard model.demands.allSatisfy({ $0.variation == 1 }) else { return .twoMoments }
    if model.topology.links.allSatisfy({ $0.port.packetVariation == 0 }) { return .md1k }
    return model.topology.links.allSatisfy { $0.port.packetVariation == 1 } ? .mm1k : .twoMoments
  }

  func beginBooking(at now: SimTime) {
    bookedAt = now
    bookings += 1
  }

  /// A flow has come or gone.
  func noteFlow() {
    changes += 1
  }

  /// Something has changed that is worth a renewal by itself.
  func noteChange() {
    isForced = true
  }

  /// A link is not what it was; until the renewal that comes of it all is told as it was.
  func noteChange(of link: Int) {
    isForced = true
    changedLinks.append(link)
  }

  /// The links that have changed since this was asked last.
  func takeChangedLinks() -> [Int] {
    defer { changedLinks.removeAll(keepingCapacity: true) }
    return changedLinks
  }

  /// Whether a renewal of all links is due.
  func isDue(hops: Int) -> Bool {
    guard !isForced, changes > 0, !isSmall(hops: hops) else { return isForced || changes > 0 }
    let price = hops + levels.links
    return changes >= min(price, max(flowsAtLook, price / LossBook.entriesAnEvent))
  }

  /// An event pays for so many path entries of a renewal.
  private static let entriesAnEvent = 2

  /// Whether a renewal costs next to nothing.
  func isSmall(hops: Int) -> Bool { hops + levels.links <= LossBook.few }

  private static let few = 32

  /// Begins a renewal of all links, and says how much effort it takes.
  func beginLook(hops: Int) {
    effort = isSmall(hops: hops) ? .small : isForced ? .settling : .following
    changes = 0
    isForced = false
    renewals += 1
  }
}

/// What of a port each renewal reads, by itself: a link has a name and more, whose references count.
struct PortSizes: BitwiseCopyable {
  let packet_bits: Double
  let buffer_bits: Double

  init(_ port: Port) {
    packet_bits = port.packet.bits
    buffer_bits = port.buffer.bits
  }
}

/// How exactly a renewal works out loss and rates.
struct LossEffort {
  /// How often all four steps are taken, if they go on moving terms.
  var rounds: Int
  /// How far a full link may be from just full.
  var balance: Double
  /// A weight, a ceiling or a yield that moves by less stays as it is.
  var terms: Double

  static let small = LossEffort(rounds: 4, balance: 1e-4, terms: 1e-3)
  static let settling = LossEffort(rounds: 4, balance: 1e-3, terms: 1e-3)
  /// The next renewal, a generation of flows later, goes on from where this one ends.
  static let following = LossEffort(rounds: 1, balance: 2e-2, terms: 1e-2)
}

/// What loss and delay make of a flow class.
struct FlowClassLoss {
  /// The renewal that its terms come from; -1 for none yet.
  var renewal = -1
  var weight = 0.0
  var floor = 0.0
  var ceiling = 0.0
  var yield = 1.0
  var limit = TransportLimit.ceiling
  /// The seconds, summed over flows, for which each limit held it when it was at its ceiling.
  var held: [TransportLimit: Double] = [:]
  var heldBefore = 0.0
}

/// What the ceiling of a flow class comes from.
enum TransportLimit: Hashable {
  /// The ceiling of the class itself.
  case ceiling
  /// More may not be under way.
  case window
  /// A sender that slows down for what is lost elsewhere than in a full link, most of it there.
  case loss(link: LinkID, cause: LossCause)
}
