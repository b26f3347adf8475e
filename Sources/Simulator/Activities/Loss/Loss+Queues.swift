// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// 2. Demands and queues: what arrives at random, what of it is lost, and how long it waits.
//
// A link that is not full has a queue of packets that come at random: those of demands, with the
// variation of their gaps, and those of flows, as a Poisson process. A link that flows fill has
// one that they keep: with tail drop half of the buffer on average, as they fill it and back off;
// with marking what packets are marked at. Flows that do not follow loss are paced to what a full
// link gives them, and keep none. Demands do not slow down: their queue has the load that they
// offer, whatever that is, and what they lose is what its law says, at any load.

extension Loss {
  /// A link counts as full from this part of its capacity on.
  static let full = 0.999

  /// Finds what demands bring to each link, lose there and carry, with the mean delays of queues.
  ///
  /// - Returns: whether they leave much more or less to flows than before.
  func serveDemands() throws(RunError) -> Bool {
    let links = book.atLook.links
    for link in links where !book.levels.isRanked(link) { offer(to: link) }
    for link in book.levels.ranked { offerLevels(of: link) }
    book.open.solve(book.queueLaw)
    var hasChanged = false
    for link in links {
      if book.levels.isRanked(link) { takeDownLevels(of: link) } else { takeDown(link) }
      if try leaveToFlows(link) { hasChanged = true }
    }
    world.fluid.settle()
    return hasChanged
  }

  /// Reads the load where it stands: a method that is called on it would first copy it whole.
  @inline(__always)
  func reading<Value>(_ body: (inout OpenLoad) -> Value) -> Value { body(&book.open) }

  /// What a link serves of what comes at random: nothing while it is down.
  func roomAtLook(_ link: Int) -> Double { book.links[link].isDown ? 0 : roomForDemands(link) }

  private func isFull(_ link: Int) -> Bool {
    book.open.carried(at: link) + book.elastic[link] >= Loss.full * book.links[link].capacity
  }

  private func offer(to link: Int) {
    let flows = book.elastic[link] - book.beside[link] - book.reserved[link]
    book.open.setLink(
      link, room: roomAtLook(link), flows: isFull(link) ? 0 : max(0, flows),
      otherLoss: book.links[link].lossBehindPort)
  }

  private func takeDown(_ link: Int) {
    let (port, wait_s) = reading { ($0.loss(at: link), $0.wait(at: link)) }
    book.links[link].overload = book.links[link].isDown ? 0 : port.overload
    guard !book.links[link].isDown, book.links[link].capacity > 0 else { return }
    book.links[link].queue = port.queue
    book.links[link].delay_s = delay(waiting: wait_s, on: link)
    guard isFull(link), book.lossy[link] > 0 else { return }
    let kept = standingQueue(of: model.topology.links[link].port).bits / book.links[link].capacity
    book.links[link].delay_s = max(book.links[link].delay_s, kept)
  }

  /// A wait and the time to be sent, at most a full buffer at the least that a link is reckoned
  /// with.
  func delay(waiting wait_s: Double, on link: Int) -> Double {
    let sending_s = book.ports[link].packet_bits / book.links[link].capacity
    return min(wait_s + sending_s, longestDelay(of: link))
  }

  /// Leaves to flows what demands do not carry; tells whether that is much more or less than
  /// before.
  private func leaveToFlows(_ link: Int) throws(RunError) -> Bool {
    guard !book.demands.isEmpty else { return false }
    var taken = 0.0
    for place in book.levels.places(of: link) { taken += book.open.carried(at: place) }
    let moved = abs(taken - book.taken[link])
    guard moved > Loss.leastMove * book.links[link].capacity else { return false }
    book.taken[link] = taken
    try world.tell(.takenChanged)
    world.fluid.setCapacity(of: link, to: world.capacityForFlows(link), at: now.nanoseconds)
    return moved > book.effort.terms * book.links[link].capacity
  }

  /// Flows are not asked to share anew for less of a link.
  private static let leastMove = 1e-12

  // MARK: - Long delays

  /// Finds what 1 % of the packets at a place exceed, as it was at the last renewal.
  ///
  /// It costs more than all else, and only accounts and reports ask for it.
  func renewLongDelay(at place: Int, of link: Int) {
    guard !book.links[link].isDown, book.links[link].capacity > 0 else { return }
    guard place == link else { return renewLongDelayOfLevel(at: place, of: link) }
    let isKept = isFull(link) && book.lossy[link] > 0
    let buffer = isKept ? book.ports[link].buffer_bits / book.links[link].capacity : 0
    let long = min(book.open.longDelay(at: link, by: book.queueLaw), longestDelay(of: link))
    book.links[link].delayP99_s = max(long, buffer)
  }

  /// Finds those of all places of a link.
  func renewLongDelays(of link: Int) {
    for place in book.levels.places(of: link) { renewLongDelay(at: place, of: link) }
  }

  /// What flows that follow loss keep in the buffer of a full link.
  func standingQueue(of port: Port) -> Bytes {
    switch port.signal {
    case .drop: Bytes(port.buffer.value / 2)
    case .mark: Bytes(port.buffer.value * port.markAt)
    }
  }
}
