// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// Transfers as flows of the fluid system: each part of one is a flow on the lane of its way.

extension Training {
  /// Asks the policy of the fabric for the ways of all transfers of a phase.
  func findWays(for index: Int) {
    let entry = fabric(ofJob: training.exchanges[index].job)
    let policy = entry.balancing.policy
    let ways = policy.ways(
      of: batch(training.exchanges[index].transfers.map(\.pair), on: entry.fabric, of: index))
    training.exchanges[index].ways = ways
    training.exchanges[index].isSent = Array(repeating: false, count: ways.choices.count)
    training.exchanges[index].firstUnsent.removeAll(keepingCapacity: true)
    for transfer in training.exchanges[index].transfers.indices {
      training.exchanges[index].transfers[transfer].parts = Int32(ways.parts(of: transfer).count)
    }
    countLoads(of: index, by: 1)
  }

  /// A question to the policy, with the network as it is now.
  func batch(
    _ pairs: [NICPair], on fabric: Fabric, of index: Int, flowlet: Int = 0
  ) -> BalancedBatch {
    let job = model.training.jobs[training.exchanges[index].job]
    let down = links.downCount > 0 ? fabric.uplinks.filter { links.isDown($0) } : []
    return BalancedBatch(
      fabric: fabric, pairs: pairs, flowlet: flowlet,
      hash: lanes.fabrics[job.fabric].hash.of(job.name), down: Set(down),
      loads: world.fabricLoads[job.fabric])
  }

  /// Counts the parts that are not sent on the links of their ways, or no more.
  func countLoads(of index: Int, by change: Float) {
    let number = model.training.jobs[training.exchanges[index].job].fabric
    guard !world.fabricLoads[number].isEmpty else { return }
    for transfer in training.exchanges[index].transfers.indices {
      for part in training.exchanges[index].ways.parts(of: transfer)
      where !training.exchanges[index].isSent[part] {
        countLoad(of: index, transfer, part, by: change)
      }
    }
  }

  private func countLoad(of index: Int, _ transfer: Int, _ part: Int, by change: Float) {
    let number = model.training.jobs[training.exchanges[index].job].fabric
    guard !world.fabricLoads[number].isEmpty else { return }
    let fabric = model.training.fabrics[number].fabric
    let state = training.exchanges[index].transfers[transfer]
    let choice = Int(training.exchanges[index].ways.choices[part])
    fabric.forEachUplink(of: state.pair, state.tier, choice: choice) {
      world.fabricLoads[number][$0 - fabric.firstLink] += change
    }
  }

  /// The first bytes between cards that meet at a tier are through: they share bandwidth now.
  func startTransfers(_ index: Int, at tier: FabricTier) throws(RunError) {
    let flowlets = Double(fabric(ofJob: training.exchanges[index].job).balancing.policy.flowlets)
    for transfer in training.exchanges[index].transfers.indices
    where training.exchanges[index].transfers[transfer].tier == tier {
      training.exchanges[index].transfers[transfer].start = now
      let parts = training.exchanges[index].ways.parts(of: transfer)
      let bits = training.exchanges[index].transfers[transfer].bits
      for part in parts {
        try send(bits / flowlets / Double(parts.count), of: index, transfer, part)
      }
    }
  }

  /// Starts a flow for a part of a transfer.
  func send(_ bits: Double, of index: Int, _ transfer: Int, _ part: Int) throws(RunError) {
    let choice = training.exchanges[index].ways.choices[part]
    let lane = lane(of: index, transfer, choice)
    if loss.isOn { try world.tell(.flowBegins(on: lane)) }
    _ = fluid.start(flowClass: Int(lane), bits: bits, at: now.nanoseconds)
    count(bits, of: index, onLinksOf: lane)
  }

  /// Counts bits that a lane is to carry, or not after all.
  func count(_ bits: Double, of index: Int, onLinksOf lane: Int32) {
    let job = training.exchanges[index].job
    let first = fabric(ofJob: job).fabric.firstLink
    for link in lanes.route(of: lane).links {
      training.jobs[job].carried[Int(link.index) - first] += bits
    }
  }

