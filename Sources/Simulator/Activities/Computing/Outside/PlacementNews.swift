// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Glibc
internal import Policies
internal import Scheduling

/// What a policy outside knows of the pools, and the messages that keep it up with what it may know.
struct PlacementNews {
  private var told: [PoolBoard.Entry]
  /// Whether what is free of a pool is told although it may be as it was.
  private var isRepeated: [Bool]
  /// The first pool of which that is so, and the one behind the last.
  private var repeated = 0..<0
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
  mutating func repeatFree(of pool: Int) {
    isRepeated[pool] = true
    repeated =
      repeated.isEmpty
      ? pool..<pool + 1 : min(pool, repeated.lowerBound)..<max(pool + 1, repeated.upperBound)
  }

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
    var pool = next(from: 0, board.entries, all: arePricesNew)
    while pool < told.count {
      let price = arePricesNew ? newPrice(of: pool, earlier) : nil
      if isFirst || price != nil || isNews(board.entries[pool], of: pool) {
        if writer.count == start { begin(at: now, seen: seen, &writer) }
        writer.comma()
        add(board.entries[pool], of: pool, price: price, to: &writer)
      }
      pool = next(from: pool + 1, board.entries, all: arePricesNew)
    }
    (isFirst, repeated) = (false, 0..<0)
    let heard = signals.hear(by: now)
    if !heard.isEmpty, writer.count == start { begin(at: now, seen: seen, &writer) }
    guard writer.count > start else { return }
    writer.raw("]")
    if !heard.isEmpty { signals.add(heard, at: now, to: &writer) }
    writer.raw("}")
    writer.endLine()
  }

  /// The next pool of which there may be something to tell; the count of all where there is none.
  ///
  /// Nearly all pools are as they were, nearly always: so many at once are held to what was told by
  /// their bytes, and looked at one by one where these differ.
  private func next(from first: Int, _ entries: [PoolBoard.Entry], all: Bool) -> Int {
    if isFirst || all { return first }
    return told.withUnsafeBytes { old in
      entries.withUnsafeBytes { new in
        guard let old = old.baseAddress, let new = new.baseAddress else { return told.count }
        let stride = MemoryLayout<PoolBoard.Entry>.stride
        var pool = first
        while pool < told.count {
          let end = min(told.count, (pool / Self.atOnce + 1) * Self.atOnce)
          let (from, bytes) = (pool * stride, (end - pool) * stride)
          let areSame = memcmp(old + from, new + from, bytes) == 0
          if areSame, !repeated.overlaps(pool..<end) {
            pool = end
          } else if isNews(entries[pool], of: pool) {
            return pool
          } else {
            pool += 1
          }
        }
        return pool
      }
    }
  }

  private static let atOnce = 32

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
