// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute

/// The terms of power that differ among pools, each of them once, and which of them each pool has.
struct DistinctTerms {
  private(set) var terms: [EnergyTerms] = []
  /// In the order of the pools; nil for those that are left out.
  private(set) var rows: [Int?] = []

  init(_ pools: [PoolDesign], where isMeant: (PoolDesign) -> Bool = { _ in true }) {
    var known: [EnergyTerms: Int] = [:]
    for pool in pools {
      guard isMeant(pool) else {
        rows.append(nil)
        continue
      }
      let row = known[pool.power.terms] ?? terms.count
      if row == terms.count {
        known[pool.power.terms] = row
        terms.append(pool.power.terms)
      }
      rows.append(row)
    }
  }

  /// Those of pools whose power costs something that is known.
  static func priced(_ pools: [PoolDesign]) -> DistinctTerms {
    DistinctTerms(pools) { $0.power.hasTariff && $0.power.full > 0 }
  }
}
