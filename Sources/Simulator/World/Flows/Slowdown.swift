// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

// How long a flow took, in relation to the time alone on its path.

extension World {
  /// How many times as long as alone on its path a flow took that is over; never less than 1.
  ///
  /// Alone it would have had the least delay of its path while it was there, and the most that the
  /// path, or a detour that it took, could give.
  func slowdown(of record: FlowRecord, on flowClass: FlowClassID, _ seconds: Double) -> Double {
    let home = homeFlowClass(of: record, on: flowClass)
    let since = record.arrival
    let before = flows.mostBefore.isEmpty ? 0 : flows.mostBefore.removeValue(forKey: record.name)
    let rate = max(
      before ?? 0, flowClasses.greatestRate(of: home, since: since),
      home == flowClass ? 0 : flowClasses.greatestRate(of: flowClass, since: since))
    let delay = min(
      flowClasses.leastDelay(of: home, since: since),
      flowClasses.leastDelay(of: flowClass, since: since))
    let ideal = max(1, (delay + record.bytes * 8e9 / rate).rounded()) / 1e9
    // Both are whole nanoseconds, and each is rounded by itself.
    return max(1, seconds / ideal)
  }

  /// The flow class that a flow came in on.
  private func homeFlowClass(of record: FlowRecord, on flowClass: FlowClassID) -> FlowClassID {
    if case .transfer = record.owner { return ask.home(record.owner, flowClass) }
    return flowClasses.path(of: flowClass)?.home ?? flowClasses[flowClass].home
  }

  /// Forgets a flow whose owner has heard of its end.
  func forget(_ name: FlowName) {
    if !flows.mostBefore.isEmpty { flows.mostBefore[name] = nil }
    if !flows.heldBefore.isEmpty { flows.heldBefore[name] = nil }
    names.drop(name)
  }

  /// Writes down what a flow could have got on a flow class that it leaves.
  func noteMostRate(of record: FlowRecord, on flowClass: FlowClassID) {
    let rate = flowClasses.greatestRate(of: flowClass, since: record.arrival)
    flows.mostBefore[record.name] = max(rate, flows.mostBefore[record.name] ?? 0)
  }
}
