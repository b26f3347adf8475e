// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath

extension World {
  /// The first byte of a flow has crossed its path.
  func flowStarts(_ waiting: Position<WaitingFlow>) throws(RunError) {
    let flow = flows.takeWaiting(waiting)
    try begin(flow.record, on: flow.flowClass)
  }

  /// From now on the flow shares bandwidth; `bits` are what it has left, where that is not all.
  func begin(_ record: FlowRecord, on home: FlowClassID, bits: Double? = nil) throws(RunError) {
    let bits = bits ?? record.bytes * 8
    if let path = flowClasses[home].path { return try begin(record, over: path, bits: bits) }
    try start(record, on: home, bits: bits)
  }

  /// Starts a flow on a flow class, or a part of one; nil where it breaks off at once.
  ///
  /// `rest` is what the flow has left beside the part; nil for a part that follows others.
  @discardableResult
  func start(
    _ record: FlowRecord, on home: FlowClassID, bits: Double, rest: Double? = 0
  ) throws(RunError) -> (slot: Int, flowClass: FlowClassID)? {
    guard let flowClass = try flowClassToBegin(on: home, record, bits: bits, rest: rest) else {
      return nil
    }
    let slot = try place(record, on: flowClass, bits: bits)
    if probe != nil { watchStart(record, slot: slot, flowClass: flowClass) }
    if linkProbe != nil { watchLink(record, bits: bits, on: flowClass) }
    return (slot, flowClass)
  }

  /// Has a flow, or a part of one, share bandwidth on this very flow class.
  func place(
    _ record: FlowRecord, on flowClass: FlowClassID, bits: Double
  ) throws(RunError) -> Int {
    if loss.isOn { try tell(.flowBegins(on: flowClass)) }
    let slot = fluid.start(flowClass: flowClass.index, bits: bits, at: now.nanoseconds)
    flows.place(record, in: slot)
    countLoad(of: flowClass, by: 1)
    return slot
  }
}
