// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

/// A job from its submission until nothing more comes of it.
struct PoolJob {
  /// How far it is.
  enum Stage {
    /// It waits for a policy to send it somewhere.
    case asking
    /// Its input is on its way.
    case fetching
    /// It is in the queue of its pool.
    case queued
    case running
    /// Its output is on its way.
    case returning
  }

  let job: OfferedJob
  let entry: Int32
  /// In the order of submission, over all sources.
  let order: Int64
  /// The number of its tenant; -1 where nobody says whose it is.
  let tenant: Int32
  var stage = Stage.asking
  /// The pool that it was sent to; -1 before.
  var pool: Int32 = -1
  /// Those that it runs with on other pools.
  var team = TeamID.none
  var speed = 1.0
  /// How long it takes on its pool from where it starts, with what it writes down on the way, and
  /// what it asks for there; in nanoseconds at full speed.
  var length: Int64 = 0
  var requested: Int64 = 0
  /// What is kept of its work over failures, in time on accelerators of speed 1.
  var saved = SimDuration.zero
  /// How often a failure has ended it; it begins again where it can.
  var restarts = 0
  /// What its next start takes, or its last one took, before it goes on.
  var startup = SimDuration.zero
  /// The pool that has its input and what it has written down, if it was stopped there.
  var dataPool: Int32?
  /// How often it has left a pool for another, or stopped to wait, because the policy said so.
  var moves = 0
  /// Seconds of running that failures have cost.
  var lost = 0.0
  /// What is left to do at `since`, at full speed.
  var left: Int64 = 0
  var since = SimTime.zero
  /// Its position among those that run on its pool.
  var place = 0
  /// The event of its end, while that is planned, and when it is.
  var end: EventHandle?
  var endsAt = SimTime.zero
  /// What the board counts of it, to be taken back.
  var expected = 0.0
  var dataReady: SimTime?
  /// Of its first start, and of the last.
  var started: SimTime?
  var resumed = SimTime.zero
  var finished: SimTime?
  /// Whether its time runs out before it is done.
  var isCut = false
  /// How long it has been running, stops left out.
  var ran: Int64 = 0
  var stops = 0
  /// The start that was booked for it, and what became of that.
  var slot: SimTime?
  var booking = JobBooking.Outcome.none
  /// The accelerators that it holds, where somebody wants to read them.
  var held: [Range<Int32>] = []
  var account = JobEnergy()
  /// What its tenant pays for what it has held; nil where that has no price.
  var paid_fen: Int64?

  init(_ job: OfferedJob, entry: Int32, tenant: Int32, order: Int64) {
    self.job = job
    self.entry = entry
    self.tenant = tenant
    self.order = order
  }

  /// What a time at speed 1 is at its speed.
  func time(of time: SimDuration) -> SimDuration {
    speed == 1 ? time : time.scaled(by: 1 / speed)
  }
}

/// The energy that a job has taken, with its part of the cooling.
struct JobEnergy {
  var kWh = 0.0
  var yuan = 0.0
  var carbon_kg = 0.0
}

/// The jobs of which something may still come, known by positions that are used again.
struct PoolJobs {
  private var states = SlotStore<PoolJob>()

  var count: Int { states.count }

  subscript(id: JobID) -> PoolJob {
    get { states[Position(number: id.number)] }
    _modify { yield &states[Position(number: id.number)] }
  }

  mutating func add(_ state: PoolJob) -> JobID { JobID(number: states.add(state).number) }

  func contains(_ id: JobID) -> Bool { states.contains(Position(number: id.number)) }

  mutating func take(_ id: JobID) -> PoolJob { states.take(Position(number: id.number)) }

  /// In the order of their submission.
  var ids: [JobID] {
    states.positions.map { JobID(number: $0.number) }.sorted { self[$0].order < self[$1].order }
  }
}

enum ComputingEvent: RunEvent {
  /// The next job of a source is submitted.
  case isSubmitted(source: Int32)
  /// A job that was told to wait asks again.
  case asksAgain(JobID)
  /// A policy outside wants to be asked about all jobs that wait.
  case policyIsCalled
  /// What a policy outside has decided of a job holds from now on.
  case isDecided(JobID)
  /// What reports have told is looked at, for those who wait for a change.
  case reportsAreIn
  case ends(JobID)
  /// The slot that a job has booked begins.
  case slotBegins(JobID)
  /// The first of those that share a pool ends.
  case sharesEnd(pool: Int32)
  /// A pool as a whole goes out of service, or comes back.
  case poolFails(pool: Int32)
  case poolReturns(pool: Int32)
  case acceleratorFails(pool: Int32)
  case acceleratorReturns(pool: Int32)
  /// Jobs that are on pools are looked at again.
  case jobsAreReviewed
  /// Policies hear of another price of power.
  case signalsAreAnnounced
  /// Jobs that share pools take their next turns.
  case roundEnds
  /// A pool is due for a pass although nothing ends or comes.
  case passIsDue(pool: Int32)
  /// The power that a pool takes, or may take, changes.
  case powerChanges(pool: Int32)
  /// Somebody is asked how much power pools may take.
  case powerIsReviewed
  case poolsReport
  case poolsAreSampled

  var mark: EventMark? {
    switch self {
    case .isSubmitted(let source): EventMark(70, source)
    case .asksAgain(let job): EventMark(71, job)
    case .ends(let job): EventMark(72, job)
    case .slotBegins(let job): EventMark(97, job)
    case .sharesEnd(let pool): EventMark(73, pool)
    case .passIsDue(let pool): EventMark(74, pool)
    case .powerChanges(let pool): EventMark(75, pool)
    case .powerIsReviewed: EventMark(98)
    case .poolsReport: EventMark(76)
    case .poolFails(let pool): EventMark(77, pool)
    case .poolReturns(let pool): EventMark(78, pool)
    case .acceleratorFails(let pool): EventMark(79, pool)
    case .acceleratorReturns(let pool): EventMark(88, pool)
    case .jobsAreReviewed: EventMark(95)
    case .signalsAreAnnounced: EventMark(96)
    case .roundEnds: EventMark(97)
    case .policyIsCalled: EventMark(86)
    case .isDecided(let job): EventMark(87, job)
    case .poolsAreSampled, .reportsAreIn: nil
    }
  }
}
