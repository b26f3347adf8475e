// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct AlignedColumnTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func itHoldsWhatAnArrayHolds(seed: UInt64) {
    var random = TestRandom(state: seed)
    var column = AlignedColumn<Double>()
    var array: [Double] = []
    for _ in 0..<300 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0..<4:
        let value = Double.random(in: 0...1, using: &random)
        column.append(value)
        array.append(value)
      case 4 where !array.isEmpty:
        #expect(column.removeLast() == array.removeLast())
      case 5 where !array.isEmpty:
        let index = Int.random(in: array.indices, using: &random)
        column[index] = 7
        array[index] = 7
      case 6:
        // Sometimes far beyond the room there is, sometimes back to less.
        let count = Int.random(in: 0...(array.count * 2 + 50), using: &random)
        column.resize(to: count, filling: -1)
        array = Array((array + Array(repeating: -1, count: count)).prefix(count))
      default: break
      }
      let isEmpty = column.isEmpty
      #expect(column.count == array.count && isEmpty == array.isEmpty)
      #expect(array.indices.allSatisfy { column[$0] == array[$0] })
    }
  }

  @Test func itStartsAtACacheLineHoweverItGrows() {
    var column = AlignedColumn<Int32>()
    for value in 0..<200_000 as Range<Int32> {
      column.append(value)
      if value % 997 == 0 { #expect(Int(bitPattern: column.base) % 64 == 0) }
    }
    #expect((0..<200_000 as Range<Int32>).allSatisfy { column[$0] == $0 })
  }

  @Test func anEmptiedColumnFillsAgain() {
    var column = AlignedColumn(repeating: 3, count: 100)
    column.removeAll()
    #expect(column.count == 0)
    column.append(4)
    #expect(column.count == 1 && column[0] == 4)
  }
}
