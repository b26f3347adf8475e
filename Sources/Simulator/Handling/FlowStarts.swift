// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath

extension Run {
  /// The first byte of a flow has crossed its path.
  func flowStarts(_ waiting: Int32) throws(RunError) {
    let flow = flows.takeWaiting(waiting)
    try begin(flow.record, on: flow.lane)
  }

  /// From now on the flow shares bandwidth; `bits` are what it has left, where that is not all.
  func begin(_ record: FlowRecord, on home: Int32, bits: Double? = nil) throws(RunError) {
    let bits = bits ?? record.bytes * 8
    guard let lane = try laneToBegin(on: home, record, bytesLeft: bits / 8) else { return }
    if loss.isOn {
      loss.noteFlow()
      renewLaneIfStale(lane)
    }
    let slot = fluid.start(
      flowClass: Int(lane), bits: bits, at: now.nanoseconds)
    flows.place(record, in: slot)
    if probe != nil { watchStart(record, slot: slot, lane: lane) }
  }
}
