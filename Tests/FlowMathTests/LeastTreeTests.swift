// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct LeastTreeTests {
  /// Sizes of one row, of two levels, and of three.
  @Test(arguments: [1, 16, 17, 300, 5_000])
  func findsTheLeastAfterEveryChange(count: Int) {
    var random = TestRandom(state: UInt64(count))
    var tree = LeastTree()
    for _ in 0..<count { tree.addEntry() }
    var plain = Array(repeating: Double.infinity, count: count)
    for _ in 0..<400 {
      // Few different values make many ties; the least moves up as often as down.
      let index = Int.random(in: 0..<count, using: &random)
      let value = Int.random(in: 0..<9, using: &random)
      plain[index] = value == 8 ? .infinity : Double(value)
      tree.set(Int32(index), to: plain[index])
      let least = plain.min()
      #expect(tree.least == least)
      #expect(tree.leastIndex() == plain.firstIndex { $0 == least }.map(Int32.init))
    }
  }

  @Test(arguments: [1, 16, 17, 300, 5_000])
  func theLeastIsTakenOut(count: Int) {
    var random = TestRandom(state: UInt64(count))
    var tree = LeastTree()
    for _ in 0..<count { tree.addEntry() }
    var plain = Array(repeating: Double.infinity, count: count)
    for _ in 0..<400 {
      let index = Int.random(in: 0..<count, using: &random)
      plain[index] = Double(Int.random(in: -9..<9, using: &random))
      tree.set(Int32(index), to: plain[index])
      guard Bool.random(using: &random) else { continue }
      let first = tree.leastIndex()
      tree.remove(least: first)
      plain[Int(first)] = .infinity
      #expect(tree.least == plain.min() && tree[first] == .infinity)
    }
    #expect(plain.indices.allSatisfy { tree[Int32($0)] == plain[$0] })
  }

  @Test(arguments: [15, 256, 257, 4100])
  func entriesMayComeBetweenChanges(count: Int) {
    var random = TestRandom(state: UInt64(count))
    var tree = LeastTree()
    var plain: [Double] = []
    for step in 0..<300 {
      while plain.count < count, plain.count <= step * count / 200 {
        tree.addEntry()
        plain.append(.infinity)
      }
      let index = Int.random(in: plain.indices, using: &random)
      plain[index] = Double(Int.random(in: 0..<500, using: &random))
      tree.set(Int32(index), to: plain[index])
      let least = plain.min()
      #expect(tree.least == least)
      #expect(tree.leastIndex() == plain.firstIndex { $0 == least }.map(Int32.init))
    }
    #expect(plain.indices.allSatisfy { tree[Int32($0)] == plain[$0] })
  }

  @Test func rebuildingEqualsSettingOneByOne() {
    var random = TestRandom(state: 1)
    var set = LeastTree()
    var rebuilt = LeastTree()
    for index in 0..<700 as Range<Int32> {
      set.addEntry()
      rebuilt.addEntry()
      let value = Double.random(in: 0..<1, using: &random)
      set.set(index, to: value)
      rebuilt.setLeaf(index, to: value)
    }
    rebuilt.rebuild()
    #expect(set.least == rebuilt.least)
    #expect(set.leastIndex() == rebuilt.leastIndex())
  }
}
