// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel

/// What a run keeps of a flow in progress: 40 bytes.
struct FlowRecord: BitwiseCopyable {
  var name: FlowName
  /// The instant at which the flow arrived, before its first byte crossed the path.
  var arrival: SimTime
  var bytes: Double
  /// The end of time for a flow that has none.
  var deadline = SimTime.distantFuture
  var owner = Owner.traffic
}

/// A flow that has arrived and not yet begun to share bandwidth.
struct WaitingFlow: BitwiseCopyable {
  var record: FlowRecord
  var flowClass: FlowClassID
}

/// The flows in progress: those that send, by the slot the fluid system gave them, those whose
/// first byte is still on its way, and those that wait for their last repairs.
///
/// The records of those that send stand in chunks: one array of a million would leave behind as
/// much again in outgrown buffers.
struct FlowTable {
  private var chunks: [[FlowRecord]] = []
  private static let chunkShift = 12
  private var waiting = SlotStore<WaitingFlow>()
  /// Those that a fabric sends in parts.
  var divided = DividedFlows()
  /// The most that flows could have got on flow classes that they have left.
  var mostBefore: [FlowName: Double] = [:]
  /// What held flows on flow classes that they have left, in nanoseconds.
  var heldBefore: [FlowName: [Holder: Double]] = [:]
  /// Those that wait for their last repairs.
  var ending = SlotStore<EndingFlow>()

  /// The record of the flow in a slot.
  subscript(slot: Int) -> FlowRecord {
    chunks[slot >> FlowTable.chunkShift][slot & (1 << FlowTable.chunkShift - 1)]
  }

  mutating func place(_ record: FlowRecord, in slot: Int) {
    let chunk = slot >> FlowTable.chunkShift
    // Slots in between may belong to transfers of jobs, which have no record.
    while chunk >= chunks.count {
      chunks.append(Array(repeating: record, count: 1 << FlowTable.chunkShift))
    }
    chunks[chunk][slot & (1 << FlowTable.chunkShift - 1)] = record
  }

  mutating func wait(_ flow: WaitingFlow) -> Position<WaitingFlow> { waiting.add(flow) }

  mutating func takeWaiting(_ index: Position<WaitingFlow>) -> WaitingFlow { waiting.take(index) }

  /// The flows whose first byte is still on its way, in order of arrival.
  var stillWaiting: [WaitingFlow] {
    waiting.positions.map { waiting[$0] }.sorted { $0.record.arrival < $1.record.arrival }
  }

  /// The flows that wait for their last repairs, in order of arrival.
  var stillEnding: [EndingFlow] {
    ending.positions.map { ending[$0] }.sorted { $0.record.arrival < $1.record.arrival }
  }
}
