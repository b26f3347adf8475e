// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A flow that is about to arrive.
struct Arrival {
  var record: FlowRecord
  var lane: LaneID

  /// The lane of what crosses no link, as a request that is served where it comes from.
  static let nowhere = LaneID.none
}

extension World {
  /// A flow arrives: it shares bandwidth once its first byte has crossed its path.
  func admit(_ arrival: Arrival) throws(RunError) {
    noteArrival(arrival)
    let lane = lanes[arrival.lane]
    if lane.delay > .zero {
      let waiting = flows.wait(WaitingFlow(record: arrival.record, lane: arrival.lane))
      queue.push(.world(.flowStarts(waiting: waiting)), at: now + lane.delay)
    } else {
      try begin(arrival.record, on: arrival.lane)
    }
  }

  /// Counts a flow as there from now on.
  func noteArrival(_ arrival: Arrival) {
    ledger.start(
      bytes: arrival.record.bytes, of: lanes[arrival.lane].trafficClass, at: now)
    if probe != nil { watchArrival(arrival.record, lane: arrival.lane) }
  }

  /// The lane of a route of the model, made where it is new.
  func lane(route: Int, trafficClass: Int) -> LaneID {
    lanes.lane(route: route, of: model.routes, trafficClass: trafficClass, in: &fluid)
  }
}
