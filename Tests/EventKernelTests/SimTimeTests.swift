// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@Suite struct SimTimeTests {
  /// A product with 1e-9, which no double is, would give 3.8000000000000003 for the first.
  @Test(
    arguments: [(3_800_000_000, 3.8), (700_000_000, 0.7), (1, 1e-9), (0, 0)] as [(Int64, Double)])
  func secondsAreTheNearestToTheNanoseconds(_ nanoseconds: Int64, _ seconds: Double) {
    #expect(SimTime(nanoseconds: nanoseconds).seconds == seconds)
    #expect(SimDuration(nanoseconds: nanoseconds).seconds == seconds)
  }

  @Test func instantsPastTheLastStayAtTheLast() {
    let time = SimTime(nanoseconds: .max - 5) + SimDuration(nanoseconds: 10)
    #expect(time == .distantFuture)
  }
}
