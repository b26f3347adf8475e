// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Scheduling
import TestSupport
import Testing

@testable import Simulator

@Suite struct PoolReportsTests {
  /// What policies know is what they would if every report of every pool were read as it comes, and what
  /// they have decided since it was made.
  @Test func reportsLeftOutWouldHaveToldNothing() {
    var random = RandomStream(seed: 8, name: "reports")
    let delays = (0..<9).map { SimDuration(nanoseconds: Int64($0 * 7 % 9)) }
    var actual = delays.indices.map { PoolBoard.Entry(count: 8, free: Int32($0)) }
    var reports = PoolReports(of: actual, delays: delays)
    var (known, plain, told) = (actual, actual, actual)
    var (madeAt, hasCome) = (SimTime.zero, [Bool](repeating: true, count: 9))
    // Decisions that the reports made last can't know of.
    var decided = [Int32](repeating: 0, count: 9)
    for step in 1..<2_000 {
      let now = SimTime(nanoseconds: Int64(step))
      let pool = Int.random(in: 0..<9, using: &random)
      if step % 3 == 0 {
        actual[pool].free = Int32.random(in: 0..<4, using: &random)
        reports.noteChange(of: pool)
      }
      if Bool.random(using: &random) {
        _ = reports.read(at: now, into: &known)
        for pool in delays.indices where !hasCome[pool] && madeAt + delays[pool] <= now {
          plain[pool] = told[pool]
          plain[pool].free -= decided[pool]
          hasCome[pool] = true
        }
      }
      if step % 5 == 0 {
        known[pool].free -= 1
        plain[pool].free -= 1
        decided[pool] += 1
        reports.noteDecision(
          about: JobID(step), PoolReports.Decision(accelerators: 1, until: 0), on: pool)
      }
      #expect(known == plain)
      if step % 20 == 0 {
        _ = reports.read(at: now, into: &known)
        // All have come before the next are made.
        for pool in delays.indices where !hasCome[pool] {
          plain[pool] = told[pool]
          plain[pool].free -= decided[pool]
        }
        decided = delays.map { _ in 0 }
        reports.make(of: actual, at: now)
        (told, madeAt, hasCome) = (actual, now, hasCome.map { _ in false })
      }
    }
  }
}
