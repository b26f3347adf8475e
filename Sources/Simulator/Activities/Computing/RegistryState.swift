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
  private let costs: HourlyCosts
  private var reports: PoolReports
  /// The pools without an accelerator in service, as policies see them.
  private var outOfService: Int
  let isPerfect: Bool

  init(_ model: ComputingModel, topology: Topology) {
    actual = model.pools.map {
      PoolBoard.Entry(count: Int32($0.countForJobs), free: Int32($0.countForJobs))
    }
    let costs = HourlyCosts(model.pools)
    self.costs = costs
    board = PoolBoard(
      entries: actual, kinds: costs.kinds, yuan: { costs.yuan($0, $1, $2, $3) },
      carbon: { costs.carbon($0, $1, $2, $3) })
    board.cheapestHour = { costs.cheapestHour($0, $1, $2, $3, $4) }
    isPerfect = model.registry == nil
    reports = PoolReports(of: actual, delays: Self.delays(of: model, topology))
    outOfService = actual.reduce(0) { $0 + $1.isOut }
  }

  /// How long a report of each pool is under way.
  private static func delays(of model: ComputingModel, _ topology: Topology) -> [SimDuration] {
    guard let registry = model.registry else { return model.pools.map { _ in .zero } }
    let links = OutgoingLinks(topology)
    var known: [NodeID: SimDuration] = [:]
    return model.pools.map { pool in
      if let delay = known[pool.node] { return delay }
      let route = ShortestPaths(from: pool.node, over: links).route(to: registry.node, in: topology)
      let delay = route.map { topology.delay(of: $0) } ?? .zero
      known[pool.node] = delay
      return delay
    }
  }

  /// When the reports were made that came last, or are on their way.
  var reportedAt: SimTime { reports.madeAt }

  /// Gives a pool the state that it has now.
  mutating func set(_ entry: PoolBoard.Entry, of pool: Int) {
    actual[pool] = entry
    guard isPerfect else { return reports.noteChange(of: pool) }
    outOfService += entry.isOut - board.entries[pool].isOut
    board.entries[pool] = entry
  }

  /// What pools are like at the start is known to all.
  mutating func beginReports() {
    board.entries = actual
    outOfService = actual.reduce(0) { $0 + $1.isOut }
    reports.begin(with: actual)
  }

  /// Policies hear of the signals that are announced by now.
  func learnSignals(by now: SimTime) { costs.learnSignals(by: now) }

  /// A policy's own decision, which it need not be told.
  mutating func note(_ job: JobID, _ accelerators: Int, until: Double, on pool: Int) {
    guard !isPerfect else { return }
    let decision = PoolReports.Decision(accelerators: accelerators, until: until)
    decision.apply(to: &board.entries[pool])
    reports.noteDecision(about: job, decision, on: pool)
  }

  /// What policies know of a pool but for a job of which they know by their own decision alone; nil where
  /// they have been told of it.
  func entry(of pool: Int, withoutDecisionAbout job: JobID) -> PoolBoard.Entry? {
    guard let decision = reports.decision(about: job, on: pool) else { return nil }
    var entry = board.entries[pool]
    decision.apply(to: &entry, undone: true)
    return entry
  }

  /// All pools send off what they are like.
  mutating func report(at now: SimTime) {
    readReports(at: now)
    reports.make(of: actual, at: now)
  }

  /// Takes in the reports that have come by an instant.
  mutating func readReports(at now: SimTime) {
    outOfService += reports.read(at: now, into: &board.entries)
  }

  /// Leaves out pools that are known to be out of service, where others are left.
  func removeDown(_ candidates: inout [PoolCandidate]) {
    guard outOfService > 0, candidates.contains(where: { board[$0.pool].count == 0 }),
      candidates.contains(where: { board[$0.pool].count > 0 })
    else { return }
    candidates.removeAll { board[$0.pool].count == 0 }
  }

  /// How long the slowest report is under way.
  var longestDelay: SimDuration { reports.longestDelay }

  /// Whether a job could start at once on a pool as it is, and not as policies see it.
  func isFree(_ candidate: PoolCandidate, for job: PlacementQuestion) -> Bool {
    job.isBooked || actual[Int(candidate.pool)].isFree(for: job)
  }

  /// Whether what a policy knew of the pool that it chose was no longer so: that a job could start
  /// there at once, or could not.
  func isStale(_ candidate: PoolCandidate, for job: PlacementQuestion) -> Bool {
    guard !isPerfect else { return false }
    return isFree(candidate, for: job) != board.isFree(candidate, for: job)
  }
}

extension Computing {
  /// Tells the board what a pool is like, with the jobs whose input is on its way there.
  func updateBoard(of pool: Int) {
    registry.set(pools[pool].entry, of: pool)
  }

  /// A job is on its way to a pool.
  func expect(_ id: JobID, on pool: Int, after transfer: Double) {
    let job = jobs[id].job
    let end = now.seconds + transfer + Double(jobs[id].requested) / 1e9
    jobs[id].expected = end * Double(job.accelerators)
    pools[pool].expected.accelerators += job.accelerators
    pools[pool].expected.until += jobs[id].expected
    updateBoard(of: pool)
    registry.note(id, job.accelerators, until: jobs[id].expected, on: pool)
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
