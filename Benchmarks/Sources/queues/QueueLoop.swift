// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Scheduling

/// A pool's life: all that ends, all that comes, one pass, at each instant at which something does.
struct QueueLoop {
  private var queue: RuledQueue
  private let jobs: [QueueWorkload.Job]
  private var nextSubmission = 0
  private var ends: [EventHandle]
  /// When each began for the last time, and what it had left then.
  private var begun: [Int64]
  private var left: [Int64]
  private(set) var ended = 0
  private(set) var mostWaiting = 0

  init?(_ workload: QueueWorkload, _ rule: QueueRule) {
    guard let queue = RuledQueue(rule, count: workload.count) else { return nil }
    self.queue = queue
    jobs = workload.jobs
    ends = Array(repeating: .none, count: jobs.count)
    begun = Array(repeating: 0, count: jobs.count)
    left = jobs.map(\.run)
  }

  mutating func run() {
    var events = EventQueue<JobID>()
    var decisions = QueueDecisions()
    while let now = nextInstant(&events) {
      let time = SimTime(nanoseconds: now)
      while events.nextTime == time, let (_, id) = events.pop() {
        queue.end(id, at: now)
        ended += 1
      }
      while nextSubmission < jobs.count, jobs[nextSubmission].submit == now {
        queue.submit(jobs[nextSubmission].asked)
        nextSubmission += 1
      }
      decisions.removeAll()
      queue.pass(at: now, into: &decisions)
      follow(decisions, at: now, &events)
      mostWaiting = max(mostWaiting, queue.book.waiting)
    }
  }

  private func nextInstant(_ events: inout EventQueue<JobID>) -> Int64? {
    var next = events.nextTime?.nanoseconds ?? .max
    if nextSubmission < jobs.count { next = min(next, jobs[nextSubmission].submit) }
    if let pass = queue.nextPass { next = min(next, pass) }
    return next == .max ? nil : next
  }

  private mutating func follow(
    _ decisions: QueueDecisions, at now: Int64, _ events: inout EventQueue<JobID>
  ) {
    for id in decisions.stopped {
      _ = events.cancel(ends[id.index])
      left[id.index] -= now - begun[id.index]
    }
    for id in decisions.started {
      begun[id.index] = now
      ends[id.index] = events.push(id, at: SimTime(nanoseconds: now + left[id.index]))
    }
  }
}
