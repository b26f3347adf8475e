// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct LevelQueueTests {
  @Test(arguments: 0..<20 as Range<UInt64>, [5, 30, 300] as [Int32])
  func theLowestPortComesFirst(seed: UInt64, ports most: Int32) {
    var random = TestRandom(state: seed)
    var queue = LevelQueue()
    // The level at which each port waits.
    var plain: [Int32: Double] = [:]
    var ports: Int32 = 0
    for _ in 0..<1000 {
      // Some come while others wait.
      for _ in 0..<5 where ports < most {
        queue.addPort()
        ports += 1
      }
      switch Int.random(in: 0..<200, using: &random) {
      case 0:
        queue.removeAll()
        plain = [:]
      case 1..<120:
        let port = Int32.random(in: 0..<ports, using: &random)
        let whole = Double(Int.random(in: -4..<50, using: &random))
        let level = whole == -4 ? -.infinity : whole
        queue.push(port, at: level)
        plain[port] = min(level, plain[port] ?? .infinity)
      default:
        let expected = plain.min { ($0.value, $0.key) < ($1.value, $1.key) }
        let popped = queue.pop()
        #expect(popped?.port == expected?.key && popped?.level == expected?.value)
        if let expected { plain[expected.key] = nil }
      }
      #expect(queue.lowest <= plain.values.min() ?? .infinity)
    }
  }
}
