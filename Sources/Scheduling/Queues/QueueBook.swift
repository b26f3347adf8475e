// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A job in the book of a queue.
struct QueueEntry: BitwiseCopyable, Sendable {
  var job: QueuedJob
  /// When it started; nil as long as it waits.
  var start: Int64?
  /// What the rule remembers of it.
  var note: Int64 = 0

  /// When it is expected to end, if it runs.
  var expectedEnd: Int64? { start.map { instant(job.requested, after: $0) } }
}

typealias JobPlace = Position<QueueEntry>

/// Who waits in a queue, who runs, and what they hold and ask for.
public struct QueueBook: Sendable {
  private var entries = SlotStore<QueueEntry>()
  private var places: [JobID: JobPlace] = [:]
  /// Accelerators in service.
  public internal(set) var count: Int
  /// Accelerators held by jobs that run.
  public private(set) var inUse = 0
  /// Jobs that wait.
  public private(set) var waiting = 0
  private var waitingSum: Int128 = 0
  /// Over those that run: accelerators by the instant at which they are expected back.
  private var expectedSum: Int128 = 0

  init(count: Int) {
    self.count = count
  }

  /// Accelerators that are in service and not held; below 0 where more are held than that.
  public var free: Int { count - inUse }

  public var running: Int { entries.count - waiting }

  /// Accelerator-nanoseconds that those who wait ask for.
  public var waitingWork: Double { number(waitingSum) }

  /// Accelerator-nanoseconds that those who run may still take of what they asked for.
  public func runningWork(at now: Int64) -> Double {
    number(max(0, expectedSum - Int128(inUse) * Int128(now)))
  }

  /// The same number, by a conversion that takes one instruction where there are 64 bits of it.
  private func number(_ sum: Int128) -> Double {
    Int64(exactly: sum).map { Double($0) } ?? Double(sum)
  }

  /// When all that was asked for before would be done if it filled the pool, or now where so many
  /// are free and nobody waits.
  ///
  /// A bound from below for a job that goes behind all others and takes the whole pool.
  func fluidStart(accelerators: Int32, at now: Int64) -> Int64 {
    if waiting == 0, Int(accelerators) <= free { return now }
    guard count > 0 else { return .max }
    let time = ((runningWork(at: now) + waitingWork) / Double(count)).rounded()
    return time < 0x1p62 ? instant(Int64(time), after: now) : .max
  }
}

extension QueueBook {
  subscript(place: JobPlace) -> QueueEntry { entries[place] }

  func place(of id: JobID) -> JobPlace {
    guard let place = places[id] else { preconditionFailure("job \(id) is not in this queue") }
    return place
  }

  func fits(_ place: JobPlace) -> Bool { Int(entries[place].job.accelerators) <= free }

  mutating func setNote(of place: JobPlace, to note: Int64) { entries[place].note = note }

  /// Takes in a job, which waits.
  mutating func enter(_ job: QueuedJob) -> JobPlace {
    let place = entries.add(QueueEntry(job: job))
    let known = places.updateValue(place, forKey: job.id)
    precondition(known == nil, "job \(job.id) is in this queue already")
    waiting += 1
    waitingSum += job.work
    return place
  }

  /// A job that waits starts.
  mutating func start(_ place: JobPlace, at now: Int64) {
    entries[place].start = now
    let entry = entries[place]
    waiting -= 1
    waitingSum -= entry.job.work
    inUse += Int(entry.job.accelerators)
    expectedSum += expected(entry)
  }

  /// A job that runs waits again, and asks for what is left.
  mutating func stop(_ place: JobPlace, at now: Int64) {
    let entry = entries[place]
    inUse -= Int(entry.job.accelerators)
    expectedSum -= expected(entry)
    entries[place].job.requested = max(0, entry.job.requested - (now - (entry.start ?? now)))
    entries[place].start = nil
    waiting += 1
    waitingSum += entries[place].job.work
  }

  /// A job goes for good, from where it waits or runs.
  @discardableResult mutating func remove(_ place: JobPlace) -> QueueEntry {
    let entry = entries.take(place)
    places[entry.job.id] = nil
    if entry.start == nil {
      waiting -= 1
      waitingSum -= entry.job.work
    } else {
      inUse -= Int(entry.job.accelerators)
      expectedSum -= expected(entry)
    }
    return entry
  }

  /// Calls `body` with each job that runs, in no order that means anything.
  func forEachRunning(_ body: (QueueEntry) -> Void) {
    for place in entries.positions where entries[place].start != nil { body(entries[place]) }
  }

  private func expected(_ entry: QueueEntry) -> Int128 {
    Int128(entry.job.accelerators) * Int128(entry.expectedEnd ?? 0)
  }
}
