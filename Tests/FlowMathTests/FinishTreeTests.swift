// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct FinishTreeTests {
  @Test(arguments: [1, 2, 15, 16, 17, 255, 256, 257, 1025, 4100])
  func theFirstIsTheLeastOfAll(classes: Int) {
    var random = TestRandom(state: UInt64(classes))
    var tree = FinishTree()
    var plain: [Double] = []
    for step in 0..<400 {
      // Classes are added between updates, as a run adds them.
      while plain.count < classes, plain.count <= step * classes / 200 {
        tree.addClass()
        plain.append(.infinity)
      }
      let inBulk = Int.random(in: 0..<20, using: &random) == 0
      for _ in 0..<(inBulk ? plain.count : 1) {
        let index = Int.random(in: plain.indices, using: &random)
        let isDone = Int.random(in: 0..<4, using: &random) == 0
        // Few values, so that there are equal ones.
        plain[index] = isDone ? .infinity : Double(Int.random(in: 0..<500, using: &random))
        if inBulk {
          tree.setLeaf(Int32(index), to: plain[index])
        } else {
          tree.set(Int32(index), to: plain[index])
        }
      }
      if inBulk { tree.rebuild() }
      let least = plain.min() ?? .infinity
      #expect(tree.first == least)
      if least < .infinity {
        #expect(tree.firstIndex() == plain.firstIndex(of: least).map(Int32.init))
      }
    }
    #expect(plain.indices.allSatisfy { tree[Int32($0)] == plain[$0] })
  }
}
