// SPDX-License-Identifier: GPL-3.0-or-later

// Classes of packets at one server, in strict order, a packet in service being left to finish.
//
// With r_i the load of class i that finds room and c_k = r_1 + ... + r_k, the mean wait with room
// for all is (A. Cobham, Operations Research 2, 1954; Kleinrock II, 3.6)
//
//   W_k = R / ((1 - c_{k-1}) (1 - c_k)),   R = sum over all classes i of r_i s_i (1 + b_i) / 2
//
// Each class has a room of its own: a lower one never takes places of a higher one, and none is
// pushed out.
//
// **Loss.** Class k is a queue that is served at what the higher classes leave, C u with
// u = 1 - c_{k-1}, and whose services, as they come in between, vary by 2 R_{k-1} / (s u) more,
// R_{k-1} being the part of R of the classes above (the time from the begin of a packet to that
// of the next, D. Gaver, J. Royal Stat. Soc. B 24, 1962).
//
// **Wait.** Of that queue, and of what it does not know of R. With v = u less the load of the
// class that is offered, p the load of all, and x = (K s + R) / u, a full room and a packet in
// service, a wait that is 0 or else exponential up to x has the mean
//
//   w(R) = p x (1/2 - k(y)),   y = p x u v / R,   k(y) = 1/(e^y - 1) - 1/y + 1/2
//
// which is R / (u v) in a large room, and half of x where the class takes just what is left to
// it. The queue above knows the class's own part of R and r/u of R_{k-1}; w(R) less w of these
// is added. In a large room the sum is Cobham's wait.
//
// **Fluids.** A class may also bring packets that are paced and keep no queue: they take their
// part of C and of R from those below, and do not wait.

/// Queues of several classes at many links as columns, answered eight links at a time.
///
/// Class 0 goes first. The capacity of a link is that of its class 0.
public struct PriorityColumns: ~Copyable {
  public let links: Int
  public let classes: Int
  private let padded: Int
  var queues: QueueColumns
  /// The rates of fluids, in bit/s.
  let fluids: AlignedColumn<Double>
  private let isStale: AlignedColumn<Bool>

  public init(links: Int, classes: Int) {
    precondition(classes > 0, "a queue has a class at least")
    self.links = links
    self.classes = classes
    padded = (links + 7) & ~7
    queues = QueueColumns(count: padded * classes)
    fluids = AlignedColumn(repeating: 0, count: padded * classes)
    isStale = AlignedColumn(repeating: true, count: padded / 8)
  }

  func place(_ link: Int, _ flowClass: Int) -> Int { flowClass * padded + link }

  /// What comes of one class to one link.
  public subscript(link: Int, flowClass: Int) -> QueueLoad {
    get { queues[place(link, flowClass)] }
    nonmutating set { queues[place(link, flowClass)] = newValue }
  }

  /// Sets what of one class comes to one link and what serves it, its packets as they are.
  public func offer(
    _ offered_bit_s: Double, to link: Int, _ flowClass: Int, servedAt capacity_bit_s: Double,
    arrivalVariability variability: Double
  ) {
    queues.offer(
      offered_bit_s, to: place(link, flowClass), servedAt: capacity_bit_s,
      arrivalVariability: variability)
  }

  /// Sets what of a class comes paced to a link, beside what comes at random.
  public func setFluid(_ rate_bit_s: Double, at link: Int, _ flowClass: Int) {
    let place = place(link, flowClass)
    guard fluids[place] != rate_bit_s else { return }
    fluids[place] = rate_bit_s
    isStale[link / 8] = true
  }

  public func answer(to link: Int, _ flowClass: Int) -> QueueAnswer {
    queues.answer(to: place(link, flowClass))
  }

  /// The queue that a class is by itself: served at what the higher ones leave, with services that vary
  /// by what comes in between as well.
  func queue(of flowClass: Int, at link: Int) -> QueueLoad {
    let (index, lane) = (link / 8, link % 8)
    let capacity = queues.capacity(ofOctet: index)
    var (taken, random) = (Octet(0), Octet(0))
    for higher in 0..<flowClass {
      let place = higher * (padded / 8) + index
      let load = queues.carried(ofOctet: place, capacity: capacity)
      random += load * queues.residual(ofOctet: place, capacity: capacity)
      taken = (taken + load + fluid(ofOctet: place, capacity: capacity)).least(Octet(1))
    }
    let before = (1 - taken).greatest(Octet(0))
    let service = queues.service(ofOctet: flowClass * (padded / 8) + index, capacity: capacity)
    var queue = self[link, flowClass]
    queue.capacity_bit_s = capacity[lane] * before[lane]
    queue.serviceVariability += interruptions(random, before, service: service)[lane]
    return queue
  }

