// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling
internal import Traffic

// Transfers as flows of the fluid system: each part of one is a flow on the flow class of its path.

extension Training {
  /// Asks the policy of the fabric for the paths of all transfers of a phase.
  ///
  /// `bits` is what each has to send yet, where some is sent.
  func findPaths(for index: Int, _ bits: [Double]? = nil) throws(RunError) {
    let entry = fabric(ofJob: book.exchanges[index].job)
    let policy = entry.balancing.policy
    let paths: BalancedPaths
    if let seam = spreaders[model.training.jobs[book.exchanges[index].job].fabric] {
      paths = try self.paths(of: index, bits, by: seam)
      book.exchanges[index].flowlets = 1
    } else {
      paths = policy.paths(
        of: batch(book.exchanges[index].transfers.map(\.pair), on: entry.fabric, of: index))
      book.exchanges[index].flowlets = policy.flowlets
    }
    book.exchanges[index].paths = paths
    book.exchanges[index].isSent = Array(repeating: false, count: paths.choices.count)
    book.exchanges[index].firstUnsent.removeAll(keepingCapacity: true)
    for transfer in book.exchanges[index].transfers.indices {
      book.exchanges[index].transfers[transfer].parts = Int32(paths.parts(of: transfer).count)
    }
    countLoads(of: index, by: 1)
  }

  /// A question to the policy, with the network as it is now.
  func batch(
    _ pairs: [NICPair], on fabric: Fabric, of index: Int, flowlet: Int = 0
  ) -> BalancedBatch {
    let job = model.training.jobs[book.exchanges[index].job]
    let down = world.links.downCount > 0 ? fabric.uplinks.filter { world.links.isDown($0) } : []
    return BalancedBatch(
      fabric: fabric, pairs: pairs, flowlet: flowlet,
      hash: world.flowClasses.fabrics[job.fabric].hash.of(job.name), down: Set(down),
      loads: world.fabricLoads[job.fabric])
  }

  /// Counts the parts that are not sent on the links of their paths, or no more.
  func countLoads(of index: Int, by change: Float) {
    let number = model.training.jobs[book.exchanges[index].job].fabric
    guard !world.fabricLoads[number].isEmpty else { return }
    for transfer in book.exchanges[index].transfers.indices {
      for part in book.exchanges[index].paths.parts(of: transfer)
      where !book.exchanges[index].isSent[part] {
        countLoad(of: index, transfer, part, by: change)
      }
    }
  }

  private func countLoad(of index: Int, _ transfer: Int, _ part: Int, by change: Float) {
    let number = model.training.jobs[book.exchanges[index].job].fabric
    guard !world.fabricLoads[number].isEmpty else { return }
    let fabric = model.training.fabrics[number].fabric
    let state = book.exchanges[index].transfers[transfer]
    let choice = Int(book.exchanges[index].paths.choices[part])
    fabric.forEachUplink(of: state.pair, state.tier, choice: choice) {
      world.fabricLoads[number][$0 - fabric.firstLink] += change
    }
  }

  /// The first bytes between cards that meet at a tier are through: they share bandwidth now.
  func startTransfers(_ index: Int, at tier: FabricTier) throws(RunError) {
    let fabric = fabric(ofJob: book.exchanges[index].job).fabric
    let flowlets = Double(book.exchanges[index].flowlets)
    for transfer in book.exchanges[index].transfers.indices
    where book.exchanges[index].transfers[transfer].tier == tier {
      book.exchanges[index].transfers[transfer].start = now
      let parts = book.exchanges[index].paths.parts(of: transfer)
      let bits = book.exchanges[index].transfers[transfer].bits
      for part in parts {
        try send(bits / flowlets / Double(parts.count), of: index, transfer, part, on: fabric)
      }
    }
  }

  /// Starts a flow for a part of a transfer.
  func send(
    _ bits: Double, of index: Int, _ transfer: Int, _ part: Int, on fabric: Fabric
  ) throws(RunError) {
    let choice = book.exchanges[index].paths.choices[part]
    let flowClass = flowClass(of: index, transfer, choice, on: fabric)
    if world.loss.isOn { try world.tell(.flowBegins(on: flowClass)) }
    _ = world.fluid.start(flowClass: flowClass.index, bits: bits, at: now.nanoseconds)
    count(bits, of: index, onLinksOf: flowClass)
  }

  /// Counts bits that a flow class is to carry, or not after all.
  func count(_ bits: Double, of index: Int, onLinksOf flowClass: FlowClassID) {
    let job = book.exchanges[index].job
    let first = model.training.fabrics[model.training.jobs[job].fabric].fabric.firstLink
    book.jobs[job].carry(bits, over: world.flowClasses.route(of: flowClass).links, behind: first)
  }

