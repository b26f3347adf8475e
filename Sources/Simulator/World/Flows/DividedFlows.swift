// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

typealias DividedFlowID = Position<DividedFlows.Flow>

/// Flows that a fabric sends in parts: several at once, or pieces one behind another.
///
/// Each part under way is a flow of the fluid system in a slot of its own; here stands which of
/// them belong together. Flows that go whole by one path have no entry.
struct DividedFlows {
  struct Flow {
    var record: FlowRecord
    /// The flow class that stands for all paths.
    var home: FlowClassID
    /// The parts under way.
    var parts: [Part] = []
    /// The piece that is sent, counted from 0, and what each has of the flow.
    var piece = 0
    var pieces = 1
    var bitsOfPiece = 0.0
    /// Whether it has broken off, and only has parts left that are yet to be found.
    var isBroken = false

    /// Bits of the pieces that are not sent yet, nor under way.
    var bitsToCome: Double { Double(pieces - 1 - piece) * bitsOfPiece }
  }

  struct Part: BitwiseCopyable {
    var slot: Int32
    var flowClass: FlowClassID
  }

  private var flows = SlotStore<Flow>()
  private var places: [Int32: DividedFlowID] = [:]

  subscript(index: DividedFlowID) -> Flow {
    get { flows[index] }
    _modify { yield &flows[index] }
  }

  /// The flow that the part in a slot is of; nil for a flow that is whole.
  func flow(inSlot slot: Int) -> DividedFlowID? {
    places.isEmpty ? nil : places[Int32(slot)]
  }

  mutating func add(_ flow: Flow) -> DividedFlowID { flows.add(flow) }

  /// A part of a flow is under way in a slot.
  mutating func place(_ index: DividedFlowID, in slot: Int, on flowClass: FlowClassID) {
    places[Int32(slot)] = index
    flows[index].parts.append(Part(slot: Int32(slot), flowClass: flowClass))
  }

  /// A part is not under way any more; the number of those that are.
  mutating func leave(_ slot: Int) -> Int {
    guard let index = places.removeValue(forKey: Int32(slot)) else { return 0 }
    flows[index].parts.removeAll { $0.slot == Int32(slot) }
    return flows[index].parts.count
  }

  /// Whether the part in a slot is the one that speaks for its flow; true for a whole flow.
  func isFirstPart(_ slot: Int) -> Bool {
    guard let index = flow(inSlot: slot) else { return true }
    return flows[index].parts.first?.slot == Int32(slot)
  }

  /// Forgets a flow without parts under way.
  mutating func remove(_ index: DividedFlowID) {
    flows[index].parts = []
    flows.remove(index)
  }
}
