// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// One line in which the first that does not fit holds up the rest.
///
/// `fcfs`, `sjf`, `ljf` and `priority` differ in nothing but the order of the line.
///
/// - Complexity: O(log n) for each job that comes, starts or goes; O(1) for a pass beside that.
public struct OrderedQueue: PoolQueue {
  public private(set) var book: QueueBook
  private var line = JobLine()
  private let rule: QueueRule

  init(_ rule: QueueRule, count: Int) {
    self.rule = rule
    book = QueueBook(count: count)
  }

  public mutating func submit(_ job: QueuedJob) {
    line.add(book.enter(job), at: rule.key(of: job))
  }

  public mutating func end(_ id: JobID, at now: Int64) {
    book.remove(book.place(of: id))
  }

  public mutating func withdraw(_ id: JobID) {
    line.remove(rule.key(of: book.remove(book.place(of: id)).job))
  }

  public mutating func setCount(_ count: Int, at now: Int64) {
    book.count = count
  }

  public mutating func pass(at now: Int64, into decisions: inout QueueDecisions) {
    while let head = line.first, book.fits(head.place) {
      line.remove(head.key)
      book.start(head.place, at: now)
      decisions.started.append(book[head.place].job.id)
    }
  }
}

extension QueueRule {
  /// Where a job stands in the line.
  func key(of job: QueuedJob) -> ForestKey {
    let major: Int64 =
      switch self {
      case .sjf: job.requested
      case .ljf: -job.requested
      case .priority, .preemptive: Int64(job.priority)
      case .fcfs, .easy, .easyShortest, .conservative, .fairShare, .processorSharing: 0
      }
    return ForestKey(major: major, minor: job.order)
  }

  /// Whether a job stands before another in the line; between tenants their use decides as well.
  package func puts(_ job: QueuedJob, before other: QueuedJob) -> Bool {
    key(of: job) < key(of: other)
  }
}