  private func flowClass(
    of index: Int, _ transfer: Int, _ choice: Int32, on fabric: Fabric
  ) -> FlowClassID {
    if let known = book.exchanges[index].flowClass(ofTransfer: transfer, by: choice) {
      return known
    }
    let job = book.exchanges[index].job
    let path = fabric.path(
      of: book.exchanges[index].transfers[transfer].pair, choice: Int(choice))
    let owner = book.add(
      TrainingBook.ExchangePart(
        exchange: Int32(index), transfer: Int32(transfer), choice: choice))
    let flowClass = world.flowClasses.add(
      Route(source: nil, target: nil, links: path),
      trafficClass: model.training.jobs[job].trafficClass, owner: owner, in: &world.fluid)
    book.exchanges[index].flowClasses.add(
      flowClass, step: book.exchanges[index].step, transfer: transfer, choice: choice)
    return flowClass
  }
}

// MARK: - Ends

extension Training {
  /// The last bit of something that an exchange has sent is through.
  func partEnds(_ number: ExchangePartID, _ end: FlowEnd) throws(RunError) {
    guard let finish = end.finish else { return }
    let part = book.part(number)
    try transferPartEnds(
      at: finish, on: end.flowClass, of: Int(part.exchange), Int(part.transfer), by: part.choice)
  }

  /// A part of a transfer, or a flowlet, is sent.
  private func transferPartEnds(
    at finish: SimTime, on flowClass: FlowClassID, of index: Int, _ transfer: Int, by choice: Int32
  ) throws(RunError) {
    if try sendNextFlowlet(of: index, transfer) { return }
    let part = part(of: index, transfer, by: choice)
    countLoad(of: index, transfer, part, by: -1)
    book.exchanges[index].isSent[part] = true
    book.exchanges[index].transfers[transfer].parts -= 1
    guard book.exchanges[index].transfers[transfer].parts == 0 else { return }
    let state = book.exchanges[index].transfers[transfer]
    // A phase is over with the last of its transfers, which is later than each by itself.
    let tail = world.ask.tail(
      SentPart(
        bits: state.bits, flowClass: flowClass,
        parts: book.exchanges[index].paths.parts(of: transfer).count,
        together: book.exchanges[index].transfers.count))
    let end = finish + (tail?.time ?? .zero)
    noteTransfer(state, of: index, end)
    guard end > finish else { return endPart(of: index) }
    world.queue.push(.training(.transferIsWhole(exchange: Int32(index))), at: max(now, end))
  }

  /// The first part of a transfer by a path that is not sent yet; those by one path are alike.
  private func part(of index: Int, _ transfer: Int, by choice: Int32) -> Int {
    let parts = book.exchanges[index].paths.parts(of: transfer)
    guard parts.count > 1 else { return parts.lowerBound }
    // With tens of thousands of queue pairs a search from the front each time would take hours.
    let key = book.exchanges[index].key(transfer: transfer, choice: choice)
    var part = book.exchanges[index].firstUnsent[key].map(Int.init) ?? parts.lowerBound
    while part < parts.upperBound,
      book.exchanges[index].paths.choices[part] != choice
        || book.exchanges[index].isSent[part]
    { part += 1 }
    book.exchanges[index].firstUnsent[key] = Int32(part)
    return part < parts.upperBound ? part : parts.lowerBound
  }

  /// Sends the flowlet behind the one that is sent, by a path of its own; false behind the last.
  private func sendNextFlowlet(of index: Int, _ transfer: Int) throws(RunError) -> Bool {
    let next = Int(book.exchanges[index].transfers[transfer].flowlet) + 1
    guard next < book.exchanges[index].flowlets else { return false }
    let entry = fabric(ofJob: book.exchanges[index].job)
    let policy = entry.balancing.policy
    let state = book.exchanges[index].transfers[transfer]
    let paths = policy.paths(of: batch([state.pair], on: entry.fabric, of: index, flowlet: next))
    let part = book.exchanges[index].paths.parts(of: transfer).lowerBound
    book.exchanges[index].paths.choices[part] = paths.choices[0]
    book.exchanges[index].transfers[transfer].flowlet = Int32(next)
    try send(
      state.bits / Double(policy.flowlets), of: index, transfer, part, on: entry.fabric)
    return true
  }

  private func noteTransfer(
    _ transfer: ExchangeState.Transfer, of index: Int, _ finish: SimTime
  ) {
    guard let start = transfer.start else { return }
    let seconds = max((finish - start).seconds, 1e-9)
    book.jobs[book.exchanges[index].job].statistics.note(
      JobStatistics.SlowestTransfer(
        throughput: transfer.bits / seconds, source: transfer.pair.source,
        target: transfer.pair.target))
  }
}
