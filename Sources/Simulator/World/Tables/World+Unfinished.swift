// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Results
internal import Traffic

/// What the flows that are not finished have sent, and what they have left.
struct UnfinishedBytes {
  var sent = 0.0
  var left = 0.0
}

/// A flow that is not finished, in a few words: a run may end with millions of them.
private struct UnfinishedFlow {
  var arrival: SimTime
  var flowClass: FlowClassID
  /// Its slot, or where it stands among those whose first byte is on its way.
  var place: Int32
  /// What held it for longest; nil before its first byte.
  var holder: Holder?
  /// Whether it sends, and its place is a slot.
  var isSending = true
}

extension World {
  /// Writes the flows still in progress, and those that wait for something else, in order of
  /// arrival, and adds up their bytes.
  func writeUnfinished(and booked: FlowsInWait) throws(RunError) -> UnfinishedBytes {
    var bytes = UnfinishedBytes()
    var unfinished: [UnfinishedFlow] = []
    fluid.forEachRunningFlow { flow in
      guard flowClasses.entries[flow.flowClass].isCounted else { return }
      guard countBytes(ofUnfinished: flow, in: &bytes) else { return }
      unfinished.append(
        UnfinishedFlow(
          arrival: flows[flow.slot].arrival, flowClass: FlowClassID(flow.flowClass),
          place: Int32(flow.slot), holder: holder(ofUnfinished: flow)))
    }
    let waiting = flows.stillWaiting + booked.flows
    var others: [FlowRecord] = []
    for flow in waiting {
      bytes.left += flow.record.bytes
      unfinished.append(
        UnfinishedFlow(
          arrival: flow.record.arrival, flowClass: flow.flowClass, place: Int32(others.count),
          holder: nil, isSending: false))
      others.append(flow.record)
    }
    // All that they had to send is through, but for what was lost of their end.
    for flow in flows.stillEnding {
      bytes.sent += flow.record.bytes
      unfinished.append(
        UnfinishedFlow(
          arrival: flow.record.arrival, flowClass: flow.flowClass, place: Int32(others.count),
          holder: flow.holder, isSending: false))
      others.append(flow.record)
    }
    bytes.left -= booked.sent
    bytes.sent += booked.sent
    for flow in unfinished {
      let record = flow.isSending ? flows[Int(flow.place)] : others[Int(flow.place)]
      ledger.leaveOver(record, of: flowClasses[flow.flowClass].trafficClass, at: now)
    }
    guard tables.flows != nil else { return bytes }
    unfinished.sort { ($0.arrival, $0.flowClass, $0.place) < ($1.arrival, $1.flowClass, $1.place) }
    for flow in unfinished {
      let record = flow.isSending ? flows[Int(flow.place)] : others[Int(flow.place)]
      let bottleneck = flow.holder.map { name(of: $0) }
      let row = row(record, flow.flowClass, end: nil, bottleneck: bottleneck ?? "")
      try tables.flows?.append(row)
    }
    return bytes
  }

  private func holder(ofUnfinished flow: FluidSystem.RunningFlow) -> Holder {
    guard tables.flows != nil else { return .ceiling }
    return holder(
      of: flows[flow.slot], flow.bottleneck, flow.held, on: FlowClassID(flow.flowClass))
  }

  /// Counts what a flow has left, or a part of one; false for a part that others speak for.
  private func countBytes(
    ofUnfinished flow: FluidSystem.RunningFlow, in bytes: inout UnfinishedBytes
  ) -> Bool {
    guard let index = flows.divided.flow(inSlot: flow.slot) else {
      bytes.left += flow.bitsLeft / 8
      bytes.sent += flows[flow.slot].bytes - flow.bitsLeft / 8
      return true
    }
    let divided = flows.divided[index]
    if divided.isBroken {
      countMoreBroken(flow.bitsLeft / 8)
      return false
    }
    bytes.left += flow.bitsLeft / 8
    bytes.sent -= flow.bitsLeft / 8
    guard flows.divided.isFirstPart(flow.slot) else { return false }
    bytes.left += divided.bitsToCome / 8
    bytes.sent += divided.record.bytes - divided.bitsToCome / 8
    return true
  }
}
