// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Statistics

@Suite struct IntervalCoverageTests {
  /// 4,000 studies of 20 normal values: the share has a deviation of 0.0034.
  @Test func nineteenOfTwentyIntervalsOfNormalDataHoldTheMean() throws {
    var normal = NormalDraws(seed: 3)
    var held = 0
    for _ in 0..<4000 {
      let test = try #require(PairedTTest(differences: (0..<20).map { _ in 7 + 2 * normal.next() }))
      if test.interval().contains(7) { held += 1 }
    }
    #expect((0.93...0.97).contains(Double(held) / 4000))
  }
}
