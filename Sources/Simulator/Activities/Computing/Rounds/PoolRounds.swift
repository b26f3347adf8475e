// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling

/// Jobs that share pools by rounds: who is there, whose turn it is on which pool, and since when.
///
/// Each pool is to the scheduler what a type of accelerators is to a fleet: a job has all its
/// accelerators on one of them. Jobs are known to it by the number of their submission.
struct PoolRounds {
  let terms: SharedRounds
  private(set) var scheduler: RoundScheduler
  /// Those that are there, in the order of their submission.
  private(set) var members: [JobID] = []
  private var numbers: [JobID: Int] = [:]
  /// The pools of those that have a turn and are not over.
  private(set) var turns: [JobID: Int] = [:]
  private var began = SimTime.zero
  /// The end of the round that is under way.
  var end: EventHandle?
  private var renewed: SimTime?
  /// What shares were worked out for, pool by pool.
  private var counts: [Int] = []
  private var hasChanged = false
  private(set) var count = 0
  private(set) var renewals = 0

  /// Nil where jobs are sent to a pool once.
  init?(_ model: ComputingModel) {
    guard let terms = model.placement.rounds else { return nil }
    self.terms = terms
    scheduler = RoundScheduler(
      types: model.pools.map { .init(name: $0.name, count: $0.countForJobs) },
      round: terms.length.seconds)
  }

  func contains(_ id: JobID) -> Bool { numbers[id] != nil }

  mutating func add(_ id: JobID, number: Int, _ job: SharedFleet.Job) {
    scheduler.add(job, number: number)
    members.append(id)
    numbers[id] = number
    hasChanged = true
  }

  mutating func remove(_ id: JobID, at now: SimTime) {
    endTurn(of: id, at: now)
    guard let number = numbers.removeValue(forKey: id) else { return }
    scheduler.remove(number)
    members.removeAll { $0 == id }
    hasChanged = true
  }

  /// Counts what a job has had of its pool since the round began.
  mutating func endTurn(of id: JobID, at now: SimTime) {
    guard let pool = turns.removeValue(forKey: id), let number = numbers[id] else { return }
    scheduler.book(.init(job: number, type: pool), seconds: (now - began).seconds)
  }

  mutating func endTurns(at now: SimTime) {
    for id in members { endTurn(of: id, at: now) }
  }

  /// Whether shares are to be worked out again, for so many accelerators in service.
  func needsShares(for counts: [Int], at now: SimTime) -> Bool {
    guard hasChanged || counts != self.counts else { return false }
    return renewed.map { now - $0 >= terms.renewal } ?? true
  }

  mutating func follow(_ allocation: Allocation, for counts: [Int], at now: SimTime) {
    scheduler.follow(allocation, after: (now - (renewed ?? now)).seconds)
    (self.counts, renewed, hasChanged) = (counts, now, false)
    renewals += 1
  }

  /// Begins a round on so many accelerators, in which some have to stay where they are.
  mutating func begin(on counts: [Int], keeping kept: [(id: JobID, pool: Int)], at now: SimTime) {
    scheduler.setCounts(counts)
    let kept = kept.compactMap { stay in
      numbers[stay.id].map { RoundScheduler.Turn(job: $0, type: stay.pool) }
    }
    let pools = Dictionary(
      scheduler.turns(keeping: kept).map { ($0.job, $0.type) },
      uniquingKeysWith: { first, _ in first })
    for id in members { turns[id] = numbers[id].flatMap { pools[$0] } }
    began = now
    count += 1
  }

  /// What a job is to have of a pool, and has had, as parts of the whole.
  func standing(of id: JobID, on pool: Int) -> (share: Double, had: Double) {
    numbers[id].map { scheduler.standing(of: $0, on: pool) } ?? (0, 0)
  }
}
