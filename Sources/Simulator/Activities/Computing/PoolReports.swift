// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling

/// The reports of pools on their way to the registry.
///
/// All pools report at once, each report counts once it has crossed the network, and it is read when
/// somebody asks. Most tell what is known: only those of pools that have changed since their last, or
/// on which a policy has decided something itself, are gone through.
struct PoolReports {
  /// When the reports were made that came last, or are on their way.
  private(set) var madeAt = SimTime.zero
  private var told: [PoolBoard.Entry]
  /// Pools by the delay of their reports, and those delays.
  private let order: [(pool: Int, delay: SimDuration)]
  /// The place of each pool in that order.
  private let places: [Int]
  /// The places of reports that may tell something new, in order; those before `arrived` have come.
  private var due: [Int] = []
  private var arrived = 0
  /// The places of pools that the next report has to be of.
  private var changed: [Int] = []
  private var hasChanged: [Bool]
  /// By pool: what a policy has decided itself since the last report was made that has come.
  private var decisions: [Int: [JobID: Decision]] = [:]
  /// How often reports were made.
  private var rounds = 0

  /// That a job is to be on a pool.
  struct Decision {
    var accelerators: Int
    /// Until when, in accelerator-seconds.
    var until: Double
    /// How often reports had been made before.
    fileprivate var rounds = 0

    init(accelerators: Int, until: Double) {
      self.accelerators = accelerators
      self.until = until
    }

    /// What is known of the pool with the job, or without it.
    func apply(to entry: inout PoolBoard.Entry, undone: Bool = false) {
      entry.free -= Int32(undone ? -accelerators : accelerators)
      entry.runningUntil += undone ? -until : until
    }
  }

  init(of pools: [PoolBoard.Entry], delays: [SimDuration]) {
    told = pools
    order = delays.enumerated().map { (pool: $0.offset, delay: $0.element) }
      .sorted { ($0.delay, $0.pool) < ($1.delay, $1.pool) }
    var places = Array(repeating: 0, count: pools.count)
    for (place, report) in order.enumerated() { places[report.pool] = place }
    self.places = places
    hasChanged = Array(repeating: false, count: pools.count)
  }

  /// How long the slowest report is under way.
  var longestDelay: SimDuration { order.last?.delay ?? .zero }

  /// What pools are like at the start is known to all.
  mutating func begin(with pools: [PoolBoard.Entry]) { told = pools }

  /// A pool is not what it was.
  mutating func noteChange(of pool: Int) {
    let place = places[pool]
    guard !hasChanged[place] else { return }
    hasChanged[place] = true
    changed.append(place)
  }

  /// A policy knows of a pool what it has decided itself, until a report comes that was made later.
  mutating func noteDecision(about job: JobID, _ decision: Decision, on pool: Int) {
    var decision = decision
    decision.rounds = rounds
    decisions[pool, default: [:]][job] = decision
    noteChange(of: pool)
  }

  /// What is known of a job on a pool where that is a decision alone, and no report.
  func decision(about job: JobID, on pool: Int) -> Decision? { decisions[pool]?[job] }

  /// All pools send off what they are like.
  mutating func make(of pools: [PoolBoard.Entry], at now: SimTime) {
    due.removeFirst(arrived)
    due += changed
    due.sort()
    arrived = 0
    for place in changed { hasChanged[place] = false }
    changed.removeAll(keepingCapacity: true)
    for place in due { told[order[place].pool] = pools[order[place].pool] }
    madeAt = now
    rounds += 1
  }

  /// Takes in the reports that have come by an instant; gives by how many more pools these know to be
  /// out of service.
  mutating func read(at now: SimTime, into known: inout [PoolBoard.Entry]) -> Int {
    var more = 0
    while arrived < due.count, madeAt + order[due[arrived]].delay <= now {
      let pool = order[due[arrived]].pool
      more += told[pool].isOut - known[pool].isOut
      known[pool] = told[pool]
      recallDecisions(of: pool, in: &known[pool])
      arrived += 1
    }
    return more
  }

  /// What a policy has decided since a report of a pool was made is not in it.
  private mutating func recallDecisions(of pool: Int, in known: inout PoolBoard.Entry) {
    guard let made = decisions.removeValue(forKey: pool) else { return }
    let later = made.filter { $0.value.rounds == rounds }
    guard !later.isEmpty else { return }
    for (_, decision) in later.sorted(by: { $0.key < $1.key }) { decision.apply(to: &known) }
    decisions[pool] = later
  }
}

extension PoolBoard.Entry {
  /// 1 where a pool has no accelerator in service, to be counted.
  var isOut: Int { count == 0 ? 1 : 0 }
}
