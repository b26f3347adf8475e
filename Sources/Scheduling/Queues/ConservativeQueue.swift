// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Conservative backfilling: every job has a slot as soon as it comes, and keeps it or a better one.
///
/// A job that comes gets the earliest slot of what it asks for in the profile of what those that
/// run and wait have. When jobs have ended, what they leave is free, and each that waits, in order
/// of submission, moves to its earliest slot while the others stay where they are. A job starts
/// when its slot begins.
///
/// The jobs that run may take longer than they asked for. Their accelerators are then not free when
/// a slot begins; the job is *late*, has no slot any more, and starts as soon as it fits. Where the
/// count falls all slots are given anew, in order of submission; a job that takes more than the
/// count has no slot until the count rises.
///
/// A slot may also be booked ahead, for a job that is to start then and not before: it never moves,
/// and the others keep clear of it.
///
/// - Complexity: O(log n) for each job that comes, starts or goes, for n that wait, and for each
///   stretch of the profile that is too short for it. Where something was freed before its time a
///   pass looks at all n; see `sweep`.
public struct ConservativeQueue: PoolQueue {
  public internal(set) var book: QueueBook
  var profile: FreeProfile
  var line = SlotLine()
  /// Jobs whose slots are to come, by the instants at which these begin.
  var slots = JobLine()
  /// Jobs whose slots began when they did not fit.
  var late = JobLine()
  private var arrivals: [JobPlace] = []
  /// Whether a job has gone since the last pass.
  var isSweepDue = false
  var isAnewDue = false
  /// Jobs that wait for slots that were booked.
  var booked = 0
  /// What was freed since the last sweep, and by what it moved, ends here.
  var freedUntil = Int64.min

  init(count: Int) {
    book = QueueBook(count: count)
    profile = FreeProfile(free: count)
  }

  public mutating func submit(_ job: QueuedJob) {
    arrivals.append(book.enter(job))
  }

  public mutating func end(_ id: JobID, at now: Int64) {
    let entry = book.remove(book.place(of: id))
    isSweepDue = true
    guard let start = entry.start else { return }
    let end = instant(entry.job.slotLength, after: start)
    guard end > now else { return }
    profile.add(Int(entry.job.accelerators), from: now, to: end)
    freedUntil = max(freedUntil, end)
  }

  public mutating func withdraw(_ id: JobID) {
    let place = book.place(of: id)
    let job = book.remove(place).job
    if let index = arrivals.firstIndex(of: place) {
      arrivals.remove(at: index)
      return
    }
    let slot = line.remove(order: job.order)
    if slot.isBooked { booked -= 1 }
    isSweepDue = true
    switch slot.start {
    case SlotLine.late: late.remove(QueueRule.fcfs.key(of: job))
    case SlotLine.none: break
    default:
      slots.remove(slot.key)
      profile.release(slot)
      freedUntil = max(freedUntil, slot.end)
    }
  }

  public mutating func setCount(_ count: Int, at now: Int64) {
    if count > book.count {
      profile.add(count - book.count, from: now, to: .max)
      (isSweepDue, freedUntil) = (true, .max)
    } else if count < book.count {
      isAnewDue = true
    }
    book.count = count
  }

  public mutating func pass(at now: Int64, into decisions: inout QueueDecisions) {
    profile.forget(before: now)
    if isAnewDue {
      placeAnew(at: now)
    } else if isSweepDue {
      sweep(at: now)
    }
    isSweepDue = false
    placeArrivals(at: now)
    if booked > 0 { placeLateAnew(at: now) }
    startLate(at: now, into: &decisions)
    while let next = slots.first, next.key.major <= now {
      slots.remove(next.key)
      let slot = line.remove(order: next.key.minor)
      if book.fits(next.place) {
        if slot.isBooked { booked -= 1 }
        book.start(next.place, at: now)
        decisions.started.append(book[next.place].job.id)
      } else {
        profile.release(slot)
        freedUntil = max(freedUntil, slot.end)
        line.add(slot.moved(to: SlotLine.late))
        late.add(next.place, at: ForestKey(major: 0, minor: slot.order))
      }
    }
  }

  /// When the next slot begins.
  public var nextPass: Int64? { slots.first?.key.major }

  /// The slot that it would get, where that is found among the first steps of the profile.
  public func estimatedStart(accelerators: Int32, requested: Int64, at now: Int64) -> Int64 {
    let start = profile.earliestStart(
      accelerators: Int(accelerators), length: max(1, requested), from: now, steps: 256)
    return start ?? book.fluidStart(accelerators: accelerators, at: now)
  }

  private mutating func placeArrivals(at now: Int64) {
    // Those of one instant may have been told in any order.
    let jobs = arrivals.map { (place: $0, job: book[$0].job) }.sorted {
      $0.job.order < $1.job.order
    }
    arrivals.removeAll(keepingCapacity: true)
    for (place, job) in jobs { self.place(WaitingSlot(job, at: place), from: now) }
  }

  /// Gives a job the earliest slot.
  mutating func place(_ slot: WaitingSlot, from now: Int64) {
    let start = profile.earliestStart(
      accelerators: Int(slot.accelerators), length: slot.length, from: now)
    let placed = slot.moved(to: start ?? SlotLine.none)
    line.add(placed)
    guard start != nil else { return }
    slots.add(slot.place, at: placed.key)
    profile.take(placed)
  }

  private mutating func startLate(at now: Int64, into decisions: inout QueueDecisions) {
    while let first = late.first, book.fits(first.place) {
      late.remove(first.key)
      let slot = line.remove(order: first.key.minor).moved(to: now)
      if slot.isBooked { booked -= 1 }
      profile.take(slot)
      book.start(first.place, at: now)
      decisions.started.append(book[first.place].job.id)
    }
  }
}
