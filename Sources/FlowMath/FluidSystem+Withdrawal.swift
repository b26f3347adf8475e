// SPDX-License-Identifier: GPL-3.0-or-later

// Flows that leave before they are done.

/// A flow that was taken out with something left to send.
public struct WithdrawnFlow: Equatable, Sendable {
  /// The slot that was its own until now.
  public var slot: Int
  public var bitsLeft: Double
  /// For how long each place of the path held it, and behind them its ceiling; none where that is not noted.
  public var held: [Double]
}

extension FluidSystem {
  /// Takes all flows of a class out, in the order in which they would have finished.
  ///
  /// What they have sent so far stays counted on the links of the class. Their slots are free
  /// from now on: whoever starts them elsewhere must have read what stands under the old ones.
  /// A flow that is done within this very nanosecond must have been popped before.
  public mutating func withdraw(flowClass: Int, at nanoseconds: Int64) -> [WithdrawnFlow] {
    let index = Int32(flowClass)
    guard progress[index].flows > 0 else { return [] }
    let now = instant(nanoseconds)
    changedAt = max(changedAt, now)
    advance(index, to: changedAt)
    book(index)
    var withdrawn: [WithdrawnFlow] = []
    let kept = trackedTimes(of: sharing.classes[index])
    while progress[index].heap.count > 0 {
      let flow = progress[index].heap.removeFirst()
      // A flow has at least a fraction of a bit to send, or it would be done.
      let left = max(0x1p-10, flow.finish - progress[index].virtualTime)
      withdrawn.append(
        WithdrawnFlow(
          slot: Int(flow.slot), bitsLeft: left, held: heldTimes(of: index, slot: Int(flow.slot))))
      flows.giveBack(Int(flow.slot), count: kept)
    }
    progress[index].flows = 0
    let seat = Int(sharing.classes[index].activeIndex)
    sharing.changeFlows(of: index, by: -Int32(withdrawn.count))
    if isGrouped {
      renewInGroup(index, at: changedAt)
    } else {
      finishes.remove(seat)
    }
    return withdrawn
  }
}

extension FluidSystem {
  /// The slots of the flows of a class, in no particular order.
  public func slots(ofClass index: Int) -> [Int] {
    var slots: [Int] = []
    progress[index].heap.forEach { slots.append(Int($0.slot)) }
    return slots
  }
}
