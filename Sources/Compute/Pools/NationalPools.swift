// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// The pools of the country: 499 of intelligent computing, and other kinds beside them.
///
/// What was published are sums: 499 pools of 131 enterprises, 111.3 EFLOPS. How they are split is
/// modelled (`PoolSplit`), by rules without any chance, so that everybody has the same pools
/// whatever the seed. docs/national-pools.md says how.
public struct NationalPools: Sendable {
  /// Those of intelligent computing first, by owner.
  public let pools: [NationalPool]

  /// What was identified by name, in operations a second of half precision.
  public static let identified = 111.3e18

  /// The pools with their intelligent computing scaled to a sum, in operations a second of half
  /// precision; the other kinds are what they are.
  public static func make(
    _ network: NationalNetwork = NationalNetwork(), intelligent total: Double = identified
  ) -> NationalPools {
    let tables = PoolTables()
    let split = PoolSplit(network, tables, total: total)
    return NationalPools(pools: split.pools() + split.otherPools())
  }

  public func pools(of kind: NationalPool.Kind) -> [NationalPool] {
    pools.filter { $0.kind == kind }
  }

  /// The sum of a kind: operations a second, or bytes.
  public func capacity(of kind: NationalPool.Kind) -> Double {
    pools(of: kind).reduce(0) { $0 + $1.capacity }
  }

  /// Those that others may use in a year.
  public func joined(by year: Int) -> [NationalPool] {
    pools.filter { $0.joins <= year }
  }
}
