// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Policies
internal import Scheduling

/// What a policy outside is told once, before its first question.
///
/// Pools with all that does not change of them, and what power costs and emits by the hour of the
/// day for each month, as built-in policies reckon with it.
struct PlacementHello: ~Copyable {
  private let model: Model
  private var writer = MessageWriter()
  private let priced: DistinctTerms

  init(_ model: Model) {
    self.model = model
    priced = .priced(model.computing.pools)
  }

  /// The line, with its end.
  consuming func line() -> [UInt8] {
    writer.raw("{\"type\":\"hello\",\"v\":1,\"seams\":[\"placement\"")
    if model.computing.placement.moves != nil { writer.raw(",\"migration\"") }
    writer.raw("],\"seed\":")
    writer.raw(Array("\(model.seed)".utf8))
    writer.raw(",\"scenario\":")
    writer.text(model.name)
    if let duration = model.duration { add(",\"duration\":", duration.nanoseconds) }
    writer.raw(",\"start\":")
    writer.text(model.computing.calendar.start.description)
    if let latency = model.computing.placement.latency {
      add(",\"latency\":", latency.nanoseconds)
    }
    if let moves = model.computing.placement.moves {
      add(",\"review\":", moves.every.nanoseconds)
    }
    if let registry = model.computing.registry {
      add(",\"refresh\":", registry.refresh.nanoseconds)
    }
    addPools()
    addEnergy()
    writer.raw("}")
    writer.endLine()
    return writer.bytes
  }

  private mutating func add(_ key: StaticString, _ value: Int64) {
    writer.raw(key)
    writer.number(value)
  }

  private mutating func add(_ key: StaticString, _ text: String) {
    writer.raw(key)
    writer.text(text)
  }

  private mutating func addPools() {
    writer.raw(",\"pools\":[")
    for (index, pool) in model.computing.pools.enumerated() {
      writer.comma()
      add("{\"id\":", pool.identifier)
      add(",\"accelerators\":", Int64(pool.count))
      add(",\"type\":", pool.accelerator)
      add(",\"level\":", Int64(pool.level))
      add(",\"name\":", pool.name)
      add(",\"at\":", model.topology[pool.node])
      add(",\"cluster\":", pool.cluster)
      add(",\"owner\":", pool.owner)
      writer.raw(pool.isJoined ? ",\"joined\":true" : ",\"joined\":false")
      add(",\"queue\":", pool.queue.rawValue)
      addPower(of: pool.power)
      if let row = priced.rows[index] { add(",\"energy\":", Int64(row)) }
      writer.raw("}")
    }
    writer.raw("]")
  }

  private mutating func addPower(of power: PoolPower) {
    guard power.isKnown, power.full > 0 else { return }
    writer.raw(",\"idle_w\":")
    writer.number(power.idle)
    writer.raw(",\"full_w\":")
    writer.number(power.full)
  }

  private mutating func addEnergy() {
    guard !priced.terms.isEmpty else { return }
    writer.raw(",\"energy\":[")
    for terms in priced.terms.map({ $0.with([]) }) {
      writer.comma()
      let months = (1...12).map { Self.hours(ofMonth: $0, terms) }
      writer.raw("{\"yuan_per_kwh\":")
      addTable(months.map { $0.map(\.yuan) })
      writer.raw(",\"carbon_per_kwh\":")
      addTable(months.map { $0.map(\.carbon_kg) })
      writer.raw("}")
    }
    writer.raw("]")
  }

  private mutating func addTable(_ rows: [[Double]]) {
    writer.raw("[")
    for row in rows {
      writer.comma()
      writer.raw("[")
      for value in row {
        writer.comma()
        writer.number(value)
      }
      writer.raw("]")
    }
    writer.raw("]")
  }

  /// What a kilowatt-hour of the machines comes to in each hour of a day.
  private static func hours(ofMonth month: Int, _ terms: EnergyTerms) -> [EnergySpend] {
    // Some day of that month within a year from the start.
    let day = (0..<366).first { terms.calendar.date(ofDay: $0).month == month } ?? 0
    let midnight = terms.calendar.beginning(ofDay: day)
    return (0..<HourlyValues.count).map { hour in
      let begin = midnight + SimDuration(nanoseconds: Int64(hour) * RunCalendar.nanosecondsOfHour)
      let end = begin + SimDuration(nanoseconds: RunCalendar.nanosecondsOfHour)
      return terms.spend(itWatts: 1000, from: begin, to: end)
    }
  }
}
