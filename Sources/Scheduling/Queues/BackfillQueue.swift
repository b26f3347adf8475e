// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// EASY: jobs behind the first of the line start early where that does not delay it.
///
/// The line starts from its head while that fits. Then, for a head that does not:
///
///     shadow = the earliest instant at which it fits, by what those that run asked for
///     extra  = what is free then, less what the head takes
///
/// A later job that fits now starts if now + requested <= shadow, or if it takes no more than
/// `extra`, which then shrinks by it. They are tried in order of submission, or the shortest first.
/// A job that runs for longer than it asked for is expected to end at once; a head that takes more
/// than is in service has no shadow and holds nobody up.
///
/// - Complexity: O(log n) for each job that comes, starts or goes, and for a pass; and what
///   `SizeClasses` takes to find a job that starts early, once more than it finds.
public struct BackfillQueue: PoolQueue {
  public private(set) var book: QueueBook
  private var line = JobLine()
  private var sizes = SizeClasses()
  /// What those leave free that run, by what they asked for.
  private var profile: FreeProfile
  private let shortestFirst: Bool

  init(shortestFirst: Bool, count: Int) {
    self.shortestFirst = shortestFirst
    book = QueueBook(count: count)
    profile = FreeProfile(free: count)
  }

  public mutating func submit(_ job: QueuedJob) {
    let place = book.enter(job)
    line.add(place, at: QueueRule.fcfs.key(of: job))
    sizes.add(place, job)
  }

  public mutating func end(_ id: JobID, at now: Int64) {
    let entry = book.remove(book.place(of: id))
    profile.add(Int(entry.job.accelerators), from: now, to: entry.expectedEnd ?? now)
  }

  public mutating func withdraw(_ id: JobID) {
    leave(book.remove(book.place(of: id)).job)
  }

  public mutating func setCount(_ count: Int, at now: Int64) {
    profile.add(count - book.count, from: now, to: .max)
    book.count = count
  }

  public mutating func pass(at now: Int64, into decisions: inout QueueDecisions) {
    while let head = line.first, book.fits(head.place) {
      start(head.place, at: now, into: &decisions)
    }
    guard let head = line.first, sizes.leastSize <= book.free else { return }
    profile.forget(before: now)
    var gap = gap(before: book[head.place].job, at: now)
    while let place = shortestFirst ? sizes.shortest(in: gap) : sizes.firstInOrder(in: gap) {
      let job = book[place].job
      if job.requested > gap.time { gap.extra -= Int(job.accelerators) }
      start(place, at: now, into: &decisions)
      gap.free = book.free
    }
  }

  /// With nobody waiting, when it would fit if those that run take what they asked for.
  public func estimatedStart(accelerators: Int32, requested: Int64, at now: Int64) -> Int64 {
    guard book.waiting == 0 else { return book.fluidStart(accelerators: accelerators, at: now) }
    guard Int(accelerators) > book.free else { return now }
    return profile.earliestStart(accelerators: Int(accelerators), length: 1, from: now) ?? .max
  }

  private mutating func start(
    _ place: JobPlace, at now: Int64, into decisions: inout QueueDecisions
  ) {
    let job = book[place].job
    leave(job)
    book.start(place, at: now)
    profile.add(-Int(job.accelerators), from: now, to: instant(job.requested, after: now))
    decisions.started.append(job.id)
  }

  private mutating func leave(_ job: QueuedJob) {
    line.remove(QueueRule.fcfs.key(of: job))
    sizes.remove(job)
  }

  private func gap(before head: QueuedJob, at now: Int64) -> SizeClasses.Gap {
    let needed = Int(head.accelerators)
    guard let shadow = profile.earliestStart(accelerators: needed, length: 1, from: now) else {
      return SizeClasses.Gap(free: book.free, time: .max, extra: 0)
    }
    return SizeClasses.Gap(
      free: book.free, time: shadow - now, extra: profile.free(at: shadow) - needed)
  }
}
