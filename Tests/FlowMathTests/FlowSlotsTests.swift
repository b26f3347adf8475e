// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct FlowSlotsTests {
  @Test(arguments: 0..<10 as Range<UInt64>)
  func eachFlowKeepsItsOwnTimes(seed: UInt64) {
    var random = TestRandom(state: seed)
    var slots = FlowSlots()
    var plain: [Int: [Double]] = [:]
    var largest = 0
    for _ in 0..<500 {
      if Bool.random(using: &random), let slot = plain.keys.sorted().randomElement(using: &random) {
        slots.giveBack(slot, count: plain[slot]?.count ?? 0)
        plain[slot] = nil
      } else {
        let count = Int.random(in: 0...6, using: &random)
        let times = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
        let slot = times.withUnsafeBufferPointer { buffer in
          let source = buffer.baseAddress ?? UnsafePointer(bitPattern: 8)
          return source.map { slots.take(times: $0, count: count) } ?? -1
        }
        #expect(slot >= 0 && plain[slot] == nil, "a slot belongs to one flow at a time")
        plain[slot] = times
        largest = max(largest, plain.count)
      }
      for (slot, times) in plain {
        #expect(times.indices.allSatisfy { slots.heldAtStart(slot)[$0] == times[$0] })
        // Slots are used again: there are never more of them than flows at once.
        #expect(slot < largest)
      }
    }
  }
}
