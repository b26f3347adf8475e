// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

/// What pools are like, and what policies know of it.
///
/// Without a registry policies know each pool as it is. With one, all pools report at the end of
/// the same instants, and a report counts once it has crossed the network. In between a policy
/// knows what it has decided itself.
struct RegistryState {
  /// As pools are.
  private(set) var actual: [PoolBoard.Entry]
  /// As policies see them.
  var board: PoolBoard
  private var reported: [PoolBoard.Entry]
  /// When the reports were made that came last, or are on their way.
  private(set) var reportedAt = SimTime.zero
  /// Pools by the delay of their reports, and those delays.
  private let order: [(pool: Int, delay: SimDuration)]
  private let costs: HourlyCosts
  private var arrived: Int
  let isPerfect: Bool

  init(_ model: ComputingModel, topology: Topology) {
    actual = model.pools.map {
      PoolBoard.Entry(count: Int32($0.countForJobs), free: Int32($0.countForJobs))
    }
    reported = actual
    let costs = HourlyCosts(model.pools)
    self.costs = costs
    board = PoolBoard(
      entries: actual, kinds: costs.kinds, yuan: { costs.yuan($0, $1, $2, $3) },
      carbon: { costs.carbon($0, $1, $2, $3) })
    isPerfect = model.registry == nil
    var resolver = PathResolver(topology)
    order = model.pools.indices.map { pool in
      guard let registry = model.registry,
        let route = resolver.route(from: model.pools[pool].node, to: registry.node)
      else { return (pool, .zero) }
      return (pool, topology.delay(of: route))
    }.sorted { ($0.delay, $0.pool) < ($1.delay, $1.pool) }
    arrived = order.count
  }

  /// Gives a pool the state that it has now.
  mutating func set(_ entry: PoolBoard.Entry, of pool: Int) {
    actual[pool] = entry
    if isPerfect { board.entries[pool] = entry }
  }

  /// What pools are like at the start is known to all.
  mutating func beginReports() {
    board.entries = actual
    reported = actual
  }

  /// Policies hear of the signals that are announced by now.
  func learnSignals(by now: SimTime) { costs.learnSignals(by: now) }

  /// A policy's own decision, which it need not be told.
  mutating func note(_ accelerators: Int, until: Double, on pool: Int) {
    guard !isPerfect else { return }
    board.entries[pool].free -= Int32(accelerators)
    board.entries[pool].runningUntil += until
  }

  /// All pools send off what they are like.
  mutating func report(at now: SimTime) {
    readReports(at: now)
    reported = actual
    reportedAt = now
    arrived = 0
  }

  /// Takes in the reports that have come by an instant.
  mutating func readReports(at now: SimTime) {
    while arrived < order.count, reportedAt + order[arrived].delay <= now {
      let pool = order[arrived].pool
      board.entries[pool] = reported[pool]
      arrived += 1
    }
  }

  /// Leaves out pools that are known to be out of service, where others are left.
  func removeDown(_ candidates: inout [PoolCandidate]) {
    guard candidates.contains(where: { board[$0.pool].count == 0 }),
      candidates.contains(where: { board[$0.pool].count > 0 })
    else { return }
    candidates.removeAll { board[$0.pool].count == 0 }
  }

  /// How long the slowest report is under way.
  var longestDelay: SimDuration { order.last?.delay ?? .zero }

  /// Whether a job could start at once on a pool as it is, and not as policies see it.
  func isFree(_ candidate: PoolCandidate, for job: PlacementQuestion) -> Bool {
    actual[Int(candidate.pool)].isFree(for: job)
  }

  /// Whether what a policy knew of the pool that it chose was no longer so: that a job could start
  /// there at once, or could not.
  func isStale(_ candidate: PoolCandidate, for job: PlacementQuestion) -> Bool {
    guard !isPerfect else { return false }
    return actual[Int(candidate.pool)].isFree(for: job) != board.isFree(candidate, for: job)
  }
}

extension Computing {
  /// Tells the board what a pool is like, with the jobs whose input is on its way there.
  func updateBoard(of pool: Int) {
    let state = pools[pool]
    var entry = PoolBoard.Entry(
      count: Int32(state.inService), free: Int32(state.free - state.expected.accelerators),
      waiting: Int32(state.waiting), waitingWork: state.waitingSeconds,
      runningUntil: state.runningUntil + state.expected.until)
    if state.isShared { entry.waiting = 0 }
    registry.set(entry, of: pool)
  }

  /// A job is on its way to a pool.
  func expect(_ id: JobID, on pool: Int, after transfer: Double) {
    let job = jobs[id].job
    let end = now.seconds + transfer + Double(jobs[id].requested) / 1e9
    jobs[id].expected = end * Double(job.accelerators)
    pools[pool].expected.accelerators += job.accelerators
    pools[pool].expected.until += jobs[id].expected
    updateBoard(of: pool)
    registry.note(job.accelerators, until: jobs[id].expected, on: pool)
  }

  /// It is there, or will never be.
  func forget(_ id: JobID) {
    let pool = Int(jobs[id].pool)
    pools[pool].expected.accelerators -= jobs[id].job.accelerators
    pools[pool].expected.until -= jobs[id].expected
    if pools[pool].expected.accelerators == 0 { pools[pool].expected.until = 0 }
    updateBoard(of: pool)
  }

  /// All pools report, and do so again later.
  func reportPools() {
    instant.isReporting = false
    registry.report(at: now)
    guard let refresh = model.computing.registry?.refresh else { return }
    world.plan(.computing(.poolsReport), at: now + refresh)
    guard outside != nil else { return }
    world.plan(.computing(.reportsAreIn), at: now + registry.longestDelay)
  }
}
