// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Policies
internal import Scheduling

/// What a policy outside knows of the pools, and the messages that keep it up with what it may know.
struct PlacementNews {
  private var told: [PoolBoard.Entry?]
  private let identifiers: [[UInt8]]
  private let priced: PricedPools
  private var rates: [EnergyTerms.Rates] = []
  /// Before it no price changes.
  private var pricesHoldUntil = SimTime.zero

  init(_ pools: [PoolDesign]) {
    told = pools.map { _ in nil }
    identifiers = pools.map { MessageWriter.quoted($0.identifier) }
    priced = PricedPools(pools)
  }

  /// The identifier of a pool, in quotes.
  func identifier(_ pool: Int) -> [UInt8] { identifiers[pool] }

  /// Whether it does not know how a pool is: how many accelerators are free, or jobs wait.
  func isBehind(_ board: PoolBoard) -> Bool {
    zip(board.entries, told).contains { entry, told in
      entry.free != told?.free || entry.waiting != told?.waiting || entry.count != told?.count
    }
  }

  /// Adds a message with what has changed since the last one; nothing where nothing has.
  mutating func add(
    _ board: PoolBoard, at now: SimTime, seen: SimTime, to writer: inout MessageWriter
  ) {
    let earlier = rates
    let mayDiffer = updateRates(to: now)
    var isFirst = true
    for (pool, entry) in board.entries.enumerated() {
      var price = mayDiffer ? priced.terms(of: pool).map { rates[$0] } : nil
      if let row = priced.terms(of: pool), row < earlier.count, earlier[row] == price {
        price = nil
      }
      guard entry != told[pool] || price != nil else { continue }
      if isFirst { begin(at: now, seen: seen, &writer) }
      isFirst = false
      writer.comma()
      add(entry, of: pool, price: price, to: &writer)
    }
    guard !isFirst else { return }
    writer.raw("]}")
    writer.endLine()
  }

  private func begin(at now: SimTime, seen: SimTime, _ writer: inout MessageWriter) {
    writer.raw("{\"type\":\"changed\",\"t\":")
    writer.number(now.nanoseconds)
    writer.raw(",\"seen\":")
    writer.number(seen.nanoseconds)
    writer.raw(",\"pools\":[")
  }

  private mutating func add(
    _ entry: PoolBoard.Entry, of pool: Int, price: EnergyTerms.Rates?,
    to writer: inout MessageWriter
  ) {
    let before = told[pool]
    told[pool] = entry
    writer.raw("{\"id\":")
    writer.raw(identifiers[pool])
    if let before, before.count != entry.count {
      writer.raw(",\"accelerators\":")
      writer.number(Int64(entry.count))
    }
    if before?.free != entry.free {
      writer.raw(",\"free\":")
      writer.number(Int64(entry.free))
    }
    if before?.waiting != entry.waiting {
      writer.raw(",\"queued\":")
      writer.number(Int64(entry.waiting))
    }
    if before?.waitingWork != entry.waitingWork {
      writer.raw(",\"queued_work\":")
      writer.number(entry.waitingWork)
    }
    if before?.runningUntil != entry.runningUntil {
      writer.raw(",\"running_until\":")
      writer.number(entry.runningUntil)
    }
    if let price {
      writer.raw(",\"yuan_per_kwh\":")
      writer.number(price.it_yuan_kWh)
      writer.raw(",\"carbon_per_kwh\":")
      writer.number(price.it_kg_kWh)
    }
    writer.raw("}")
  }

  /// Brings prices up to an instant; says whether any may have changed.
  private mutating func updateRates(to now: SimTime) -> Bool {
    guard !priced.terms.isEmpty, rates.isEmpty || now >= pricesHoldUntil else { return false }
    rates = priced.terms.map { $0.rates(at: now) }
    pricesHoldUntil = rates.map(\.until).min() ?? .distantFuture
    return true
  }
}

/// The terms of power that differ among pools whose power costs something.
struct PricedPools {
  /// In the order of the pools.
  private(set) var terms: [EnergyTerms] = []
  private var rows: [Int?] = []

  init(_ pools: [PoolDesign]) {
    var known: [EnergyTerms: Int] = [:]
    for pool in pools {
      guard pool.power.hasTariff, pool.power.full > 0 else {
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

  /// The position of a pool's terms; nil where its power costs nothing that anybody knows.
  func terms(of pool: Int) -> Int? { rows[pool] }
}
