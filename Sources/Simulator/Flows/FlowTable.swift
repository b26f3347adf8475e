// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel

/// What a run keeps of a flow in progress: 24 bytes.
struct FlowRecord: BitwiseCopyable {
  var name: FlowName
  /// The instant at which the flow arrived, before its first byte crossed the path.
  var arrival: SimTime
  var bytes: Double
}

/// A flow that has arrived and not yet begun to share bandwidth.
struct WaitingFlow: BitwiseCopyable {
  var record: FlowRecord
  var lane: Int32
}

/// The flows in progress: those that send, by the slot the fluid system gave them, and those
/// whose first byte is still on its way.
struct FlowTable {
  private(set) var records: [FlowRecord] = []
  private(set) var waiting: [WaitingFlow] = []
  private var freeWaiting: [Int32] = []
  private(set) var waitingCount = 0

  mutating func place(_ record: FlowRecord, in slot: Int) {
    if slot < records.count {
      records[slot] = record
    } else {
      records.append(record)
    }
  }

  mutating func wait(_ flow: WaitingFlow) -> Int32 {
    waitingCount += 1
    guard let index = freeWaiting.popLast() else {
      waiting.append(flow)
      return Int32(waiting.count - 1)
    }
    waiting[Int(index)] = flow
    return index
  }

  mutating func takeWaiting(_ index: Int32) -> WaitingFlow {
    waitingCount -= 1
    freeWaiting.append(index)
    return waiting[Int(index)]
  }

  /// The flows whose first byte is still on its way, in order of arrival.
  var stillWaiting: [WaitingFlow] {
    let free = Set(freeWaiting)
    return waiting.indices.filter { !free.contains(Int32($0)) }
      .map { waiting[$0] }
      .sorted { $0.record.arrival < $1.record.arrival }
  }
}
