// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Traffic

@Suite struct ArrivalClockTests {
  @Test func roundingDoesNotDrift() {
    // A third of a second is 333333333.33 ns: without the carry, 3e6 gaps would end 1 ms early.
    var clock = ArrivalClock(start: .zero)
    for _ in 0..<3_000_000 { _ = clock.advance(seconds: 1.0 / 3) }
    #expect(clock.now == SimTime(nanoseconds: 1_000_000_000_000_000))
  }

  @Test func gapsBelowANanosecondAddUp() {
    // 1e6 gaps of 0.3 ns: each alone would be rounded to none.
    var clock = ArrivalClock(start: .zero)
    for _ in 0..<1_000_000 { _ = clock.advance(seconds: 0.3e-9) }
    #expect(abs(clock.now.nanoseconds - 300_000) <= 1)
  }

  @Test func timeNeverRunsBackwards() {
    var clock = ArrivalClock(start: SimTime(nanoseconds: 5))
    // After the gap of 0.6 ns the carry is -0.4 ns, and a gap of 0 must not use it up.
    #expect(clock.advance(seconds: 0.6e-9) == SimTime(nanoseconds: 6))
    #expect(clock.advance(seconds: 0) == SimTime(nanoseconds: 6))
  }

  @Test(arguments: [1e10, .infinity, .nan, -1])
  func whatIsPastTheEndOfTimeIsNil(seconds: Double) {
    var clock = ArrivalClock(start: SimTime(nanoseconds: 7))
    #expect(clock.advance(seconds: seconds) == nil)
    #expect(clock.now == SimTime(nanoseconds: 7))
  }

  @Test func theLastInstantIsNotOverrun() {
    var clock = ArrivalClock(start: SimTime(nanoseconds: .max - 10))
    #expect(clock.advance(seconds: 1) == nil)
    #expect(clock.advance(seconds: 5e-9) == SimTime(nanoseconds: .max - 5))
  }
}