  /// Answers all classes of all links; for tests, since a run answers those that change.
  public mutating func evaluate(_ law: QueueLaw) {
    for index in 0..<(padded / 8) { evaluate(law, at: index) }
  }

  /// Answers those of the links to which something else comes than when they were answered last.
  public mutating func evaluateChanged(_ law: QueueLaw) {
    for index in 0..<(padded / 8) {
      var hasChanged = isStale[index]
      for flowClass in 0..<classes
      where queues.takeStale(ofOctet: flowClass * (padded / 8) + index) {
        hasChanged = true
      }
      if hasChanged { evaluate(law, at: index) }
      isStale[index] = false
    }
  }

  private mutating func evaluate(_ law: QueueLaw, at index: Int) {
    let (residual, busy) = loseByClass(law, at: index)
    waitByClass(residual, busy, at: index)
  }

  /// Finds what each class loses and how long it waits for itself.
  ///
  /// - Returns: R, in seconds, and p.
  @inline(__always)
  private mutating func loseByClass(
    _ law: QueueLaw, at index: Int
  ) -> (residual: Octet, busy: Octet) {
    let capacity = queues.capacity(ofOctet: index)
    var taken = Octet(0)
    var residual = Octet(0)
    var random = Octet(0)
    for flowClass in 0..<classes {
      let place = flowClass * (padded / 8) + index
      let before = (1 - taken).greatest(Octet(0))
      queues.evaluate(
        flowClass == 0 ? law : .twoMoments, ofOctet: place, servedAt: capacity * before,
        addingVariability: interruptions(
          random, before, service: queues.service(ofOctet: place, capacity: capacity)))
      let load = queues.carried(ofOctet: place, capacity: capacity)
      let left = queues.residual(ofOctet: place, capacity: capacity)
      let all = load + fluid(ofOctet: place, capacity: capacity)
      residual += all * left
      random += load * left
      taken = (taken + all).least(Octet(1))
    }
    return (residual, taken)
  }

  /// What higher classes add to the variability of services: 2 R_{k-1} / (s u), within bounds.
  @inline(__always)
  private func interruptions(_ random: Octet, _ before: Octet, service: Octet) -> Octet {
    let added = (random + random) / (service * before)
    return choose(added .<= Octet(1e6), added, choose(added .> 1, Octet(1e6), Octet(0)))
  }

  @inline(__always)
  private func fluid(ofOctet index: Int, capacity: Octet) -> Octet {
    QueueColumns.load(octets(fluids)[index] / capacity)
  }

  /// Adds to the wait of each class what the other classes in service bring.
  @inline(__always)
  private mutating func waitByClass(_ residual: Octet, _ busy: Octet, at index: Int) {
    let capacity = queues.capacity(ofOctet: index)
    var taken = Octet(0)
    var higher = Octet(0)
    for flowClass in 0..<classes {
      let place = flowClass * (padded / 8) + index
      let load = queues.carried(ofOctet: place, capacity: capacity)
      let own = load * queues.residual(ofOctet: place, capacity: capacity)
      let before = 1 - taken
      let room = BoundedWait(
        work: queues.fullRoom(ofOctet: place, capacity: capacity) + residual, before: before,
        left: before - queues.offeredLoad(ofOctet: place, capacity: capacity), busy: busy)
      let counted = own + higher * (load / before).least(Octet(1))
      let others = room.wait(behind: residual) - room.wait(behind: counted.least(residual))
      higher += own
      queues.delay(
        ofOctet: place, by: others.greatest(Octet(0)), upTo: room.longest, serving: capacity)
      taken = (taken + load + fluid(ofOctet: place, capacity: capacity)).least(Octet(1))
    }
  }
}

/// The wait of eight classes in a room that has an end.
private struct BoundedWait {
  /// K s + R, in seconds.
  let work: Octet
  /// u.
  let before: Octet
  /// v.
  let left: Octet
  /// p.
  let busy: Octet

  /// x.
  var longest: Octet {
    @inline(__always) get { work / before }
  }

  /// w of R or a part of it.
  @inline(__always)
  func wait(behind residual: Octet) -> Octet {
    let y = busy * work * left / residual
    let bounded = busy * longest * (0.5 - Octet.bernoulli(y))
    // Beyond that the end of the room is not felt, and the difference would lose digits.
    return choose(y .> Octet(40), residual / (before * left), bounded)
  }
}