  private func lane(of index: Int, _ transfer: Int, _ choice: Int32) -> Int32 {
    let key = training.exchanges[index].key(transfer: transfer, choice: choice)
    if let known = training.exchanges[index].lanes[key] { return known }
    let job = training.exchanges[index].job
    let path = fabric(ofJob: job).fabric.path(
      of: training.exchanges[index].transfers[transfer].pair, choice: Int(choice))
    let owner = training.add(
      TrainingDesk.ExchangePart(
        exchange: Int32(index), transfer: Int32(transfer), choice: choice))
    let lane = lanes.add(
      Route(source: nil, target: nil, links: path),
      trafficClass: model.training.jobs[job].trafficClass, owner: owner, in: &fluid)
    training.exchanges[index].lanes[key] = lane
    return lane
  }
}

// MARK: - Ends

extension Training {
  /// The last bit of something that an exchange has sent is through.
  func partEnds(_ number: Int32, _ end: FlowEnd) throws(RunError) {
    guard let finish = end.finish else { return }
    let part = training.part(number)
    try transferPartEnds(
      at: finish, on: end.lane, of: Int(part.exchange), Int(part.transfer), by: part.choice)
  }

  /// A part of a transfer, or a flowlet, is sent.
  private func transferPartEnds(
    at finish: SimTime, on lane: Int32, of index: Int, _ transfer: Int, by choice: Int32
  ) throws(RunError) {
    if try sendNextFlowlet(of: index, transfer) { return }
    let part = part(of: index, transfer, by: choice)
    countLoad(of: index, transfer, part, by: -1)
    training.exchanges[index].isSent[part] = true
    training.exchanges[index].transfers[transfer].parts -= 1
    guard training.exchanges[index].transfers[transfer].parts == 0 else { return }
    let state = training.exchanges[index].transfers[transfer]
    // A phase is over with the last of its transfers, which is later than each by itself.
    let tail = world.ask.tail(
      SentPart(
        bits: state.bits, lane: lane,
        parts: training.exchanges[index].ways.parts(of: transfer).count,
        together: training.exchanges[index].transfers.count))
    let end = finish + (tail?.time ?? .zero)
    noteTransfer(state, of: index, end)
    guard end > finish else { return endPart(of: index) }
    queue.push(.training(.transferIsWhole(exchange: Int32(index))), at: max(now, end))
  }

  /// The first part of a transfer by a way that is not sent yet; those by one way are alike.
  private func part(of index: Int, _ transfer: Int, by choice: Int32) -> Int {
    let parts = training.exchanges[index].ways.parts(of: transfer)
    guard parts.count > 1 else { return parts.lowerBound }
    // With tens of thousands of queue pairs a search from the front each time would take hours.
    let key = training.exchanges[index].key(transfer: transfer, choice: choice)
    var part = training.exchanges[index].firstUnsent[key].map(Int.init) ?? parts.lowerBound
    while part < parts.upperBound,
      training.exchanges[index].ways.choices[part] != choice
        || training.exchanges[index].isSent[part]
    { part += 1 }
    training.exchanges[index].firstUnsent[key] = Int32(part)
    return part < parts.upperBound ? part : parts.lowerBound
  }

  /// Sends the flowlet behind the one that is sent, by a way of its own; false behind the last.
  private func sendNextFlowlet(of index: Int, _ transfer: Int) throws(RunError) -> Bool {
    let entry = fabric(ofJob: training.exchanges[index].job)
    let policy = entry.balancing.policy
    let next = Int(training.exchanges[index].transfers[transfer].flowlet) + 1
    guard next < policy.flowlets else { return false }
    let state = training.exchanges[index].transfers[transfer]
    let ways = policy.ways(of: batch([state.pair], on: entry.fabric, of: index, flowlet: next))
    let part = training.exchanges[index].ways.parts(of: transfer).lowerBound
    training.exchanges[index].ways.choices[part] = ways.choices[0]
    training.exchanges[index].transfers[transfer].flowlet = Int32(next)
    try send(state.bits / Double(policy.flowlets), of: index, transfer, part)
    return true
  }

  private func noteTransfer(
    _ transfer: ExchangeState.Transfer, of index: Int, _ finish: SimTime
  ) {
    guard let start = transfer.start else { return }
    let seconds = max((finish - start).seconds, 1e-9)
    training.jobs[training.exchanges[index].job].statistics.note(
      JobStatistics.SlowestTransfer(
        throughput: transfer.bits / seconds, source: transfer.pair.source,
        target: transfer.pair.target))
  }
}
