// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Scheduling
internal import Statistics
internal import Traffic

/// How a job ended, or why it never will.
enum JobEnding: Equatable {
  case done
  /// The time that it asked for was over before its work was done.
  case outOfTime
  /// No pool can run it.
  case refused(String)
  /// Its input broke off.
  case inputLost
  /// It ran, and what it made broke off.
  case outputLost

  /// As Batsim names them.
  var word: String {
    switch self {
    case .done: "COMPLETED_SUCCESSFULLY"
    case .outOfTime: "COMPLETED_WALLTIME_REACHED"
    case .refused: "REJECTED"
    case .inputLost, .outputLost: "COMPLETED_FAILED"
    }
  }

  var reason: String {
    switch self {
    case .done, .outOfTime: ""
    case .refused(let reason): reason
    case .inputLost: "input-lost"
    case .outputLost: "output-lost"
    }
  }
}

/// What is counted of jobs.
struct ComputingBook {
  var submitted = 0
  var finished = 0
  var refused: [String: Int] = [:]
  var outOfTime = 0
  var lost = 0
  var stops = 0
  /// Jobs that left a pool for another, that stopped to wait, and that made room for others.
  var moves = 0
  var pauses = 0
  var preemptions = 0
  /// How often a policy has let a site take another power.
  var powerLimits = 0
  var poolFailures = 0
  var acceleratorFailures = 0
  var restarts = 0
  /// Accelerator-seconds that failures have cost.
  var workLost = 0.0
  var booked = 0
  var bookingsBroken = 0
  var decisions = 0
  var staleDecisions = 0
  var waits = 0
  var deadlines = DeadlineStatistics()
  var firstSubmission: SimTime?
  var lastFinish: SimTime?
  var wait = QuantileSketch()
  var slowdown = QuantileSketch()
  var response = QuantileSketch()
  /// By tenant: the sum of bounded slowdowns, and of how many jobs.
  private(set) var tenants: [(slowdown: Double, jobs: Int)] = []
  private let countsFrom: SimTime

  init(countsFrom: SimTime) {
    self.countsFrom = countsFrom
  }

  mutating func submitted(_ job: OfferedJob, of source: Int) {
    submitted += 1
    if firstSubmission == nil { firstSubmission = job.submitted }
  }

  mutating func started(_ state: PoolJob, at now: SimTime) {
    guard state.job.submitted >= countsFrom else { return }
    wait.add((now - state.job.submitted).seconds)
  }

  mutating func countDecision(isStale: Bool) {
    decisions += 1
    if isStale { staleDecisions += 1 }
  }

  mutating func countWait() { waits += 1 }
  mutating func countStop() { stops += 1 }

  /// Counts a job of which nothing more comes.
  mutating func close(_ state: PoolJob, _ ending: JobEnding, at now: SimTime) {
    switch ending {
    case .done: finished += 1
    case .outOfTime: outOfTime += 1
    case .refused(let reason): refused[reason, default: 0] += 1
    case .inputLost, .outputLost: lost += 1
    }
    let deadline = state.job.deadline ?? .distantFuture
    if ending == .done {
      deadlines.count(deadline, finish: now)
    } else {
      deadlines.countBroken(deadline)
    }
    guard let finish = state.finished else { return }
    lastFinish = max(lastFinish ?? finish, finish)
    guard state.job.submitted >= countsFrom else { return }
    response.add((finish - state.job.submitted).seconds)
    let slowdown = state.boundedSlowdown
    self.slowdown.add(slowdown)
    guard state.tenant >= 0 else { return }
    let tenant = Int(state.tenant)
    while tenants.count <= tenant { tenants.append((0, 0)) }
    tenants[tenant].slowdown += slowdown
    tenants[tenant].jobs += 1
  }

  /// Jain's index of the mean slowdowns of tenants: 1 where all fare alike.
  ///
  /// Not a number with less than two of them. R. Jain, D. Chiu, W. Hawe, "A quantitative measure of fairness", DEC-TR-301, 1984.
  var fairness: Double {
    let means = tenants.filter { $0.jobs > 0 }.map { $0.slowdown / Double($0.jobs) }
    guard means.count > 1 else { return .nan }
    let sum = means.reduce(0, +)
    return sum * sum / (Double(means.count) * means.reduce(0) { $0 + $1 * $1 })
  }
}

extension PoolJob {
  /// Waiting and running over running, where less than ten seconds of running count as ten.
  ///
  /// It is 1 at least, and not a number while the job is unfinished.
  /// D. Feitelson and L. Rudolph, "Metrics and benchmarking for parallel job scheduling", 1998.
  var boundedSlowdown: Double {
    guard let finished else { return .nan }
    return max(1, (finished - job.submitted).seconds / max(Double(ran) / 1e9, 10))
  }
}

extension Computing {
  /// Nothing more comes of a job: it is counted, written and forgotten.
  func close(_ id: JobID, _ ending: JobEnding) throws(RunError) {
    if watch != nil { watchEnd(of: id, ending) }
    bookings[id] = nil
    if !jobs[id].team.isNone { teams.memberIsGone(of: jobs[id].team) }
    let state = jobs.take(id)
    book.close(state, ending, at: now)
    try tables.jobs?.append(row(of: state, ending, isOver: true))
  }
}
