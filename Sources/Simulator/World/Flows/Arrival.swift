// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A flow that is about to arrive.
struct Arrival {
  var record: FlowRecord
  var flowClass: FlowClassID

  /// The flow class of what crosses no link, as a request that is served where it comes from.
  static let nowhere = FlowClassID.none
}

extension World {
  /// A flow arrives: it shares bandwidth once its first byte has crossed its path.
  func admit(_ arrival: Arrival) throws(RunError) {
    noteArrival(arrival)
    let flowClass = flowClasses[arrival.flowClass]
    if flowClass.delay > .zero {
      let waiting = flows.wait(WaitingFlow(record: arrival.record, flowClass: arrival.flowClass))
      queue.push(.world(.flowStarts(waiting: waiting)), at: now + flowClass.delay)
    } else {
      try begin(arrival.record, on: arrival.flowClass)
    }
  }

  /// Counts a flow as there from now on.
  func noteArrival(_ arrival: Arrival) {
    ledger.start(
      bytes: arrival.record.bytes, of: flowClasses[arrival.flowClass].trafficClass, at: now)
    if probe != nil { watchArrival(arrival.record, flowClass: arrival.flowClass) }
  }

  /// The flow class of a route of the model, made where it is new.
  func flowClass(route: Int, trafficClass: Int) -> FlowClassID {
    flowClasses.flowClass(route: route, of: model.routes, trafficClass: trafficClass, in: &fluid)
  }
}
