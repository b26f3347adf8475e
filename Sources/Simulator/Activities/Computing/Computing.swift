// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Scheduling

/// Jobs that run on pools: a policy sends each somewhere, its input moves there, it waits, it runs,
/// and its output moves away.
///
/// What happens in an instant happens in this order: all ends of jobs and of their data, then all
/// submissions, then one pass over the queues of the pools that anything has changed. Where jobs may
/// have others stopped, those are placed then, and their pools passed over once more.
final class Computing: Activity {
  let world: World
  var pools: [PoolState]
  var jobs = PoolJobs()
  /// What is booked for jobs ahead.
  var bookings: [JobID: JobBooking] = [:]
  var feeds: [JobSourceState] = []
  var tenants: TenantRegister
  var registry: RegistryState
  var candidates: CandidatePools
  var policy: any PlacementPolicy
  /// Whose turn it is, where jobs share pools by rounds and no policy is asked.
  var rounds: PoolRounds?
  /// The policy that is another program; it decides in the place of the other.
  var outside: PlacementOutside?
  /// By pool: the program that says which of its jobs start.
  var queuesOutside: [Int: QueuesOutside] = [:]
  /// The program that says whom to stop for jobs.
  var preemptionOutside: OutsideSeam?
  /// The program that says how much power pools may take.
  var powerOutside: PowerOutside?
  /// When that is asked next because prices or cooling change.
  var nextPowerReview = SimTime(nanoseconds: .min)
  var instant = ThisInstant()
  /// Jobs on several pools at once.
  var teams = JobTeams()
  var book: ComputingBook
  /// What tenants pay to owners of pools.
  var accounts: TenantAccounts
  let tables: ComputingTables
  /// The watch on a job or a pool, if there is one.
  var watch: ComputingWatch?
  /// What a pass has decided; kept so that passes need not allocate.
  var decisions = QueueDecisions()
  private var submissions: Int64 = 0

  init(_ world: World) {
    self.world = world
    let model = world.model.computing
    pools = model.pools.map { PoolState($0, seed: world.model.seed) }
    registry = RegistryState(model, topology: world.model.topology)
    tenants = TenantRegister(model)
    candidates = CandidatePools(model, topology: world.model.topology)
    policy = model.placement.policy(seed: world.model.seed)
    rounds = PoolRounds(model)
    book = ComputingBook(countsFrom: .zero + world.model.warmUp)
    accounts = TenantAccounts(pools: model.pools.count)
    tables = ComputingTables(world.outputs)
  }

  /// Opens all sources, and plans what the power of pools does by itself.
  func begin() throws(RunError) {
    guard !model.computing.isEmpty else { return }
    for index in pools.indices {
      updateBoard(of: index)
      planPower(of: index)
      planFailures(of: index)
    }
    try candidates.measurePaces(seed: world.model.seed)
    registry.beginReports()
    if let registry = model.computing.registry {
      world.plan(.computing(.poolsReport), at: .zero + registry.refresh)
    }
    planSample()
    planReview()
    planAnnouncements()
    planPowerReview()
    for index in model.computing.entries.indices { try open(index) }
  }

  func handle(_ event: ComputingEvent) throws(RunError) {
    switch event {
    case .isSubmitted(let source): try jobIsSubmitted(from: Int(source))
    case .asksAgain(let job): askAgain(job)
    case .policyIsCalled: callPolicy()
    case .isDecided(let job): try takeEffect(of: job)
    case .reportsAreIn: instant.isReading = true
    case .ends(let job): try jobEnds(job)
    case .slotBegins(let job): try slotBegins(of: job)
    case .sharesEnd(let pool): try sharesEnd(on: Int(pool))
    case .jobsAreReviewed: reviewIsDue()
    case .signalsAreAnnounced: signalsAreAnnounced()
    case .roundEnds: roundEnds()
    case .passIsDue(let pool): markPool(Int(pool))
    case .powerChanges(let pool): powerChanges(of: Int(pool))
    case .powerIsReviewed: try reviewPower()
    case .poolFails(let pool): try poolFails(Int(pool))
    case .poolReturns(let pool): poolReturns(Int(pool))
    case .acceleratorFails(let pool): try acceleratorFails(on: Int(pool))
    case .acceleratorReturns(let pool): acceleratorReturns(to: Int(pool))
    case .poolsReport: instant.isReporting = true
    case .poolsAreSampled: instant.isSampling = true
    }
  }

  /// What is left to do once everything of an instant has happened.
  func instantEnds() throws(RunError) {
    guard instant.isBusy || !teams.asking.isEmpty else { return }
    if instant.isDeciding || !teams.asking.isEmpty { noteEnds() }
    try placeTeams()
    try placeJobs()
    if rounds != nil { try tendRounds() }
    if instant.isReviewing { try reviewJobs() }
    try queueJobs()
    try passOverQueues()
    // Those that had to make room go elsewhere, or wait behind whom they made it for.
    while !instant.asking.isEmpty || !teams.asking.isEmpty {
      try placeTeams()
      try placeJobs()
      try queueJobs()
      try passOverQueues()
    }
    if instant.isReporting { reportPools() }
    if let outside, outside.awaitsChange { wakeOnChange(outside) }
    (instant.isCalling, instant.isReading) = (false, false)
    if instant.isSampling { try samplePools() }
  }

  var isOver: Bool { jobs.count == 0 && feeds.allSatisfy { $0.pending == nil } }

  var nextFlow: SimTime { isOver ? .distantFuture : now }

  var fractionsDone: [Double] { feeds.map { $0.fractionDone } }

  /// The number of a submission, over all sources.
  func nextOrder() -> Int64 {
    submissions += 1
    return submissions
  }

  /// Who decides knows of the jobs that have ended in this instant.
  private func noteEnds() {
    for pool in instant.marked { updateBoard(of: pool) }
  }

  /// Has a pool looked at when the instant ends.
  func markPool(_ pool: Int) {
    guard !pools[pool].isMarked else { return }
    pools[pool].isMarked = true
    instant.marked.append(pool)
  }
}

/// What is to be done before an instant is over.
struct ThisInstant {
  /// Jobs that a policy is to send somewhere.
  var asking: [JobID] = []
  /// Jobs whose data are there.
  var ready: [JobID] = []
  /// Jobs that are about to share the pool that they came to.
  var sharing: [JobID] = []
  var marked: [Int] = []
  var isReporting = false
  var isSampling = false
  /// Whether a policy outside wants to be asked, even about no job.
  var isCalling = false
  var isReading = false
  var isReviewing = false
  /// Whether a round is over, or is to begin since somebody has come.
  var isTurning = false

  /// Whether a policy is asked about jobs.
  var isDeciding: Bool { !asking.isEmpty || isCalling || isReviewing }

  var isBusy: Bool {
    !asking.isEmpty || !ready.isEmpty || !marked.isEmpty || isReporting || isSampling
      || isCalling || isReading || isReviewing || isTurning
  }
}

/// The tables that it writes.
struct ComputingTables {
  let jobs: TableWriter<JobsTable>?
  let pools: TableWriter<PoolsTable>?
  let clusters: TableWriter<ClustersTable>?
  let energy: TableWriter<EnergyTable>?
  let accounts: TableWriter<AccountsTable>?

  init(_ tables: RunTables) {
    jobs = tables.writer(of: JobsTable.self)
    pools = tables.writer(of: PoolsTable.self)
    clusters = tables.writer(of: ClustersTable.self)
    energy = tables.writer(of: EnergyTable.self)
    accounts = tables.writer(of: AccountsTable.self)
  }
}
