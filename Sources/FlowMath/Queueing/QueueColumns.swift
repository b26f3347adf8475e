// SPDX-License-Identifier: GPL-3.0-or-later

/// Many queues as columns of numbers, answered eight at a time.
///
///     var queues = QueueColumns(count: 2)
///     queues[0] = QueueLoad(offered_bit_s: 9e10, capacity_bit_s: 1e11, packet_bits: 12_000, places: 100)
///     queues.evaluate(.mm1k)
///     let loss = queues.answer(to: 0).loss
///
/// A queue that was not set is offered nothing. Nothing is allocated after the initialiser.
public struct QueueColumns: ~Copyable {
  public let count: Int
  private let offered: AlignedColumn<Double>
  private let capacity: AlignedColumn<Double>
  private let packet: AlignedColumn<Double>
  private let places: AlignedColumn<Double>
  private let arrivalVariability: AlignedColumn<Double>
  private let serviceVariability: AlignedColumn<Double>
  private let loss: AlignedColumn<Double>
  private let delay: AlignedColumn<Double>
  private let wait: AlignedColumn<Double>
  private let longDelay: AlignedColumn<Double>
  /// Whether an octet has changed since it was answered, and since its long delays were found.
  private let isStale: AlignedColumn<Bool>
  private let isLongStale: AlignedColumn<Bool>

  public init(count: Int) {
    let padded = (count + 7) & ~7
    self.count = count
    offered = AlignedColumn(repeating: 0, count: padded)
    capacity = AlignedColumn(repeating: 1, count: padded)
    packet = AlignedColumn(repeating: 1, count: padded)
    places = AlignedColumn(repeating: 1e3, count: padded)
    arrivalVariability = AlignedColumn(repeating: 1, count: padded)
    serviceVariability = AlignedColumn(repeating: 1, count: padded)
    loss = AlignedColumn(repeating: 0, count: padded)
    delay = AlignedColumn(repeating: 0, count: padded)
    wait = AlignedColumn(repeating: 0, count: padded)
    longDelay = AlignedColumn(repeating: 0, count: padded)
    isStale = AlignedColumn(repeating: true, count: padded / 8)
    isLongStale = AlignedColumn(repeating: true, count: padded / 8)
  }

  /// What comes to one queue.
  public subscript(index: Int) -> QueueLoad {
    get {
      QueueLoad(
        offered_bit_s: offered[index], capacity_bit_s: capacity[index],
        packet_bits: packet[index], places: places[index],
        arrivalVariability: arrivalVariability[index],
        serviceVariability: serviceVariability[index])
    }
    nonmutating set {
      offered[index] = newValue.offered_bit_s
      capacity[index] = newValue.capacity_bit_s
      packet[index] = newValue.packet_bits
      places[index] = newValue.places
      arrivalVariability[index] = newValue.arrivalVariability
      serviceVariability[index] = newValue.serviceVariability
      note(index)
    }
  }

  /// Sets what comes to one queue and what serves it; its packets and places stay as they are.
  public func offer(
    _ offered_bit_s: Double, to index: Int, servedAt capacity_bit_s: Double,
    arrivalVariability variability: Double
  ) {
    guard
      offered[index] != offered_bit_s || capacity[index] != capacity_bit_s
        || arrivalVariability[index] != variability
    else { return }
    offered[index] = offered_bit_s
    capacity[index] = capacity_bit_s
    arrivalVariability[index] = variability
    note(index)
  }

  private func note(_ index: Int) {
    isStale[index / 8] = true
    isLongStale[index / 8] = true
  }

  /// What became of one queue when they were last evaluated.
  public func answer(to index: Int) -> QueueAnswer {
    QueueAnswer(loss: loss[index], delay_s: delay[index], wait_s: wait[index])
  }

  /// Answers all queues; for tests and benchmarks, since a run answers those that change.
  ///
  /// - Complexity: O(`count`), whatever the number of places.
  public mutating func evaluate(_ law: QueueLaw) {
    switch law {
    case .mm1k: each { $0.mm1k() }
    case .md1k: each { $0.md1k() }
    case .twoMoments: each { $0.twoMoments() }
    }
  }

  /// Answers the queues to which something else comes than when they were answered last.
  public mutating func evaluateChanged(_ law: QueueLaw) {
    for index in 0..<(offered.count / 8) where isStale[index] {
      isStale[index] = false
      answer(queues(at: index).answer(by: law), at: index)
    }
  }

  /// Finds the delay that 1 % of the packets with room exceed, for all queues.
  ///
  /// It takes some ten times as long as `evaluate`. For tests: reports ask for one at a time.
  public mutating func evaluateLongDelays(_ law: QueueLaw) {
    for index in 0..<(offered.count / 8) { findLong(law, at: index) }
  }

  /// Finds that of one queue, and of its neighbours, if one of them has changed.
  public mutating func evaluateLongDelay(of index: Int, _ law: QueueLaw) {
    if isLongStale[index / 8] { findLong(law, at: index / 8) }
  }

