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
    let delay = delayToBegin(on: arrival.flowClass)
    if delay > .zero {
      let waiting = flows.wait(WaitingFlow(record: arrival.record, flowClass: arrival.flowClass))
      queue.push(.world(.flowStarts(waiting: waiting)), at: now + delay)
    } else {
      try begin(arrival.record, on: arrival.flowClass)
    }
  }

  /// The delay of the way of a flow that arrives now: of a detour where its own is given up.
  private func delayToBegin(on flowClass: FlowClassID) -> SimDuration {
    guard links.downCount > 0, flowClasses[flowClass].path == nil,
      case .move(let detour)? = failureAnswer(ofFlowClass: flowClass)
    else { return flowClasses[flowClass].delay }
    return flowClasses[detour].delay
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
