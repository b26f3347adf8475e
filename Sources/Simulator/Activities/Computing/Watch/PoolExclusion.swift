// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traffic

/// Why a pool is no candidate for a job: the first of these that holds.
public enum PoolExclusion: String, Error, CaseIterable, Sendable {
  /// It has none for jobs: services hold them, or it is a load of electricity by itself.
  case accelerators
  case level
  /// The scenario names another pool.
  case other
  case notJoined = "not-joined"
  case type
  case fabric
  case reach
  case latency
  case size
  /// Its machines and windows can't be booked in time.
  case booking
}

extension CandidatePools {
  /// How many pools are no candidates for a job, by why not; of the others so many can be booked.
  mutating func exclusions(
    of job: OfferedJob, _ entry: Int32, bookable: Int = .max
  ) -> [(why: PoolExclusion, pools: Int)] {
    let terms = model.entries[Int(entry)]
    var counts: [PoolExclusion: Int] = [:]
    for index in model.pools.indices {
      do throws(PoolExclusion) {
        let way = try way(to: index, terms, entry, from: job.place)
        if way.count < job.accelerators { counts[.size, default: 0] += 1 }
      } catch {
        counts[error, default: 0] += 1
      }
    }
    if bookable < candidates(for: job, of: entry).count {
      counts[.booking] = candidates(for: job, of: entry).count - bookable
    }
    return PoolExclusion.allCases.compactMap { why in counts[why].map { (why, $0) } }
  }
}
