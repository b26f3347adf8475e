// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Scheduling

/// Every rule against one that looks at everything each time, on small cases of all kinds.
@Suite struct PoolQueueTests {
  private static let rules: [QueueRule] = [
    .fcfs, .sjf, .ljf, .easy, .easyShortest, .priority, .preemptive,
  ]
  private static let casesEach = 200

  @Test(arguments: rules) func everyStepIsThatOfThePlainQueue(rule: QueueRule) throws {
    for seed in 0..<Self.casesEach {
      var stream = RandomStream(seed: UInt64(seed), name: "queues/\(rule.rawValue)")
      var jobs = QueueCase(random: &stream)
      if seed % 3 == 0 { jobs = jobs.changed(using: &stream) }
      var queue = try #require(QueueUnderTest(rule, count: jobs.count))
      var plain = PlainQueue(rule, count: jobs.count)
      try expectEqual(&queue, &plain, jobs, seed, &stream)
    }
  }

  @Test func everySlotIsThatOfThePlainQueue() throws {
    for seed in 0..<Self.casesEach {
      var stream = RandomStream(seed: UInt64(seed), name: "queues/conservative")
      var jobs = QueueCase(random: &stream)
      if seed % 3 == 0 { jobs = jobs.changed(using: &stream) }
      var queue = try #require(QueueUnderTest(.conservative, count: jobs.count))
      var plain = PlainConservativeQueue(count: jobs.count)
      try expectEqual(&queue, &plain, jobs, seed, &stream)
    }
  }

  private func expectEqual(
    _ queue: inout QueueUnderTest, _ plain: inout some DrivenQueue, _ jobs: QueueCase, _ seed: Int,
    _ stream: inout RandomStream
  ) throws {
    var driver = QueueDriver(jobs)
    let steps = driver.run(&queue, shuffling: &stream)
    driver = QueueDriver(jobs)
    let expected = driver.run(&plain, shuffling: &stream)
    try #require(
      steps == expected,
      "seed \(seed): \(zip(steps, expected).first { $0 != $1 }.map { "\($0)" } ?? "too few")")
    let book = queue.queue.book
    #expect(book.running == 0 && book.inUse == 0 && book.runningWork(at: 0) == 0)
    #expect(book.waiting == 0 && book.waitingWork == 0)
  }
}
