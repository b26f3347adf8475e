// SPDX-License-Identifier: GPL-3.0-or-later

/// Flows that a fabric sends in parts: several at once, or pieces one behind another.
///
/// Each part under way is a flow of the fluid system in a slot of its own; here stands which of
/// them belong together. Flows that go whole by one path have no entry.
struct DividedFlows {
  struct Flow {
    var record: FlowRecord
    /// The flow class that stands for all ways.
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

  private var flows: [Flow] = []
  private var free: [Int32] = []
  private var places: [Int32: Int32] = [:]

  subscript(index: Int32) -> Flow {
    get { flows[Int(index)] }
    set { flows[Int(index)] = newValue }
  }

  /// The flow that the part in a slot is of; nil for a flow that is whole.
  func flow(inSlot slot: Int) -> Int32? {
    places.isEmpty ? nil : places[Int32(slot)]
  }

  mutating func add(_ flow: Flow) -> Int32 {
    guard let index = free.popLast() else {
      flows.append(flow)
      return Int32(flows.count - 1)
    }
    flows[Int(index)] = flow
    return index
  }

  /// A part of a flow is under way in a slot.
  mutating func place(_ index: Int32, in slot: Int, on flowClass: FlowClassID) {
    places[Int32(slot)] = index
    flows[Int(index)].parts.append(Part(slot: Int32(slot), flowClass: flowClass))
  }

  /// A part is not under way any more; the number of those that are.
  mutating func leave(_ slot: Int) -> Int {
    guard let index = places.removeValue(forKey: Int32(slot)) else { return 0 }
    flows[Int(index)].parts.removeAll { $0.slot == Int32(slot) }
    return flows[Int(index)].parts.count
  }

  /// Whether the part in a slot is the one that speaks for its flow; true for a whole flow.
  func isFirstPart(_ slot: Int) -> Bool {
    guard let index = flow(inSlot: slot) else { return true }
    return flows[Int(index)].parts.first?.slot == Int32(slot)
  }

  /// Forgets a flow without parts under way.
  mutating func remove(_ index: Int32) {
    flows[Int(index)].parts = []
    free.append(index)
  }
}
