// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
public import Results

/// `accounts.csv`: what a tenant pays the owner of a pool, a row.
public enum AccountsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.accounts]

  public static let schema = TableSchema(
    file: "accounts.csv",
    about:
      "What tenants pay the owners of pools for accelerators that they have held over the run: a "
      + "row a tenant and pool, in whole fen.",
    columns: [
      Column("tenant", .string, about: "Who pays; empty for jobs that are nobody's."),
      Column("owner", .string, about: "Who earns it; empty where nobody says whose the pool is."),
      Column("pool", .string, about: "What was sold."),
      Column(
        "sales", .integer, about: "How often a job held accelerators; each is rounded by itself."),
      Column("accelerator_h", .number, unit: "h", about: "How many accelerators times how long."),
      Column("price_yuan_h", .number, unit: "yuan/h", about: "Of an accelerator."),
      Column("paid_yuan", .number, unit: "yuan", about: "What the tenant pays for that."),
    ])
}

extension Computing {
  func writeAccounts() throws(RunError) {
    guard let table = tables.accounts else { return }
    for (key, sale) in accounts.rows {
      let pool = pools[Int(key.pool)].design
      table.rows.append(tenants[key.tenant]?.name ?? "")
      table.rows.append(pool.owner)
      table.rows.append(pool.name)
      table.rows.append(sale.sales)
      table.rows.append(sale.held / 3600)
      table.rows.append(pool.price_yuan_h ?? .nan)
      table.rows.append(Double(sale.fen) / 100)
      try table.endRow()
    }
  }

  /// What owners have earned and paid for power.
  func shownOwners() -> Listing {
    var listing = Listing(["owner", "pools", "sold", "earned", "power", "left"])
    guard hasPrices else { return listing }
    var known: [String: Int] = [:]
    var rows: [(owner: String, pools: Int, held: Double, fen: Int64, power: Double)] = []
    for (index, pool) in pools.enumerated() where pool.design.price_yuan_h != nil {
      let row = known[pool.design.owner] ?? rows.count
      if row == rows.count { rows.append((pool.design.owner, 0, 0, 0, 0)) }
      known[pool.design.owner] = row
      rows[row].pools += 1
      rows[row].fen += accounts.earned[index]
      rows[row].power += pool.meter.account.energy_yuan.sum
    }
    for (key, sale) in accounts.rows {
      guard let row = known[pools[Int(key.pool)].design.owner] else { continue }
      rows[row].held += sale.held
    }
    for row in rows.sorted(by: { ($1.fen, $0.owner) < ($0.fen, $1.owner) })
      .prefix(ShownSections.mostRows)
    {
      let earned = Double(row.fen) / 100
      listing.append([
        row.owner.isEmpty ? .absent : .text(row.owner), .number(row.pools),
        .quantity(row.held / 3600, "accelerator-h"), .quantity(earned, "yuan"),
        .quantity(row.power, "yuan"), .quantity(earned - row.power, "yuan"),
      ])
    }
    return listing
  }
}

extension Outputs.Kind {
  public static let accounts = Outputs.Kind("accounts")
}
