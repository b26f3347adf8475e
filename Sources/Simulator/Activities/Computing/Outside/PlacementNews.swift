// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Policies
internal import Scheduling

/// What a policy outside knows of the pools, and the messages that keep it up with what it may know.
struct PlacementNews {
  private var told: [PoolBoard.Entry]
  /// Whether what is free of a pool is told although it may be as it was.
  private var isRepeated: [Bool]
  private var isFirst = true
  private let identifiers: [[UInt8]]
  private let priced: DistinctTerms
  private var rates: [EnergyTerms.Rates] = []
  private var signals: SignalNews
  /// Before it no price changes.
  private var pricesHoldUntil = SimTime.zero

  init(_ pools: [PoolDesign]) {
    told = pools.map { PoolBoard.Entry(count: Int32($0.count), free: 0) }
    isRepeated = pools.map { _ in false }
    identifiers = pools.map { MessageWriter.quoted($0.identifier) }
    priced = .priced(pools)
    signals = SignalNews(priced.terms)
  }

  /// The identifier of a pool, in quotes.
  func identifier(_ pool: Int) -> [UInt8] { identifiers[pool] }

  /// Has the next message tell what is free of a pool in any case.
  ///
  /// A policy may count its own decisions as it takes them; else it would go on with what it has
  /// counted where a job has come and gone in between.
  mutating func repeatFree(of pool: Int) { isRepeated[pool] = true }

  /// Whether it does not know how a pool is: how many accelerators are free, or jobs wait; or that a
  /// price has been announced.
  func isBehind(_ board: PoolBoard, at now: SimTime) -> Bool {
    if signals.isBehind(at: now) { return true }
    return told.indices.contains { pool in
      let (entry, told) = (board.entries[pool], told[pool])
      return entry.free != told.free || entry.waiting != told.waiting || entry.count != told.count
    }
  }

  /// Adds a message with what has changed since the last one; nothing where nothing has.
  mutating func add(
    _ board: PoolBoard, at now: SimTime, seen: SimTime, to writer: inout MessageWriter
  ) {
    let start = writer.count
    let earlier = rates
    let arePricesNew = updateRates(to: now)
    // Nearly all pools are as they were, nearly always: the loop does nothing but compare.
    for pool in told.indices {
      guard isFirst || arePricesNew || isNews(board.entries[pool], of: pool) else { continue }
      let price = arePricesNew ? newPrice(of: pool, earlier) : nil
      guard isFirst || price != nil || isNews(board.entries[pool], of: pool) else { continue }
      if writer.count == start { begin(at: now, seen: seen, &writer) }
      writer.comma()
      add(board.entries[pool], of: pool, price: price, to: &writer)
    }
    isFirst = false
    let heard = signals.hear(by: now)
    if !heard.isEmpty, writer.count == start { begin(at: now, seen: seen, &writer) }
    guard writer.count > start else { return }
    writer.raw("]")
    if !heard.isEmpty { signals.add(heard, at: now, to: &writer) }
    writer.raw("}")
    writer.endLine()
  }

  @inline(__always)
  private func isNews(_ entry: PoolBoard.Entry, of pool: Int) -> Bool {
    let told = told[pool]
    return entry.free != told.free || entry.waiting != told.waiting
      || entry.runningUntil != told.runningUntil || entry.waitingWork != told.waitingWork
      || entry.count != told.count || isRepeated[pool]
  }

  /// The rates of a pool where they are others than they were.
  private func newPrice(of pool: Int, _ earlier: [EnergyTerms.Rates]) -> EnergyTerms.Rates? {
    guard let row = priced.rows[pool] else { return nil }
    return row < earlier.count && earlier[row] == rates[row] ? nil : rates[row]
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
    if before.count != entry.count {
      writer.raw(",\"accelerators\":")
      writer.number(Int64(entry.count))
    }
    if isFirst || before.free != entry.free || isRepeated[pool] {
      isRepeated[pool] = false
      writer.raw(",\"free\":")
      writer.number(Int64(entry.free))
    }
    if isFirst || before.waiting != entry.waiting {
      writer.raw(",\"queued\":")
      writer.number(Int64(entry.waiting))
    }
    if isFirst || before.waitingWork != entry.waitingWork {
      writer.raw(",\"queued_work\":")
      writer.number(entry.waitingWork)
    }
    if isFirst || before.runningUntil != entry.runningUntil {
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
