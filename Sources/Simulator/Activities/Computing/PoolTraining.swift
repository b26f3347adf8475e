// SPDX-License-Identifier: GPL-3.0-or-later

/// Training jobs that run on pools: their time is that of their iterations on the pool's fabric.
///
/// The run time of such a job is a number of iterations at one a second, and its speed on a pool is
/// how many it does there in a second.
public struct PoolTraining: Sendable {
  /// A job of them on each fabric that it fits, by the fabric's name.
  public var onFabrics: [String: OneSiteJob]
  /// The pools that they run on all at once; nil where each runs on one.
  public var team: PoolTeam?

  public init(onFabrics: [String: OneSiteJob]) {
    self.onFabrics = onFabrics
  }
}

extension CandidatePools {
  /// Measures an iteration of all training jobs on all fabrics of pools, each in a run of one.
  mutating func measurePaces(seed: UInt64) throws(RunError) {
    for (number, entry) in model.entries.enumerated() {
      guard let training = entry.training else { continue }
      if let team = training.team {
        let seconds = try team.iterationSeconds(in: topology, seed: seed)
        if seconds > 0 { teamPaces[Int32(number)] = 1 / seconds }
        continue
      }
      let fabrics = Set(model.pools.compactMap(\.fabric)).sorted()
      for fabric in fabrics {
        guard let job = training.onFabrics[fabric] else { continue }
        let seconds = try job.iterationSeconds(seed: seed)
        if seconds > 0 { paces[Pace(entry: Int32(number), fabric: fabric)] = 1 / seconds }
      }
    }
  }

  /// How fast jobs run on a pool; nil where they can't.
  func speed(of terms: JobEntry, _ entry: Int32, on pool: PoolDesign) -> Double? {
    if terms.training != nil {
      return pool.fabric.flatMap { paces[Pace(entry: entry, fabric: $0)] }
    }
    return terms.speeds.map { $0[pool.accelerator] } ?? (pool.holdsData ? nil : 1)
  }
}
