// SPDX-License-Identifier: GPL-3.0-or-later

/// A place for each flow in progress, with the held times of its class when it started.
///
/// What held a flow back is the difference between those of its class when it is done and those
/// when it started. A slot is an index that is used again; the times stand in blocks of the
/// length that the class needs, freed blocks chained through their first element.
struct FlowSlots: ~Copyable {
  /// Where the times of each slot start; in a free slot, the next free one.
  private var block = AlignedColumn<Int32>()
  private var times = AlignedColumn<Double>()
  private var freeSlot: Int32 = -1
  private var freeBlocks: [Int32] = []

  mutating func take(times source: UnsafePointer<Double>, count: Int) -> Int {
    let place = takeBlock(count)
    (times.base + Int(place)).update(from: source, count: count)
    guard freeSlot >= 0 else {
      block.append(place)
      return block.count - 1
    }
    let slot = Int(freeSlot)
    freeSlot = block[slot]
    block[slot] = place
    return slot
  }

  mutating func giveBack(_ slot: Int, count: Int) {
    let place = block[slot]
    if count > 0 {
      times[place] = Double(freeBlocks[count])
      freeBlocks[count] = place
    }
    block[slot] = freeSlot
    freeSlot = Int32(slot)
  }

  /// The held times of a slot's class at its start.
  func heldAtStart(_ slot: Int) -> UnsafePointer<Double> {
    UnsafePointer(times.base + Int(block[slot]))
  }

  private mutating func takeBlock(_ count: Int) -> Int32 {
    guard count > 0 else { return 0 }
    while freeBlocks.count <= count { freeBlocks.append(-1) }
    let free = freeBlocks[count]
    guard free < 0 else {
      freeBlocks[count] = Int32(times[free])
      return free
    }
    let place = Int32(times.count)
    times.resizeUninitialised(to: times.count + count)
    return place
  }
}
