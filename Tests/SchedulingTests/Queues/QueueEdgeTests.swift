// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Scheduling

/// What the rules leave open, by hand.
@Suite struct QueueEdgeTests {
  private func queue(_ rule: QueueRule, count: Int) throws -> RuledQueue {
    try #require(RuledQueue(rule, count: count))
  }

  private func job(
    _ number: Int, _ accelerators: Int32, for time: Int64, priority: Int32 = 1
  ) -> QueuedJob {
    QueuedJob(
      id: JobID(number), order: Int64(number), accelerators: accelerators, requested: time,
      priority: priority)
  }

  private func pass(_ queue: inout RuledQueue, at now: Int64) -> (started: [Int], stopped: [Int]) {
    var decisions = QueueDecisions()
    queue.pass(at: now, into: &decisions)
    return (decisions.started.map(\.index), decisions.stopped.map(\.index))
  }

  @Test func processorSharingIsNoQueue() {
    #expect(RuledQueue(.processorSharing, count: 1) == nil)
  }

  /// Of two and six that would do together, the six do alone.
  @Test func onlyThoseAreStoppedThatAreNeeded() throws {
    var queue = try queue(.preemptive, count: 8)
    queue.submit(job(0, 6, for: 100, priority: 3))
    queue.submit(job(1, 2, for: 100, priority: 3))
    #expect(pass(&queue, at: 0).started == [0, 1])
    queue.submit(job(2, 5, for: 10, priority: 1))
    let first = pass(&queue, at: 10)
    #expect(first.stopped == [0] && first.started == [2])
    #expect(queue.book.waitingWork == 6 * 90)
    // Nobody is stopped for a job that would not start, nor for one of the same priority.
    queue.submit(job(3, 8, for: 10, priority: 2))
    let second = pass(&queue, at: 12)
    #expect(second.stopped.isEmpty && second.started.isEmpty)
    queue.end(JobID(2), at: 20)
    let third = pass(&queue, at: 20)
    #expect(third.stopped == [1] && third.started == [3])
    queue.end(JobID(3), at: 30)
    #expect(pass(&queue, at: 30).started == [0, 1])
  }

  @Test(arguments: QueueRule.allCases.filter { $0 != .processorSharing })
  func nothingStartsUntilItFitsAgain(rule: QueueRule) throws {
    var queue = try queue(rule, count: 4)
    queue.submit(job(0, 3, for: 50))
    #expect(pass(&queue, at: 0).started == [0])
    queue.setCount(2, at: 10)
    queue.submit(job(1, 1, for: 10))
    #expect(pass(&queue, at: 10).started.isEmpty && queue.book.free == -1)
    queue.setCount(3, at: 20)
    #expect(pass(&queue, at: 20).started.isEmpty)
    queue.end(JobID(0), at: 30)
    #expect(pass(&queue, at: 30).started == [1])
    queue.setCount(4, at: 30)
    #expect(queue.book.free == 3)
  }

  /// A head that takes more than is in service holds nobody up where others may pass it.
  @Test(arguments: [QueueRule.easy, .easyShortest, .conservative])
  func whatNeverFitsHoldsNobodyUp(rule: QueueRule) throws {
    var queue = try queue(rule, count: 8)
    queue.setCount(4, at: 0)
    queue.submit(job(0, 6, for: 10))
    queue.submit(job(1, 4, for: 1000))
    #expect(pass(&queue, at: 0).started == [1])
    queue.end(JobID(1), at: 100)
    #expect(pass(&queue, at: 100).started.isEmpty)
    queue.setCount(6, at: 200)
    #expect(pass(&queue, at: 200).started == [0])
  }

  /// A job that runs on after its time does not let another have its accelerators.
  @Test func aSlotWaitsForWhatRunsOn() throws {
    var queue = try queue(.conservative, count: 2)
    queue.submit(job(0, 2, for: 10))
    #expect(pass(&queue, at: 0).started == [0])
    queue.submit(job(1, 1, for: 10))
    queue.submit(job(2, 2, for: 10))
    #expect(pass(&queue, at: 1).started.isEmpty && queue.nextPass == 10)
    #expect(pass(&queue, at: 10).started.isEmpty && queue.nextPass == 20)
    queue.end(JobID(0), at: 15)
    #expect(pass(&queue, at: 15).started == [1])
    #expect(pass(&queue, at: 20).started.isEmpty && queue.nextPass == nil)
    queue.end(JobID(1), at: 25)
    #expect(pass(&queue, at: 25).started == [2])
  }

  @Test func aJobThatRunsOnIsExpectedToEndAtOnce() throws {
    var queue = try queue(.easy, count: 2)
    queue.submit(job(0, 1, for: 10))
    #expect(pass(&queue, at: 0).started == [0])
    queue.submit(job(1, 2, for: 10))
    queue.submit(job(2, 1, for: 5))
    #expect(pass(&queue, at: 20).started.isEmpty)
    queue.end(JobID(0), at: 30)
    #expect(pass(&queue, at: 30).started == [1])
  }

  @Test func startsAreEstimated() throws {
    for rule in QueueRule.allCases where rule != .processorSharing {
      var queue = try queue(rule, count: 4)
      #expect(queue.estimatedStart(accelerators: 4, requested: 5, at: 7) == 7)
      queue.submit(job(0, 4, for: 100))
      _ = pass(&queue, at: 10)
      #expect(queue.estimatedStart(accelerators: 2, requested: 5, at: 20) == 110)
      queue.submit(job(1, 4, for: 50))
      _ = pass(&queue, at: 20)
      #expect(queue.estimatedStart(accelerators: 4, requested: 5, at: 20) == 160)
    }
    var queue = try queue(.fcfs, count: 1)
    queue.setCount(0, at: 0)
    #expect(queue.estimatedStart(accelerators: 1, requested: 1, at: 0) == .max)
  }

  @Test func theBookKnowsWhoWaitsAndRuns() throws {
    var queue = try queue(.fcfs, count: 4)
    queue.submit(job(0, 3, for: 100))
    queue.submit(job(1, 2, for: 30))
    queue.submit(job(2, 1, for: 40))
    _ = pass(&queue, at: 0)
    #expect(queue.book.free == 1 && queue.book.running == 1 && queue.book.waiting == 2)
    #expect(queue.book.waitingWork == 100 && queue.book.runningWork(at: 60) == 120)
    queue.withdraw(JobID(1))
    #expect(pass(&queue, at: 60).started == [2] && queue.book.waitingWork == 0)
  }
}
