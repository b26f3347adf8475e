// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// A queue whose caller says which jobs start and which are stopped for them.
///
/// It keeps the book, and a pass does what was chosen before it, once: nothing starts by itself.
///
///     queue.choose(start: [job], stop: [other])
///     queue.pass(at: now, into: &decisions)
public struct ChosenQueue: PoolQueue {
  public private(set) var book: QueueBook
  private var chosen = QueueDecisions()

  public init(count: Int) {
    book = QueueBook(count: count)
  }

  /// Says what the next pass does.
  ///
  /// - Precondition: Those that start wait here and fit in order, once the others are stopped, which
  ///   run here; each is in one of the lists, once.
  public mutating func choose(start: [JobID], stop: [JobID]) {
    (chosen.started, chosen.stopped) = (start, stop)
  }

  public mutating func submit(_ job: QueuedJob) { _ = book.enter(job) }

  public mutating func end(_ id: JobID, at now: Int64) { book.remove(book.place(of: id)) }

  public mutating func withdraw(_ id: JobID) { book.remove(book.place(of: id)) }

  public mutating func setCount(_ count: Int, at now: Int64) { book.count = count }

  public mutating func pass(at now: Int64, into decisions: inout QueueDecisions) {
    for id in chosen.stopped { book.stop(book.place(of: id), at: now) }
    for id in chosen.started {
      let place = book.place(of: id)
      precondition(book.fits(place), "job \(id) does not fit")
      book.start(place, at: now)
    }
    decisions.stopped += chosen.stopped
    decisions.started += chosen.started
    chosen.removeAll()
  }
}
