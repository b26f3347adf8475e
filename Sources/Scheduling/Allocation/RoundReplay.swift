// SPDX-License-Identifier: GPL-3.0-or-later

/// What came of jobs that shared a fleet by rounds.
public struct RoundOutcome: Equatable, Sendable {
  /// When each job was done, in seconds from the start.
  public var ends: [Double]
  /// Accelerator-seconds on each type.
  public var used: [Double]
  public var rounds = 0
  /// How often shares were worked out.
  public var allocations = 0

  /// When the last job was done.
  public var lastEnd: Double { ends.max() ?? 0 }
}

extension SharedFleet {
  /// How long jobs were there, in the mean.
  public func meanTime(of outcome: RoundOutcome) -> Double {
    zip(jobs, outcome.ends).reduce(0) { $0 + $1.1 - $1.0.arrival } / Double(max(jobs.count, 1))
  }

  /// How jobs share a fleet by rounds.
  public struct Rounds: Equatable, Sendable {
    /// The seconds of a round.
    public var length: Double
    /// Shares are worked out again when jobs have come or gone, but not sooner than after this.
    public var renewal: Double

    public init(length: Double = 360, renewal: Double = 1920) {
      self.length = length
      self.renewal = renewal
    }
  }

  /// Runs all jobs to their ends, each round on the types that a scheduler gives them.
  ///
  /// Between rounds a job may change its type, which takes no time. A round ends early when
  /// nothing runs any more; accelerators that a job is done with are free in the next one.
  /// `allocate` works out the shares of the jobs that are there, whose steps are what they have
  /// left.
  public func outcome(
    by rounds: Rounds,
    _ allocate: (SharedFleet) throws(AllocationError) -> Allocation
  ) throws(AllocationError) -> RoundOutcome {
    for job in jobs {
      guard job.steps != nil else { throw .noSteps(job: job.name) }
      let fits = zip(types, job.speeds).contains { $1 > 0 && job.accelerators <= $0.count }
      guard fits else { throw .neverFits(job: job.name) }
    }
    var replay = RoundReplay(self, rounds)
    while try replay.advance(allocate) {}
    return replay.outcome
  }
}

/// Jobs on their way to their ends.
private struct RoundReplay {
  private let fleet: SharedFleet
  private let rounds: SharedFleet.Rounds
  private var scheduler: RoundScheduler
  private(set) var outcome: RoundOutcome
  private var now = 0.0
  private var lastAllocation: Double?
  private var hasChanged = false
  /// The steps that each job has left.
  private var left: [Double]
  /// The jobs that are there, by their positions in the order of arrival.
  private var active: [Int] = []
  /// The positions in the fleet of jobs in the order of arrival.
  private let arrivals: [Int]
  private var arrived = 0

  init(_ fleet: SharedFleet, _ rounds: SharedFleet.Rounds) {
    self.fleet = fleet
    self.rounds = rounds
    scheduler = RoundScheduler(types: fleet.types, round: rounds.length)
    outcome = RoundOutcome(
      ends: fleet.jobs.map { _ in 0 }, used: fleet.types.map { _ in 0 })
    arrivals = fleet.jobs.indices.sorted {
      (fleet.jobs[$0].arrival, $0) < (fleet.jobs[$1].arrival, $1)
    }
    left = arrivals.map { fleet.jobs[$0].steps ?? 0 }
  }

  /// Runs one round; false where all jobs are done.
  mutating func advance(
    _ allocate: (SharedFleet) throws(AllocationError) -> Allocation
  ) throws(AllocationError) -> Bool {
    if active.isEmpty {
      guard arrived < arrivals.count else { return false }
      now = max(now, job(arrived).arrival)
    }
    letIn()
    if hasChanged, lastAllocation.map({ now - $0 >= rounds.renewal }) ?? true {
      try renew(allocate)
    }
    run(scheduler.turns())
    return true
  }

  private func job(_ number: Int) -> SharedFleet.Job { fleet.jobs[arrivals[number]] }

  private mutating func letIn() {
    while arrived < arrivals.count, job(arrived).arrival <= now {
      scheduler.add(job(arrived), number: arrived)
      active.append(arrived)
      arrived += 1
      hasChanged = true
    }
  }

  private mutating func renew(
    _ allocate: (SharedFleet) throws(AllocationError) -> Allocation
  ) throws(AllocationError) {
    let jobs = active.map { number in
      var job = job(number)
      job.steps = left[number]
      return job
    }
    let allocation = try allocate(SharedFleet(types: fleet.types, jobs: jobs))
    scheduler.follow(allocation, after: now - (lastAllocation ?? now))
    lastAllocation = now
    hasChanged = false
    outcome.allocations += 1
  }

  private mutating func run(_ turns: [RoundScheduler.Turn]) {
    var end = now
    for turn in turns {
      let job = job(turn.job)
      let alone = left[turn.job] / job.speeds[turn.type]
      let seconds = min(rounds.length, alone)
      scheduler.book(turn, seconds: seconds)
      outcome.used[turn.type] += seconds * Double(job.accelerators)
      end = max(end, now + seconds)
      left[turn.job] -= seconds * job.speeds[turn.type]
      guard alone <= rounds.length else { continue }
      outcome.ends[arrivals[turn.job]] = now + seconds
      scheduler.remove(turn.job)
      active.removeAll { $0 == turn.job }
      hasChanged = true
    }
    now = end
    outcome.rounds += 1
  }
}
