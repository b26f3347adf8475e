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
  /// When they were read last; nil before the first are made.
  private var readAt: SimTime?
  /// By pool: what a policy has decided itself since the last report that has come, as it is known.
  private var decisions: [Int: [JobID: Double]] = [:]

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

  /// A policy knows of a pool what it has decided itself, until the next report comes, which may be
  /// under way: that a job is to be there until some time, in accelerator-seconds.
  mutating func noteDecision(about job: JobID, until: Double, on pool: Int) {
    decisions[pool, default: [:]][job] = until
    noteChange(of: pool)
    let place = places[pool]
    guard let readAt, madeAt + order[place].delay > readAt else { return }
    let rest = due[arrived...]
    guard !rest.contains(place) else { return }
    due.insert(place, at: rest.firstIndex { $0 > place } ?? due.endIndex)
  }

  /// Until when a job is known to be on a pool where that is a decision alone, and no report.
  func decision(about job: JobID, on pool: Int) -> Double? { decisions[pool]?[job] }

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
    readAt = SimTime(nanoseconds: now.nanoseconds - 1)
  }

  /// Takes in the reports that have come by an instant; gives by how many more pools these know to be
  /// out of service.
  mutating func read(at now: SimTime, into known: inout [PoolBoard.Entry]) -> Int {
    guard readAt != nil else { return 0 }
    readAt = now
    var more = 0
    while arrived < due.count, madeAt + order[due[arrived]].delay <= now {
      let pool = order[due[arrived]].pool
      more += told[pool].isOut - known[pool].isOut
      known[pool] = told[pool]
      decisions[pool] = nil
      arrived += 1
    }
    return more
  }
}

extension PoolBoard.Entry {
  /// 1 where a pool has no accelerator in service, to be counted.
  var isOut: Int { count == 0 ? 1 : 0 }
}
