// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Simulator

@Suite struct TrailingStoreTests {
  @Test(arguments: 0..<8) func itHoldsWhatAListWithItsOldestCutOffHolds(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), name: "trailing")
    var store = TrailingStore<Int>()
    var all: [Int] = []
    var first = 0
    for _ in 0..<2000 {
      if first < all.count, Int.random(in: 0..<9, using: &random) < 4 {
        store.removeFirst()
        first += 1
      } else {
        all.append(Int.random(in: 0..<1000, using: &random))
        store.append(all[all.count - 1])
      }
      #expect(store.numbers == first..<all.count)
      if let some = store.numbers.randomElement(using: &random) {
        #expect(store[some] == all[some])
        store[some] += 1
        all[some] += 1
      }
    }
    #expect(store.numbers.map { store[$0] } == Array(all[first...]))
  }
}
