// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Results
internal import Scheduling
internal import Traffic

/// What tenants pay for the accelerators that they hold, and who earns it, in whole fen.
///
/// Each time that a job has held accelerators of a pool is a sale of its own: so many of them for so
/// long at the price of the pool, rounded to the nearest fen. It is taken from the tenant and given
/// to the owner, so that nothing is lost on the way.
struct TenantAccounts {
  struct Key: Hashable {
    /// -1 for jobs that are nobody's.
    var tenant: Int32
    var pool: Int32
  }

  struct Sale {
    var sales = 0
    /// Accelerator-seconds.
    var held = 0.0
    var fen: Int64 = 0

    fileprivate mutating func add(_ fen: Int64, _ held: Double) {
      sales += 1
      self.held += held
      self.fen += fen
    }
  }

  private(set) var sales: [Key: Sale] = [:]
  /// By pool: what its owner has earned, in fen.
  private(set) var earned: [Int64]

  init(pools count: Int) {
    earned = Array(repeating: 0, count: count)
  }

  /// What so many accelerators cost for a time.
  static func fen(_ accelerators: Int, for nanoseconds: Int64, at yuan_h: Double) -> Int64 {
    let fen = Double(accelerators) * Double(nanoseconds) * yuan_h / 3.6e10
    // Half a fen is one, though the price is no binary fraction.
    return Int64(min(0x1p62, (fen * (1 + 1e-14)).rounded()))
  }

  /// A tenant pays the owner of a pool.
  mutating func pay(_ fen: Int64, by tenant: Int32, for pool: Int, held: Double) {
    sales[Key(tenant: tenant, pool: Int32(pool)), default: Sale()].add(fen, held)
    earned[pool] += fen
  }

  /// By tenant, then by pool.
  var rows: [(key: Key, sale: Sale)] {
    sales.map { ($0.key, $0.value) }.sorted {
      ($0.key.tenant, $0.key.pool) < ($1.key.tenant, $1.key.pool)
    }
  }
}

extension Computing {
  /// A job pays for what it has held of its pool for a time, where that has a price.
  func charge(_ id: JobID, for nanoseconds: Int64) {
    let pool = Int(jobs[id].pool)
    guard let price = pools[pool].design.price_yuan_h, nanoseconds > 0 else { return }
    let accelerators = jobs[id].job.accelerators
    let fen = TenantAccounts.fen(accelerators, for: nanoseconds, at: price)
    jobs[id].paid_fen = (jobs[id].paid_fen ?? 0) + fen
    accounts.pay(
      fen, by: jobs[id].tenant, for: pool,
      held: Double(accelerators) * Double(nanoseconds) / 1e9)
  }

  var hasPrices: Bool { model.computing.pools.contains { $0.price_yuan_h != nil } }

  func describeAccounts(in table: inout SummaryTable) {
    guard hasPrices else { return }
    let paid = accounts.sales.values.reduce(0) { $0 + $1.fen }
    table.add("tenants_paid", Double(paid) / 100, unit: "yuan")
    table.add("owners_earned", Double(accounts.earned.reduce(0, +)) / 100, unit: "yuan")
    let power = pools.filter { $0.design.price_yuan_h != nil }.reduce(0) {
      $0 + $1.meter.account.energy_yuan.sum
    }
    table.add(
      "owners_left", Double(accounts.earned.reduce(0, +)) / 100 - power, unit: "yuan")
  }
}
