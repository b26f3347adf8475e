// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@Suite struct SlotStoreTests {
  /// The index that was free last is used first: numbers of waiting flows are in the digest.
  @Test func theIndexOfTheLastRecordThatIsGoneIsUsedNext() {
    var store = SlotStore<Int>()
    #expect((10..<14).map { store.add($0) } == [0, 1, 2, 3])
    #expect(store.take(1) == 11)
    store.remove(3)
    #expect(store.indices == [0, 2] && store.count == 2)
    #expect(store.add(20) == 3 && store.add(21) == 1 && store.add(22) == 4)
    #expect(store.indices.map { store[$0] } == [10, 21, 12, 20, 22])
    #expect(store.contains(1) && store.bound == 5)
  }
}
