// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Strict priority: what runs is stopped for a job of higher priority, and resumed later.
///
/// Jobs of lower priority than the first of the line are stopped where it would start then: the
/// lowest priority and the latest start first, until there is room. Those that turn out not to be
/// needed, because one behind them frees more, are spared, the highest priority and earliest start
/// first. A job that is stopped stands where it stood before, asks for what is left, and holds up
/// the jobs behind it. It does not start again in the pass that stopped it.
///
/// - Complexity: O(log n) for each job that comes, starts, is looked at to be stopped, or goes.
public struct PreemptiveQueue: PoolQueue {
  public private(set) var book: QueueBook
  private var line = JobLine()
  /// Those that run, the first to be stopped first.
  private var running = JobLine()
  /// What the jobs of each priority hold, the lowest priority first.
  private var held: [(priority: Int32, accelerators: Int)] = []
  private var starts: Int64 = 0

  init(count: Int) {
    book = QueueBook(count: count)
  }

  public mutating func submit(_ job: QueuedJob) {
    line.add(book.enter(job), at: QueueRule.preemptive.key(of: job))
  }

  public mutating func end(_ id: JobID, at now: Int64) {
    let entry = book.remove(book.place(of: id))
    running.remove(runningKey(entry))
    hold(-entry.job.accelerators, at: entry.job.priority)
  }

  public mutating func withdraw(_ id: JobID) {
    line.remove(QueueRule.preemptive.key(of: book.remove(book.place(of: id)).job))
  }

  public mutating func setCount(_ count: Int, at now: Int64) {
    book.count = count
  }

  public mutating func pass(at now: Int64, into decisions: inout QueueDecisions) {
    while let head = line.first {
      if !book.fits(head.place) {
        let job = book[head.place].job
        let needed = Int(job.accelerators) - book.free
        guard needed <= held(below: job.priority) else { return }
        stop(needed, at: now, into: &decisions)
      }
      start(head, at: now)
      decisions.started.append(book[head.place].job.id)
    }
  }

  private mutating func start(_ head: (key: ForestKey, place: JobPlace), at now: Int64) {
    line.remove(head.key)
    book.start(head.place, at: now)
    book.setNote(of: head.place, to: starts)
    starts += 1
    let entry = book[head.place]
    running.add(head.place, at: runningKey(entry))
    hold(entry.job.accelerators, at: entry.job.priority)
  }

  /// Stops jobs that hold so many accelerators or more.
  private mutating func stop(_ needed: Int, at now: Int64, into decisions: inout QueueDecisions) {
    var surplus = -needed
    var chosen: [JobPlace] = []
    while surplus < 0, let place = running.popFirst() {
      chosen.append(place)
      surplus += Int(book[place].job.accelerators)
    }
    var spared: [JobPlace] = []
    for index in chosen.indices.reversed() {
      let accelerators = Int(book[chosen[index]].job.accelerators)
      guard accelerators <= surplus else { continue }
      surplus -= accelerators
      spared.append(chosen.remove(at: index))
    }
    for place in spared { running.add(place, at: runningKey(book[place])) }
    for place in chosen {
      book.stop(place, at: now)
      let job = book[place].job
      hold(-job.accelerators, at: job.priority)
      line.add(place, at: QueueRule.preemptive.key(of: job))
      decisions.stopped.append(job.id)
    }
  }

  private func runningKey(_ entry: QueueEntry) -> ForestKey {
    ForestKey(major: -Int64(entry.job.priority), minor: -entry.note)
  }

  /// Accelerators held by jobs of lower priority.
  private func held(below priority: Int32) -> Int {
    var sum = 0
    for level in held {
      guard level.priority > priority else { break }
      sum += level.accelerators
    }
    return sum
  }

  private mutating func hold(_ accelerators: Int32, at priority: Int32) {
    let index = held.firstIndex { $0.priority <= priority } ?? held.count
    if index == held.count || held[index].priority != priority {
      held.insert((priority, 0), at: index)
    }
    held[index].accelerators += Int(accelerators)
    if held[index].accelerators == 0 { held.remove(at: index) }
  }
}
