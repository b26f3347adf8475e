// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import FlowMath

@Suite struct FinishTimesTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func theFirstIsThatOfAPlainSearch(seed: UInt64) {
    var random = TestRandom(state: seed)
    var times = FinishTimes()
    for _ in 0..<3000 { times.addClass() }
    // The time and the class of each seat; up and down past the size at which a tree takes over.
    var plain: [(time: Double, flowClass: Int32)] = []
    for step in 0..<2000 {
      let grows = step / 300 % 2 == 0 ? 3 : 1
      if plain.isEmpty || Int.random(in: 0..<4, using: &random) < grows {
        // Every class at most once: the classes go round.
        let flowClass = Int32(step * 7 % 3000)
        guard !plain.contains(where: { $0.flowClass == flowClass }) else { continue }
        times.append(flowClass)
        plain.append((.infinity, flowClass))
      } else {
        let seat = Int.random(in: 0..<plain.count, using: &random)
        times.remove(seat)
        plain[seat] = plain[plain.count - 1]
        plain.removeLast()
      }
      let updates = Int.random(in: 0...plain.count, using: &random)
      for _ in 0..<updates {
        let seat = Int.random(in: 0..<plain.count, using: &random)
        // Few different times, so that many are equal.
        plain[seat].time = Double(Int.random(in: 0..<20, using: &random))
        times.set(seat, to: plain[seat].time, amongUpdates: updates)
      }
      times.repair(afterUpdates: updates)
      let least = plain.map(\.time).min() ?? .infinity
      #expect(times.least == least)
      guard least < .infinity else { continue }
      let lowest = plain.filter { $0.time == least }.map(\.flowClass).min()
      #expect(times.first == lowest)
    }
  }
}
