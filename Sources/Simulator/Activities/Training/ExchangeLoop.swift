// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

// The steps of an exchange: inside hosts for a time, or a phase of transfers over the fabric.

extension Training {
  func beginExchange(_ index: Int) {
    training.exchanges[index].start = now
    training.exchanges[index].step = -1
    // As an event, like the end of each step: an exchange may have none.
    queue.push(.training(.phaseEnds(exchange: Int32(index))), at: now)
  }

  func beginNextStep(_ index: Int) throws(RunError) {
    training.exchanges[index].step += 1
    let plan = training.exchanges[index].plan
    let step = training.exchanges[index].step
    guard step < plan.steps.count else {
      noteBusUse(of: index)
      training.exchanges[index].step = -1
      return try exchangeEnds(index)
    }
    switch plan.steps[step] {
    case .within(let time):
      training.exchanges[index].pending = 1
      queue.push(.training(.hostsAreDone(exchange: Int32(index))), at: now + time)
    case .phase(let phase): beginPhase(phase, of: index)
    }
  }

  private func beginPhase(_ phase: CollectivePhase, of index: Int) {
    let fabric = fabric(ofJob: training.exchanges[index].job).fabric
    let planned = training.exchanges[index].plan.transfers(of: phase, on: fabric)
    training.exchanges[index].pending = planned.pairs.count + (planned.within == nil ? 0 : 1)
    training.exchanges[index].transfers = planned.pairs.map {
      ExchangeState.Transfer(pair: $0, tier: fabric.tier(of: $0), bits: phase.bytes * 8)
    }
    findWays(for: index)
    if let time = planned.within {
      queue.push(.training(.hostsAreDone(exchange: Int32(index))), at: now + time)
    }
    let tiers = Set(training.exchanges[index].transfers.map(\.tier))
    for tier in FabricTier.allCases where tiers.contains(tier) {
      let (delay, overflow) = fabric.delay(at: tier).nanoseconds
        .multipliedReportingOverflow(by: Int64(phase.latencies))
      queue.push(
        .training(.transfersStart(exchange: Int32(index), tier: tier)),
        at: now + SimDuration(nanoseconds: overflow ? .max : delay))
    }
    if training.exchanges[index].pending == 0 {
      queue.push(.training(.phaseEnds(exchange: Int32(index))), at: now)
    }
  }

  /// Something that the phase waited for is done.
  func endPart(of index: Int) {
    training.exchanges[index].pending -= 1
    guard training.exchanges[index].pending == 0 else { return }
    queue.push(.training(.phaseEnds(exchange: Int32(index))), at: now)
  }

  /// Adds an exchange to what the bus bandwidth of its job is told of: gradients, or all it does.
  private func noteBusUse(of index: Int) {
    let exchange = training.exchanges[index]
    let purpose = exchange.plan.exchange.purpose
    guard [.gradients, .parameters, .collective].contains(purpose) else { return }
    let collective = exchange.plan.exchange.collective
    training.jobs[exchange.job].statistics.lastBus.bits +=
      collective.busFactor * collective.bytes * 8 * Double(exchange.plan.exchange.repeats)
    training.jobs[exchange.job].statistics.lastBus.seconds += (now - exchange.start).seconds
  }
}
