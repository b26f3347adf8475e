// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

// The steps of an exchange: inside hosts for a time, or a phase of transfers over the fabric.

extension Training {
  func beginExchange(_ index: Int) {
    book.exchanges[index].start = now
    book.exchanges[index].step = -1
    // As an event, like the end of each step: an exchange may have none.
    world.queue.push(.training(.phaseEnds(exchange: Int32(index))), at: now)
  }

  func beginNextStep(_ index: Int) throws(RunError) {
    book.exchanges[index].step += 1
    let plan = book.exchanges[index].plan
    let step = book.exchanges[index].step
    guard step < plan.steps.count else {
      noteBusUse(of: index)
      book.exchanges[index].step = -1
      return try exchangeEnds(index)
    }
    switch plan.steps[step] {
    case .within(let time):
      book.exchanges[index].pending = 1
      world.queue.push(.training(.hostsAreDone(exchange: Int32(index))), at: now + time)
    case .phase(let phase): try beginPhase(phase, of: index)
    }
  }

  private func beginPhase(_ phase: CollectivePhase, of index: Int) throws(RunError) {
    let fabric = fabric(ofJob: book.exchanges[index].job).fabric
    let planned = book.exchanges[index].plan.transfers(of: phase, on: fabric)
    book.exchanges[index].pending = planned.pairs.count + (planned.within == nil ? 0 : 1)
    book.exchanges[index].transfers = planned.pairs.map {
      ExchangeState.Transfer(pair: $0, tier: fabric.tier(of: $0), bits: phase.bytes * 8)
    }
    try findPaths(for: index)
    if let time = planned.within {
      world.queue.push(.training(.hostsAreDone(exchange: Int32(index))), at: now + time)
    }
    for tier in FabricTier.allCases
    where book.exchanges[index].transfers.contains(where: { $0.tier == tier }) {
      let (delay, overflow) = fabric.delay(at: tier).nanoseconds
        .multipliedReportingOverflow(by: Int64(phase.latencies))
      world.queue.push(
        .training(.transfersStart(exchange: Int32(index), tier: tier)),
        at: now + SimDuration(nanoseconds: overflow ? .max : delay))
    }
    if book.exchanges[index].pending == 0 {
      world.queue.push(.training(.phaseEnds(exchange: Int32(index))), at: now)
    }
  }

  /// Something that the phase waited for is done.
  func endPart(of index: Int) {
    book.exchanges[index].pending -= 1
    guard book.exchanges[index].pending == 0 else { return }
    world.queue.push(.training(.phaseEnds(exchange: Int32(index))), at: now)
  }

  /// Adds an exchange to what the bus bandwidth of its job is told of: gradients, or all it does.
  private func noteBusUse(of index: Int) {
    let exchange = book.exchanges[index]
    let purpose = exchange.plan.exchange.purpose
    guard [.gradients, .parameters, .collective].contains(purpose) else { return }
    let collective = exchange.plan.exchange.collective
    book.jobs[exchange.job].statistics.lastBus.bits +=
      collective.busFactor * collective.bytes * 8 * Double(exchange.plan.exchange.repeats)
    book.jobs[exchange.job].statistics.lastBus.seconds += (now - exchange.start).seconds
  }
}
