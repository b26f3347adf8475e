// SPDX-License-Identifier: GPL-3.0-or-later

// Streams that do not slow down: what of each gets through, link after link.
//
//   given       links l with room C_l, a queue, other losses e_l, and what comes there beside them;
//               streams d with a rate and a path
//   find        a_l, what arrives at each link, and the part of it that passes
//   such that   pass_l = (1 - e_l) (1 - loss_l(a_l)),   loss_l the law of the link's queue,
//               a_l = sum over the streams of l of their rate times the passes of the links before
//
// A queue loses at least the fluid that does not fit, 1 - C_l/a_l, so that no more than C_l is
// carried, at any load. Where streams go by rank each rank of a link is a link of its own, and a
// queue of `PriorityColumns`.
//
// What arrives at a link is taken as random anew: as independent of what it met on the way.
//
// **Streams beside flows** have a share s of the link that holds them, as sharing gives it, and that
// link loses the rest of what comes of them. What streams ahead lose depends on these no more than
// it does on a full link: it is the law at a load of 1, or at their own where that is more. Streams
// beside them lose what is left of the law's loss at the load of all, n:
//
//   carried_b = C (1 - excess(n)) - carried_a,   1 - excess = (1 - loss(n)) max(1, n/C)
//
// A link to which nothing comes is at rest: it is left out, as each round would leave it as it is.
//
// Links are taken in rounds. Where no stream feeds back on itself, as many rounds as the longest
// path has links (times the ranks) are exact. Elsewhere they may swing; they then take shorter
// steps, and longer ones again when they no longer do.

/// The links and streams of a problem, and its answer.
public struct OpenLoad: ~Copyable {
  let links: Int
  let ranks: Int
  /// The queues of links, and those of links where streams go by rank.
  var queues: QueueColumns
  var ranked: PriorityColumns
  /// By place: that of a link, or of a rank of one behind all links.
  var load: AlignedColumn<OpenLinkLoad>
  var streams = OpenStreams()
  /// Whether some stream goes beside flows.
  var hasBeside = false
  /// By place: whether a stream crosses it, and whether an answer can change anything there.
  var isCrossed: AlignedColumn<Bool>
  var isAwake: AlignedColumn<Bool>
  /// The places that the answer under way goes through, in order, and how many of them are links.
  var awake = AlignedColumn<Int32>()
  var awakeLinks = 0

  /// The places are those of all links, and behind them those of the ranks of some, link by link.
  public init(links count: Int, ranked rankedCount: Int = 0, ranks: Int = 1) {
    links = count
    self.ranks = ranks
    queues = QueueColumns(count: count)
    ranked = PriorityColumns(links: rankedCount, classes: ranks)
    load = AlignedColumn(repeating: OpenLinkLoad(), count: count + rankedCount * ranks)
    isCrossed = AlignedColumn(repeating: false, count: load.count)
    isAwake = AlignedColumn(repeating: true, count: load.count)
  }

  /// Sets what does not change: the packets of a place, their room, and how much their sizes vary.
  public mutating func setQueue(at place: Int, packet_bits: Double, places: Double, _ sizes: Double)
  {
    let queue = QueueLoad(
      offered_bit_s: 0, capacity_bit_s: 0, packet_bits: packet_bits, places: places,
      serviceVariability: sizes)
    if place < links {
      queues[place] = queue
    } else {
      ranked[(place - links) / ranks, (place - links) % ranks] = queue
    }
  }

  /// Sets what serves a place, and what comes there beside the streams.
  ///
  /// The room of a rank is that of its link. `flows` come at random; `paced` ones keep no queue and
  /// only take from lower ranks.
  public mutating func setLink(
    _ place: Int, room bit_s: Double, flows: Double = 0, paced: Double = 0, otherLoss part: Double
  ) {
    load[place].capacity = bit_s
    load[place].flows = flows
    load[place].otherLoss = part
    isAwake[place] = true
    if place >= links {
      ranked.setFluid(paced, at: (place - links) / ranks, (place - links) % ranks)
    }
  }

  // MARK: Streams

  /// Adds a stream, its gaps varying as they do (squared, 1 for Poisson's).
  public mutating func addStream(
    path links: some Sequence<Int32>, variability: Double = 1, isBeside: Bool = false
  ) {
    streams.append(path: links, variability: variability, isBeside: isBeside)
    if isBeside { hasBeside = true }
    for entry in streams.start[streams.count - 1]..<streams.start[streams.count] {
      isCrossed[streams.path[entry]] = true
      isAwake[streams.path[entry]] = true
    }
  }

  /// Forgets all streams, to lay them anew.
  public mutating func removeStreams() {
    streams = OpenStreams()
    hasBeside = false
    for place in 0..<load.count { isCrossed[place] = false }
  }

  public mutating func setRate(ofStream stream: Int, to bit_s: Double) {
    streams.rate[stream] = bit_s
  }

