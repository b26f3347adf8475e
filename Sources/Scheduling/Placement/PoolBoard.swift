// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel

/// What is known of each pool: as it is, or as the registry had it last.
package struct PoolBoard {
  package struct Entry: BitwiseCopyable, Equatable, Sendable {
    /// Accelerators in service.
    package var count: Int32
    package var free: Int32
    /// Jobs that wait.
    package var waiting: Int32
    /// What those that wait have asked for, in accelerator-seconds.
    package var waitingWork: Double
    /// The sum over running jobs of accelerators times the second at which they should have ended.
    package var runningUntil: Double

    package init(
      count: Int32, free: Int32, waiting: Int32 = 0, waitingWork: Double = 0,
      runningUntil: Double = 0
    ) {
      self.count = count
      self.free = free
      self.waiting = waiting
      self.waitingWork = waitingWork
      self.runningUntil = runningUntil
    }

    /// Whether a job could start at once.
    package func isFree(for job: PlacementQuestion) -> Bool {
      waiting == 0 && Int(free) >= job.accelerators
    }
  }

  /// What it costs to keep so many accelerators of a pool busy from one instant to another.
  package typealias Cost = (_ pool: Int, _ accelerators: Int, _ from: SimTime, _ to: SimTime) ->
    Double

  /// In which of so many hours, of which the first is given, it costs least to begin, and how much
  /// that is; the first of those that are as cheap.
  package typealias CheapestHour = (
    _ pool: Int, _ accelerators: Int, _ first: SimTime, _ time: SimDuration, _ hours: Int
  ) -> (hour: Int, cost: Double)

  package var entries: [Entry]
  /// Pools of one kind have the same type on the same terms of power: a job costs the same on each.
  package let kinds: [Int32]
  let kindCount: Int
  /// In yuan, at the prices that hold then: of the pool where it has one, else of its power.
  package var yuan: Cost
  /// Found hour by hour, where nobody sets another way.
  package var cheapestHour: CheapestHour
  /// In kilograms of carbon dioxide.
  package var carbon: Cost

  package init(
    entries: [Entry], kinds: [Int32]? = nil, yuan: @escaping Cost, carbon: @escaping Cost
  ) {
    self.entries = entries
    self.kinds = kinds ?? entries.indices.map { Int32($0) }
    kindCount = Int(self.kinds.max() ?? -1) + 1
    self.yuan = yuan
    self.carbon = carbon
    cheapestHour = { pool, accelerators, first, time, hours in
      Self.cheapest(of: hours, from: first) { yuan(pool, accelerators, $0, $0 + time) }
    }
  }

  package static let hour: Int64 = 3_600_000_000_000

  /// The cheapest of so many hours by what it costs to begin in each.
  package static func cheapest(
    of hours: Int, from first: SimTime, _ cost: (SimTime) -> Double
  ) -> (hour: Int, cost: Double) {
    var best = (hour: 0, cost: Double.infinity)
    for hour in 0..<hours {
      let cost = cost(SimTime(nanoseconds: first.nanoseconds + Int64(hour) * Self.hour))
      if cost.isBelow(best.cost) { best = (hour, cost) }
    }
    return best
  }

  package subscript(pool: Int32) -> Entry { entries[Int(pool)] }

  /// Whether a job could start at once.
  package func isFree(_ candidate: PoolCandidate, for job: PlacementQuestion) -> Bool {
    job.isBooked || self[candidate.pool].isFree(for: job) || job.holds(candidate)
  }

  /// The work that a pool has before it, over what it can do in a second.
  package func load(_ pool: Int32, at now: SimTime) -> Double {
    let entry = self[pool]
    guard entry.count > 0 else { return .infinity }
    let busy = Double(entry.count - entry.free)
    let running = max(0, entry.runningUntil - busy * now.seconds)
    return (entry.waitingWork + running) / Double(entry.count)
  }

  /// An estimate of how long a job waits there, in seconds: none where it could start at once, else
  /// as long as the work before it takes all accelerators.
  package func wait(_ candidate: PoolCandidate, for job: PlacementQuestion) -> Double {
    isFree(candidate, for: job)
      ? 0 : max(PoolBoard.moment, load(candidate.pool, at: job.now))
  }

  /// Who holds a pool for longer than was expected is to end at once, but has not yet.
  private static let moment = 1e-6

  /// When a job would run there, if it came at an instant: after its input and what is before it.
  package func span(
    _ candidate: PoolCandidate, for job: PlacementQuestion, from instant: SimTime
  ) -> (start: SimTime, end: SimTime) {
    let wait = max(candidate.transfer, self.wait(candidate, for: job))
    let start = instant + (SimDuration(seconds: wait) ?? .zero)
    return (start, start + (SimDuration(seconds: job.time(on: candidate)) ?? .zero))
  }
}

extension PoolBoard {
  /// What a job costs on a candidate if it comes there now, in yuan.
  package func cost(of job: PlacementQuestion, on candidate: PoolCandidate) -> Double {
    let span = span(candidate, for: job, from: job.now)
    return yuan(Int(candidate.pool), job.accelerators, span.start, span.end)
  }

  /// What it brings about then, in kilograms of carbon dioxide.
  package func emission(of job: PlacementQuestion, on candidate: PoolCandidate) -> Double {
    let span = span(candidate, for: job, from: job.now)
    return carbon(Int(candidate.pool), job.accelerators, span.start, span.end)
  }

  /// How long it takes until a job is over on a candidate, in seconds: its input there, what is
  /// before it, and its run.
  package func time(of job: PlacementQuestion, on candidate: PoolCandidate) -> Double {
    max(candidate.transfer, wait(candidate, for: job)) + job.time(on: candidate)
  }
}

/// The kinds of pools that were met among candidates.
struct SeenKinds {
  private let kinds: [Int32]
  /// Of each kind the one that was met last.
  private var seen: [PoolCandidate?]

  init(_ board: PoolBoard) {
    kinds = board.kinds
    seen = Array(repeating: nil, count: board.kindCount)
  }

  /// Whether a job costs something else there than on the last pool of that kind: it is the first, or is
  /// as far from the job's data as no other, or has the job already.
  mutating func isNew(_ candidate: PoolCandidate, for job: PlacementQuestion) -> Bool {
    let kind = Int(kinds[Int(candidate.pool)])
    defer { seen[kind] = candidate }
    guard let other = seen[kind], job.present?.pool != candidate.pool,
      job.present?.pool != other.pool
    else { return true }
    return other.transfer != candidate.transfer || other.output != candidate.output
      || other.speed != candidate.speed
  }
}
