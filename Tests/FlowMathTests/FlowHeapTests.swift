// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct FlowHeapTests {
  private typealias Plain = (finish: Double, sequence: UInt32)

  @Test(arguments: 0..<20 as Range<UInt64>)
  func flowsComeOutInOrderOfTheirFinish(seed: UInt64) {
    var random = TestRandom(state: seed)
    var heap = FlowHeap()
    defer { heap.release() }
    var plain: [Plain] = []
    // Phases of growth and of decline: the heap is emptied and filled again.
    for step in 0..<600 as Range<UInt32> {
      let grows = Int.random(in: 0..<10, using: &random) < ((step / 100) % 2 == 0 ? 7 : 3)
      if grows || plain.isEmpty {
        // Few values, so that many are equal and the earlier one goes first.
        let finish = Double(Int.random(in: 0..<40, using: &random))
        heap.insert(HeapFlow(finish: finish, slot: step, sequence: step))
        plain.append((finish, step))
      } else {
        let first = plain.min { $0 < $1 }
        plain.removeAll { $0.sequence == first?.sequence }
        let removed = heap.removeFirst()
        #expect(removed.finish == first?.finish && removed.slot == first?.sequence)
      }
      #expect(heap.count == plain.count)
      #expect(heap.first.finish == plain.map(\.finish).min() ?? .infinity)
    }
    var left: [UInt32] = []
    heap.forEach { left.append($0.sequence) }
    #expect(left.sorted() == plain.map(\.sequence).sorted())
  }

  @Test func ofEqualFinishesTheEarlierArrivalGoesFirst() {
    var heap = FlowHeap()
    defer { heap.release() }
    for sequence in [3, 1, 2] as [UInt32] {
      heap.insert(HeapFlow(finish: 5, slot: 0, sequence: sequence))
    }
    #expect((0..<3).map { _ in heap.removeFirst().sequence } == [1, 2, 3])
  }
}