  /// Sets the share of a stream beside flows, and where on its path it is held to that, if it is.
  public mutating func setShare(ofStream stream: Int, to bit_s: Double, heldAt position: Int?) {
    streams.share[stream] = bit_s
    streams.holder[stream] = position.map { streams.start[stream] + Int32($0) } ?? -1
  }

  // MARK: What came of it

  /// Whether the next answer can change anything at a place that is not set before it.
  @inline(__always)
  public func isAwake(at place: Int) -> Bool { isAwake[place] }

  /// The part of streams ahead of flows that gets on from a place to the next.
  @inline(__always)
  public func pass(at place: Int) -> Double { load[place].pass }

  /// What of streams ahead of flows arrives at a place in bit/s, whatever becomes of it.
  public func arriving(at place: Int) -> Double { load[place].ahead }

  /// What arrives there of streams beside flows.
  public func besideArriving(at place: Int) -> Double { load[place].free + load[place].held }

  /// What of streams ahead of flows is carried, before its other losses.
  @inline(__always)
  public func carried(at place: Int) -> Double { load[place].carried }

  /// What a place loses of streams ahead of flows; without any, what it loses of flows.
  ///
  /// Inlined, as what comes next: called on a property of a class it would first copy the whole load.
  @inline(__always)
  public func loss(at place: Int) -> PortLoss {
    guard load[place].ahead > 0 else { return PortLoss(load[place].excess, fluid: 0) }
    let fluid = fluidLoss(offered_bit_s: load[place].ahead, capacity_bit_s: load[place].room)
    return PortLoss(load[place].loss, fluid: fluid)
  }

  /// What a place loses of streams beside flows, on average over them.
  public func besideLoss(at place: Int) -> PortLoss {
    let all = besideArriving(at: place)
    guard all > 0 else { return PortLoss(0, fluid: 0) }
    return PortLoss(1 - load[place].passed / all, fluid: 1 - load[place].fitted / all)
  }

  /// The part of streams beside flows that does not fit at a place though none is held to a share there.
  public func freeOverload(at place: Int) -> Double { 1 - load[place].freeFits }

  /// What a stream loses at an entry of its path, of which `bit_s` arrives there.
  public func besideLoss(
    ofStream stream: Int, at position: Int, _ bit_s: Double, share: Double
  ) -> PortLoss {
    let entry = streams.start[stream] + Int32(position)
    let isHeld = streams.holder[stream] == entry
    return load[Int(streams.path[entry])].besideLoss(of: bit_s, share: isHeld ? share : nil)
  }

  /// How long what finds room at a place waits on average, in seconds.
  @inline(__always)
  public func wait(at place: Int) -> Double {
    guard place >= links else { return queues.answer(to: place).wait_s }
    return ranked.answer(to: (place - links) / ranks, (place - links) % ranks).wait_s
  }

  /// The delay that 1 % of the packets of a place exceed, in seconds; it is found when asked for.
  public mutating func longDelay(at place: Int, by law: QueueLaw) -> Double {
    guard place >= links else {
      queues.evaluateLongDelay(of: place, law)
      return queues.longDelay(of: place)
    }
    return ranked.longDelay(of: (place - links) / ranks, (place - links) % ranks)
  }

  /// Whether some link holds a stream beside flows to its share.
  public func isHeld(stream: Int) -> Bool { streams.holder[stream] >= 0 }

  /// The room of a place, beside what higher ranks take of it, in bit/s; for tests.
  public func room(at place: Int) -> Double { load[place].room }
}

/// What a port loses: what does not fit of a fluid, and what its queue then loses of the rest.
public struct PortLoss: Equatable, Sendable {
  public var overload: Double
  public var queue: Double

  public static let none = PortLoss(0, fluid: 0)

  /// Of all that is lost as much is counted as overload as does not fit.
  init(_ all: Double, fluid: Double) {
    overload = min(all, max(0, fluid))
    queue = overload < 1 ? max(0, 1 - (1 - all) / (1 - overload)) : 0
  }
}

/// The streams of a problem, as columns.
struct OpenStreams: ~Copyable {
  var rate = AlignedColumn<Double>()
  var variability = AlignedColumn<Double>()
  /// What sharing gives a stream beside flows; infinite for one ahead of them.
  var share = AlignedColumn<Double>()
  /// The entry of its path that holds it to that; -1 for none.
  var holder = AlignedColumn<Int32>()
  var path = AlignedColumn<Int32>()
  var start = AlignedColumn<Int32>()
  private(set) var longest = 0

  init() {
    start.append(0)
  }

  var count: Int { rate.count }

  mutating func append(
    path links: some Sequence<Int32>, variability: Double, isBeside: Bool
  ) {
    rate.append(0)
    self.variability.append(variability)
    share.append(isBeside ? 0 : .infinity)
    holder.append(-1)
    for link in links { path.append(link) }
    longest = max(longest, path.count - Int(start[start.count - 1]))
    start.append(Int32(path.count))
  }
}
