// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct LevelQueueTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func theLowestPortComesFirst(seed: UInt64) {
    var random = TestRandom(state: seed)
    var queue = LevelQueue()
    // The level at which each port waits.
    var plain: [Int32: Double] = [:]
    for _ in 0..<30 { queue.addPort() }
    for _ in 0..<1000 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0:
        queue.removeAll()
        plain = [:]
      case 1..<12:
        let port = Int32.random(in: 0..<30, using: &random)
        let level = Double(Int.random(in: -3..<50, using: &random))
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
