// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@Suite struct SlotStoreTests {
  private func numbers(_ positions: [Position<Int>]) -> [Int] { positions.map(\.index) }

  /// The position that was free last is used first: numbers of waiting flows are in the digest.
  @Test func thePositionOfTheLastRecordThatIsGoneIsUsedNext() {
    var store = SlotStore<Int>()
    let first = (10..<14).map { store.add($0) }
    #expect(numbers(first) == [0, 1, 2, 3])
    #expect(store.take(first[1]) == 11)
    store.remove(first[3])
    #expect(numbers(store.positions) == [0, 2] && store.count == 2)
    #expect(numbers((20..<23).map { store.add($0) }) == [3, 1, 4])
    #expect(store.positions.map { store[$0] } == [10, 21, 12, 20, 22])
    #expect(store.contains(first[1]))
  }

  @Test func aPositionIsFourBytes() {
    #expect(MemoryLayout<Position<Int>>.size == 4)
    #expect(Position<Int>.none.isNone && !Position<Int>(0).isNone)
  }
}
