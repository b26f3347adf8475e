// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What changes a queue, handed on to the queue of the rule.
///
/// Each takes the queue out and puts it back: a copy of it would share its arrays, and writing to
/// it would copy them.
extension RuledQueue {
  public mutating func submit(_ job: QueuedJob) {
    switch consume self {
    case .ordered(var queue):
      queue.submit(job)
      self = .ordered(queue)
    case .preemptive(var queue):
      queue.submit(job)
      self = .preemptive(queue)
    case .fairShare(var queue):
      queue.submit(job)
      self = .fairShare(queue)
    case .backfill(var queue):
      queue.submit(job)
      self = .backfill(queue)
    case .conservative(var queue):
      queue.submit(job)
      self = .conservative(queue)
    case .chosen(var queue):
      queue.submit(job)
      self = .chosen(queue)
    }
  }

  public mutating func end(_ id: JobID, at now: Int64) {
    switch consume self {
    case .ordered(var queue):
      queue.end(id, at: now)
      self = .ordered(queue)
    case .preemptive(var queue):
      queue.end(id, at: now)
      self = .preemptive(queue)
    case .fairShare(var queue):
      queue.end(id, at: now)
      self = .fairShare(queue)
    case .backfill(var queue):
      queue.end(id, at: now)
      self = .backfill(queue)
    case .conservative(var queue):
      queue.end(id, at: now)
      self = .conservative(queue)
    case .chosen(var queue):
      queue.end(id, at: now)
      self = .chosen(queue)
    }
  }

  public mutating func withdraw(_ id: JobID) {
    switch consume self {
    case .ordered(var queue):
      queue.withdraw(id)
      self = .ordered(queue)
    case .preemptive(var queue):
      queue.withdraw(id)
      self = .preemptive(queue)
    case .fairShare(var queue):
      queue.withdraw(id)
      self = .fairShare(queue)
    case .backfill(var queue):
      queue.withdraw(id)
      self = .backfill(queue)
    case .conservative(var queue):
      queue.withdraw(id)
      self = .conservative(queue)
    case .chosen(var queue):
      queue.withdraw(id)
      self = .chosen(queue)
    }
  }

  public mutating func setCount(_ count: Int, at now: Int64) {
    switch consume self {
    case .ordered(var queue):
      queue.setCount(count, at: now)
      self = .ordered(queue)
    case .preemptive(var queue):
      queue.setCount(count, at: now)
      self = .preemptive(queue)
    case .fairShare(var queue):
      queue.setCount(count, at: now)
      self = .fairShare(queue)
    case .backfill(var queue):
      queue.setCount(count, at: now)
      self = .backfill(queue)
    case .conservative(var queue):
      queue.setCount(count, at: now)
      self = .conservative(queue)
    case .chosen(var queue):
      queue.setCount(count, at: now)
      self = .chosen(queue)
    }
  }

  public mutating func pass(at now: Int64, into decisions: inout QueueDecisions) {
    switch consume self {
    case .ordered(var queue):
      queue.pass(at: now, into: &decisions)
      self = .ordered(queue)
    case .preemptive(var queue):
      queue.pass(at: now, into: &decisions)
      self = .preemptive(queue)
    case .fairShare(var queue):
      queue.pass(at: now, into: &decisions)
      self = .fairShare(queue)
    case .backfill(var queue):
      queue.pass(at: now, into: &decisions)
      self = .backfill(queue)
    case .conservative(var queue):
      queue.pass(at: now, into: &decisions)
      self = .conservative(queue)
    case .chosen(var queue):
      queue.pass(at: now, into: &decisions)
      self = .chosen(queue)
    }
  }

  /// Says what the next pass of a queue does whose caller chooses.
  public mutating func choose(start: [JobID], stop: [JobID]) {
    guard case .chosen(var queue) = consume self else { preconditionFailure("a rule chooses") }
    queue.choose(start: start, stop: stop)
    self = .chosen(queue)
  }
}
