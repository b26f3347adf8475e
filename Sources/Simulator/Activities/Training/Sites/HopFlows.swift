// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// What goes between sites, as flows of the fluid system.
//
// A transfer is cut into equal parts, one for each connection, that share one flow class. Transfers
// of a hop are sent one behind another, as on a connection; the delay of the path is paid beside
// those before.

extension Training {
  /// Sends a transfer over a hop; its first byte pays the delay of the path, perhaps several times.
  func send(over hop: Int, of span: Int, latencies: Int) {
    let flowClass = flowClass(of: hop, of: span)
    let (delay, overflow) = world.flowClasses[flowClass].delay.nanoseconds
      .multipliedReportingOverflow(by: Int64(latencies))
    world.queue.push(
      .training(.hopBegins(span: Int32(span), hop: Int32(hop))),
      at: now + SimDuration(nanoseconds: overflow ? .max : delay))
  }

  /// The first byte of a transfer is through: it shares bandwidth now, or behind those before it.
  func hopBegins(_ hop: Int, of span: Int) throws(RunError) {
    guard book.spans[span].hops[hop].connections == 0 else {
      book.spans[span].hops[hop].inLine += 1
      return
    }
    try startConnections(hop, of: span)
  }

  private func startConnections(_ hop: Int, of span: Int) throws(RunError) {
    let flowClass = flowClass(of: hop, of: span)
    let count = model.training.spans[span].hops[hop].connections
    let bits = model.training.spans[span].exchange.bytes * 8
    try world.tell(.flowsBegin(on: flowClass))
    for _ in 0..<count {
      _ = world.fluid.start(
        flowClass: flowClass.index, bits: bits / Double(count), at: now.nanoseconds)
    }
    book.spans[span].hops[hop].connections = count
    book.spans[span].bits += bits
    carry(bits, of: span, by: flowClass)
  }

  /// A connection of a hop is done with its part of a transfer.
  ///
  /// What is behind it is sent at once; what was lost of its end is awaited beside that.
  func connectionEnds(_ number: HopID, on flowClass: FlowClassID) throws(RunError) {
    let (span, hop) = book.hopPlaces[number.index]
    book.spans[span].hops[hop].connections -= 1
    guard book.spans[span].hops[hop].connections == 0 else { return }
    let connections = model.training.spans[span].hops[hop].connections
    let bits = model.training.spans[span].exchange.bytes * 8 / Double(connections)
    let tail = world.ask.tail(SentPart(bits: bits, flowClass: flowClass, together: connections))
    if book.spans[span].hops[hop].inLine > 0 {
      book.spans[span].hops[hop].inLine -= 1
      try startConnections(hop, of: span)
    }
    guard let tail, tail.time > .zero else { return transferIsOver(hop, of: span) }
    world.queue.push(
      .training(.hopIsWhole(span: Int32(span), hop: Int32(hop))), at: now + tail.time)
  }

  /// All of a transfer over a hop is in.
  func transferIsOver(_ hop: Int, of span: Int) {
    switch model.training.spans[span].exchange {
    case .ring:
      book.spans[span].pendingHops -= 1
      guard book.spans[span].pendingHops == 0 else { return }
      world.queue.push(.training(.sitesHaveMet(span: Int32(span))), at: now)
    case .pipeline(let pipeline):
      let ends = model.training.spans[span].hops[hop]
      take(
        at: StopNumber(site: ends.target, isBackward: ends.target < ends.source), pipeline, of: span
      )
    }
  }

  /// Counts bits that the links between sites are to carry, or not after all.
  private func carry(_ bits: Double, of span: Int, by flowClass: FlowClassID) {
    for link in world.flowClasses.route(of: flowClass).links {
      book.spans[span].carried[Int(link.index), default: 0] += bits
    }
  }
}

// MARK: - Flow classes

extension Training {
  /// The flow class that a hop uses, which is made where there is none yet.
  private func flowClass(of hop: Int, of span: Int) -> FlowClassID {
    if book.spans[span].hops[hop].flowClass.isNone {
      let job = model.training.spans[span]
      // All connections end at some cards, which may be what holds them.
      let cards = world.fluid.addLink(capacity: job.hops[hop].cards.value)
      let flowClass = world.flowClasses.add(
        job.hops[hop].route, trafficClass: job.trafficClass, through: cards, in: &world.fluid)
      use(flowClass, for: hop, of: span)
      // From now on it is looked at whenever a link fails or comes back.
      if world.links.downCount > 0,
        case .move(let other) = world.failureAnswer(ofFlowClass: flowClass)
      {
        use(other, for: hop, of: span)
      }
    }
    return book.spans[span].hops[hop].flowClass
  }

  private func use(_ flowClass: FlowClassID, for hop: Int, of span: Int) {
    book.spans[span].hops[hop].flowClass = flowClass
    world.flowClasses.setOwner(of: flowClass, to: .hop(book.hopNumber(hop, of: span)))
  }

  /// Sends what is under way between sites elsewhere where it ought to be, as flows are.
  func redirectHops() throws(RunError) {
    for span in book.spans.indices {
      for hop in book.spans[span].hops.indices {
        let flowClass = book.spans[span].hops[hop].flowClass
        guard !flowClass.isNone, case .move(let other) = world.failureAnswer(ofFlowClass: flowClass)
        else {
          continue
        }
        use(other, for: hop, of: span)
        try move(span, from: flowClass, to: other)
      }
    }
  }

  private func move(
    _ span: Int, from flowClass: FlowClassID, to other: FlowClassID
  ) throws(RunError) {
    if world.loss.isOn { try world.tell(.flowsWillMove(to: other)) }
    for flow in world.fluid.withdraw(flowClass: flowClass.index, at: now.nanoseconds) {
      carry(-flow.bitsLeft, of: span, by: flowClass)
      carry(flow.bitsLeft, of: span, by: other)
      _ = world.fluid.start(flowClass: other.index, bits: flow.bitsLeft, at: now.nanoseconds)
    }
  }
}

extension SpanningJob.Exchange {
  /// What a transfer over a hop moves.
  var bytes: Double {
    switch self {
    case .ring(let bytes, _): bytes
    case .pipeline(let pipeline): pipeline.bytes
    }
  }
}