  private mutating func findLong(_ law: QueueLaw, at index: Int) {
    isLongStale[index] = false
    octets(longDelay)[index] = queues(at: index).delayQuantile(by: law)
  }

  /// The 99th percentile of the delay, in seconds, when they were last found.
  public func longDelay(of index: Int) -> Double { longDelay[index] }

  @inline(__always)
  private func queues(at index: Int) -> QueueOctet {
    QueueOctet(
      offered: octets(offered)[index], capacity: octets(capacity)[index],
      packet: octets(packet)[index], places: octets(places)[index],
      arrivalVariability: octets(arrivalVariability)[index],
      serviceVariability: octets(serviceVariability)[index])
  }

  @inline(__always)
  private func each(_ answer: (QueueOctet) -> QueueAnswerOctet) {
    for index in 0..<(offered.count / 8) { self.answer(answer(queues(at: index)), at: index) }
  }

  @inline(__always)
  private func answer(_ found: QueueAnswerOctet, at index: Int) {
    octets(loss)[index] = found.loss
    octets(delay)[index] = found.delay_s
    octets(wait)[index] = found.wait_s
  }
}

extension QueueLaw {
  /// The part of the packets that finds no room in one queue by itself.
  public func loss(of load: QueueLoad) -> Double {
    let queue = QueueOctet(
      offered: Octet(load.offered_bit_s), capacity: Octet(load.capacity_bit_s),
      packet: Octet(load.packet_bits), places: Octet(load.places),
      arrivalVariability: Octet(load.arrivalVariability),
      serviceVariability: Octet(load.serviceVariability))
    return queue.answer(by: self).loss[0]
  }
}

// MARK: - Classes that share a server

extension QueueColumns {
  func capacity(ofOctet index: Int) -> Octet { octets(capacity)[index] }

  /// Whether something else comes to one octet than when this was asked last.
  mutating func takeStale(ofOctet index: Int) -> Bool {
    defer { isStale[index] = false }
    return isStale[index]
  }

  /// Answers one octet as if its servers had another capacity, and its sizes varied more.
  @inline(__always)
  mutating func evaluate(
    _ law: QueueLaw, ofOctet index: Int, servedAt left: Octet, addingVariability added: Octet
  ) {
    let queues = QueueOctet(
      offered: octets(offered)[index], capacity: left, packet: octets(packet)[index],
      places: octets(places)[index], arrivalVariability: octets(arrivalVariability)[index],
      serviceVariability: octets(serviceVariability)[index] + added)
    let found = queues.answer(by: law)
    octets(loss)[index] = found.loss
    octets(wait)[index] = found.wait_s
  }

  /// The load that found room, as a part of the whole capacity.
  @inline(__always)
  func carried(ofOctet index: Int, capacity: Octet) -> Octet {
    QueueColumns.load(octets(offered)[index] * (1 - octets(loss)[index]) / capacity)
  }

  /// A load up to 1, and none where nothing comes to a server that does nothing.
  @inline(__always)
  static func load(_ ratio: Octet) -> Octet {
    choose(ratio .<= Octet(1), ratio, choose(ratio .> 1, Octet(1), Octet(0)))
  }

  /// What is left on average of a packet in service, in seconds.
  @inline(__always)
  func residual(ofOctet index: Int, capacity: Octet) -> Octet {
    octets(packet)[index] * (1 + octets(serviceVariability)[index]) / (capacity + capacity)
  }

  /// The load that is offered, up to more than any that changes an answer.
  @inline(__always)
  func offeredLoad(ofOctet index: Int, capacity: Octet) -> Octet {
    let load = octets(offered)[index] / capacity
    return choose(load .<= Octet(1e9), load, choose(load .> 1, Octet(1e9), Octet(0)))
  }

  /// The mean time of a service, in seconds.
  @inline(__always)
  func service(ofOctet index: Int, capacity: Octet) -> Octet { octets(packet)[index] / capacity }

  /// The time that a full room takes at the whole capacity.
  @inline(__always)
  func fullRoom(ofOctet index: Int, capacity: Octet) -> Octet {
    octets(places)[index] * service(ofOctet: index, capacity: capacity)
  }

  /// Adds a wait for others to that for its own kind.
  @inline(__always)
  mutating func delay(
    ofOctet index: Int, by others: Octet, upTo longest: Octet, serving capacity: Octet
  ) {
    let sum = octets(wait)[index] + others
    // No number where nothing is left to serve it: then it waits for ever.
    let bound = choose(longest .< Octet(Double.infinity), longest, Octet(Double.infinity))
    let waiting = choose(sum .< bound, sum, bound)
    octets(wait)[index] = waiting
    octets(delay)[index] = waiting + octets(packet)[index] / capacity
  }
}

/// A column of numbers as a column of octets.
@inline(__always)
func octets(_ column: borrowing AlignedColumn<Double>) -> UnsafeMutablePointer<Octet> {
  UnsafeMutableRawPointer(column.base).assumingMemoryBound(to: Octet.self)
}
