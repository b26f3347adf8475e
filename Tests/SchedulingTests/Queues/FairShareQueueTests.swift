// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Foundation
import Testing

@testable import Scheduling

/// Fair share against what tenants have used, summed over all pieces of time.
@Suite struct FairShareQueueTests {
  private static let halfLife: Int64 = 20

  /// Nobody with a better claim waits where a job starts, and where none does the best does not fit.
  @Test func theTenantGoesFirstThatHasUsedLeast() throws {
    for seed in 0..<400 {
      var stream = RandomStream(seed: UInt64(seed), name: "queues/fair-share")
      let jobs = QueueCase(random: &stream)
      var queue = try #require(
        QueueUnderTest(.fairShare, count: jobs.count, halfLife: Self.halfLife))
      var driver = QueueDriver(jobs)
      let steps = driver.run(&queue, shuffling: &stream)
      #expect(Set(steps.map(\.job)).count == jobs.jobs.count && steps.count == jobs.jobs.count)
      try expectFair(jobs, steps, "seed \(seed)")
    }
  }

  private func expectFair(_ jobs: QueueCase, _ steps: [QueueStep], _ name: String) throws {
    let starts = Dictionary(uniqueKeysWithValues: steps.map { ($0.job, $0.time) })
    var started: Set<Int> = []
    func claim(_ tenant: Int32, _ now: Int64) -> Double {
      let used = jobs.jobs.indices.filter { jobs.jobs[$0].tenant == tenant && started.contains($0) }
      return used.reduce(0) { sum, index in
        let start = starts[index] ?? now
        let end = min(now, start + jobs.jobs[index].run)
        return sum + use(jobs.jobs[index].accelerators, from: start, to: end, now)
      } / Double(tenant)
    }
    let ends = starts.map { $0.value + jobs.jobs[$0.key].run }
    for now in Set(steps.map(\.time) + ends + jobs.jobs.map(\.submit)).sorted() {
      var waiting = jobs.jobs.indices.filter {
        jobs.jobs[$0].submit <= now && !started.contains($0)
      }
      let claims = Dictionary(
        uniqueKeysWithValues: Set(waiting.map { jobs.jobs[$0].tenant }).map { ($0, claim($0, now)) }
      )
      // A job without a length ends in the instant in which it starts, and a second pass follows.
      for step in steps where step.time == now {
        let own = try #require(claims[jobs.jobs[step.job].tenant])
        for index in waiting where index != step.job {
          let other = try #require(claims[jobs.jobs[index].tenant])
          // Where the claims are the same to the last digits either may go first, but nothing
          // that has not been used is rounded.
          let isByOrder =
            jobs.jobs[index].tenant == jobs.jobs[step.job].tenant || (own == 0 && other == 0)
          let isBehind = isByOrder ? index > step.job : other >= own - 1e-9 * (own + 1e-9)
          #expect(isBehind, "\(name): \(index) goes before \(step)")
        }
        waiting.removeAll { $0 == step.job }
        started.insert(step.job)
      }
      let running = started.filter { (starts[$0] ?? now) + jobs.jobs[$0].run > now }
      let free = running.reduce(jobs.count) { $0 - Int(jobs.jobs[$1].accelerators) }
      // Claims that are the same to the last digits may stand in either order.
      let best = claims.values.min() ?? 0
      let heads = waiting.filter {
        (claims[jobs.jobs[$0].tenant] ?? 0) <= best + 1e-9 * (best + 1e-9)
      }
      #expect(
        heads.isEmpty || heads.contains { Int(jobs.jobs[$0].accelerators) > free },
        "\(name): nobody is held up at \(now)")
    }
  }

  /// Accelerator-seconds of a piece of time that are left at an instant, by steps of a thousandth.
  private func use(_ accelerators: Int32, from: Int64, to: Int64, _ now: Int64) -> Double {
    let half = Double(Self.halfLife)
    func left(_ time: Int64) -> Double { half / log(2) * pow(2, -Double(now - time) / half) }
    return Double(accelerators) * 1e-9 * max(0, left(to) - left(from))
  }

  @Test func halfOfWhatWasUsedIsForgottenAfterAHalfLife() {
    var queue = FairShareQueue(count: 4, halfLife: 1_000_000_000)
    var decisions = QueueDecisions()
    queue.submit(QueuedJob(id: JobID(0), order: 0, accelerators: 3, requested: 1, tenant: 7))
    queue.pass(at: 0, into: &decisions)
    // What is held for long is held for 1 / ln 2 half-lives.
    #expect(abs(queue.use(of: 7, at: 100_000_000_000) - 3 / log(2)) < 1e-12)
    queue.end(JobID(0), at: 100_000_000_000)
    #expect(abs(queue.use(of: 7, at: 101_000_000_000) - 1.5 / log(2)) < 1e-12)
    #expect(queue.use(of: 8, at: 0) == 0)
  }

  /// A tenant of three times the weight has three times as much of a pool that is never empty.
  @Test func sharesAreThoseOfTheWeights() throws {
    var jobs: [QueueCase.Job] = []
    for order in 0..<4000 {
      let tenant: Int32 = order % 2 == 0 ? 1 : 3
      jobs.append(
        QueueCase.Job(
          order: Int64(order), submit: 0, run: 10 + Int64(order * 7 % 5), requested: 20,
          accelerators: 1, tenant: tenant, weight: Double(tenant)))
    }
    var queue = try #require(QueueUnderTest(.fairShare, count: 8, halfLife: 1000))
    var driver = QueueDriver(QueueCase(count: 8, jobs: jobs))
    var stream = RandomStream(seed: 1, name: "shares")
    let steps = driver.run(&queue, shuffling: &stream)
    let early = steps.prefix(2000)
    let share = Double(early.filter { $0.job % 2 == 1 }.count) / Double(early.count)
    #expect(abs(share - 0.75) < 0.01, "\(share)")
  }
}
