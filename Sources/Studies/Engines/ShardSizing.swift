// SPDX-License-Identifier: GPL-3.0-or-later

/// Into how many shards a study is divided, so that each takes 10 to 30 minutes.
///
/// Shorter ones would spend their time in the queue; longer ones lose more where a machine fails.
public struct ShardSizing: Sendable {
  /// What a shard should take, in seconds.
  private static let aim_s = 1200.0

  /// How long one run takes; nil where nobody has measured it.
  public var run_s: Double?
  /// How many runs a task does at once.
  public var jobs: Int

  public init(run_s: Double?, jobs: Int) {
    self.run_s = run_s
    self.jobs = jobs
  }

  /// How many shards what is left of a study makes.
  public func count(_ study: Study, left holes: Holes, limits: SlurmLimits) -> Int {
    count(study, left: holes, most: limits.mostShards)
  }

  public func count(_ study: Study, left holes: Holes, most: Int) -> Int {
    // Where a rule ends each variant, what is asked for now is the least.
    let runs =
      switch study.replications {
      case .seeds: holes.missing + holes.failed
      case .until: max(holes.missing + holes.failed, study.mostRuns - holes.done)
      }
    let divisible = if case .until = study.replications { study.cellCount } else { runs }
    return count(runs: runs, most: min(most, divisible), request: study.request)
  }

  /// How many shards so many runs make; of the time that a task has, more than half stays free.
  func count(runs: Int, most: Int, request: ClusterRequest) -> Int {
    let limit_s = request.minutes.map { Double($0) * 60 * 0.45 } ?? .infinity
    let all_s = (run_s ?? 0) * Double(runs) / Double(max(1, jobs))
    let wanted = (all_s / min(Self.aim_s, limit_s)).rounded(.up)
    return max(1, Int(min(wanted, Double(max(1, most)), Double(max(1, runs)))))
  }

  /// How long before the end of its time a task is told, in seconds: long enough for its runs.
  func warning_s(request: ClusterRequest) -> Int {
    let wanted = Int(max(120, min(2 * (run_s ?? 0), 3600)).rounded(.up))
    return request.minutes.map { max(1, min(wanted, $0 * 60 / 2)) } ?? wanted
  }
}
