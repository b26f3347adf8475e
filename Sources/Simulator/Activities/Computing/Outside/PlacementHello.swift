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
struct PlacementHello {
  private let model: Model
  private let priced: DistinctTerms

  init(_ model: Model) {
    self.model = model
    priced = .priced(model.computing.pools)
  }

  func parts() -> GreetingParts {
    var parts = GreetingParts()
    parts.add("latency", model.computing.placement.latency)
    parts.add("review", model.computing.placement.moves?.every)
    parts.add("refresh", model.computing.registry?.refresh)
    parts.add("pools") { addPools(to: &$0) }
    if !priced.terms.isEmpty { parts.add("energy") { addEnergy(to: &$0) } }
    return parts
  }

  private func addPools(to writer: inout MessageWriter) {
    writer.list(model.computing.pools.indices) { index, writer in
      let pool = model.computing.pools[index]
      writer.member("{\"id\":", pool.identifier)
      writer.member(",\"accelerators\":", Int64(pool.count))
      writer.member(",\"type\":", pool.accelerator)
      writer.member(",\"level\":", Int64(pool.level))
      writer.member(",\"name\":", pool.name)
      writer.member(",\"at\":", model.topology[pool.node])
      writer.member(",\"cluster\":", pool.cluster)
      writer.member(",\"owner\":", pool.owner)
      writer.raw(pool.isJoined ? ",\"joined\":true" : ",\"joined\":false")
      writer.member(",\"queue\":", pool.queueName)
      Self.add(pool.power, to: &writer)
      if let price = pool.price_yuan_h {
        writer.raw(",\"yuan_per_hour\":")
        writer.number(price)
      }
      if let row = priced.rows[index] { writer.member(",\"energy\":", Int64(row)) }
      writer.raw("}")
    }
  }

  private static func add(_ power: PoolPower, to writer: inout MessageWriter) {
    guard power.isKnown, power.full > 0 else { return }
    writer.raw(",\"idle_w\":")
    writer.number(power.idle)
    writer.raw(",\"full_w\":")
    writer.number(power.full)
  }

  private func addEnergy(to writer: inout MessageWriter) {
    writer.list(priced.terms.map { $0.with([]) }) { terms, writer in
      let months = (1...12).map { Self.hours(ofMonth: $0, terms) }
      writer.raw("{\"yuan_per_kwh\":")
      Self.add(months.map { $0.map(\.yuan) }, to: &writer)
      writer.raw(",\"carbon_per_kwh\":")
      Self.add(months.map { $0.map(\.carbon_kg) }, to: &writer)
      writer.raw("}")
    }
  }

  private static func add(_ rows: [[Double]], to writer: inout MessageWriter) {
    writer.list(rows) { row, writer in writer.list(row) { $1.number($0) } }
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
