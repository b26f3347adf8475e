// SPDX-License-Identifier: GPL-3.0-or-later
public import Compute
public import EventKernel
internal import Scheduling

/// A watch on one job by name: where its time, its energy and its money went, and why it ran there.
public struct JobProbe: Sendable {
  /// What goes on with a job.
  public enum Phase: Hashable, Sendable {
    /// Nobody has decided where it goes.
    case deciding
    case input
    case queued
    /// At a part of full speed.
    case running(speed: Double)
    case output
  }

  /// A time in which the same goes on with it.
  public struct Stretch: Sendable {
    public var from: SimTime
    public var to: SimTime
    public var phase: Phase
    /// Empty while it is on none.
    public var pool: String
    /// What stood before it as it joined a queue.
    public var queue: QueueAhead?
    /// The cap that slows it.
    public var cap: PowerCap?
  }

  /// What stands before a job that joins a queue.
  public struct QueueAhead: Equatable, Sendable {
    public var waiting = 0
    /// What they ask for, in accelerator-seconds.
    public var waitingWork = 0.0
    public var running = 0
    /// What is left of what those have asked for that run.
    public var runningWork = 0.0
  }

  /// What it took in a stretch of time at one price.
  public struct Spend: Sendable {
    public var from: SimTime
    public var to: SimTime
    public var period: PricePeriod
    public var kWh: Double
    public var yuan: Double
    public var carbon_kg: Double
  }

  /// What its row of jobs.csv says of it.
  public struct Facts: Sendable {
    public var workload: String
    public var tenant: String
    public var pool: String
    public var accelerator: String
    public var accelerators: Int
    public var requested: SimDuration?
    public var submitted: SimTime
    public var started: SimTime?
    public var finished: SimTime?
    public var deadline: SimTime?
    public var state: String
    /// Why it was refused, or what it lost; else empty.
    public var reason: String
    public var stops: Int
    public var restarts: Int
    /// Not a number where nobody says what accelerators take, or what that costs.
    public var kWh: Double
    public var yuan: Double
    public var carbon_kg: Double
    /// What its tenant pays for what it has held; not a number where that has no price.
    public var paid_yuan: Double
  }

  public let job: String
  public internal(set) var facts: Facts?
  public internal(set) var decisions: [PlacementDecision] = []
  /// One after the other, from its submission until nothing more comes of it.
  public internal(set) var stretches: [Stretch] = []
  public internal(set) var spends: [Spend] = []
  /// Whether nothing more comes of it.
  public internal(set) var isOver = false
  /// It, from its submission on.
  var id: JobID?

  init(job: String) {
    self.job = job
  }

  /// Notes what goes on from an instant on.
  mutating func note(_ stretch: Stretch) {
    if let last = stretches.last, last.phase == stretch.phase, last.pool == stretch.pool,
      last.cap == stretch.cap
    {
      return
    }
    close(at: stretch.from)
    stretches.append(stretch)
  }

  /// Ends the last stretch; one of no length is taken back.
  mutating func close(at now: SimTime) {
    guard let last = stretches.indices.last else { return }
    stretches[last].to = now
    if stretches[last].from == now { stretches.removeLast() }
  }
}

extension JobProbe {
  /// All the time that it spent in phases of one kind, the runs at one speed by themselves.
  public struct Total: Sendable {
    public var phase: Phase
    public var cap: PowerCap?
    public var time: SimDuration
    public var share: Double
    /// Of the first of its stretches.
    public var queue: QueueAhead?
  }

  /// Where its time went, in the order in which it went there.
  public var totals: [Total] {
    var totals: [Total] = []
    for stretch in stretches {
      let length = stretch.to - stretch.from
      if let place = totals.firstIndex(where: {
        $0.phase == stretch.phase && $0.cap == stretch.cap
      }) {
        totals[place].time = totals[place].time + length
      } else {
        totals.append(
          Total(
            phase: stretch.phase, cap: stretch.cap, time: length, share: 0, queue: stretch.queue))
      }
    }
    let life = totals.reduce(SimDuration.zero) { $0 + $1.time }.seconds
    for index in totals.indices { totals[index].share = totals[index].time.seconds / life }
    return totals
  }

  /// What it took by the price of the hour, in the order of prices.
  public var periods: [Spend] {
    PricePeriod.allCases.compactMap { period in
      let of = spends.filter { $0.period == period }
      guard var sum = of.first else { return nil }
      for spend in of.dropFirst() {
        sum.to = spend.to
        sum.kWh += spend.kWh
        sum.yuan += spend.yuan
        sum.carbon_kg += spend.carbon_kg
      }
      return sum
    }
  }
}
