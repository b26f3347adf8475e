// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling

/// What jobs cost and bring about ahead, as policies ask for it: by the hour, and summed up.
///
/// A job costs what the owner of its pool asks for, or else what its power does.
///
/// Policies ask for hundreds of pools at a time. Pools on the same terms share one row of sums, so that an
/// answer costs a few operations; only where a rate changes within an hour is a part of it summed anew.
final class HourlyCosts {
  /// The terms that differ, with all their signals, and as they are known.
  private let full: [EnergyTerms]
  private var terms: [EnergyTerms] = []
  /// Of a kilowatt of equipment, from time 0 up to each hour: all terms of an hour together.
  private var yuan: [Double] = []
  private var carbon_kg: [Double] = []
  /// Of each hour: whether no rate changes in it.
  private var isEven: [Bool] = []
  /// Whether all are so, as mostly: then nobody need look.
  private var areAllEven = true
  private var hours = 0
  private let rowOfPool: [Int]
  private let kilowatts: [Double]
  /// What an accelerator costs its tenant an hour, where its owner says so.
  private let prices: [Double?]
  /// By pool: the same for pools of one type on the same terms.
  let kinds: [Int32]

  init(_ pools: [PoolDesign]) {
    let distinct = DistinctTerms(pools)
    let rows = distinct.rows.compactMap(\.self)
    full = distinct.terms
    rowOfPool = rows
    kilowatts = pools.map { $0.power.full / 1000 }
    prices = pools.map(\.price_yuan_h)
    var types: [String: Int32] = [:]
    kinds = zip(pools, rows).map { pool, row in
      let price = pool.price_yuan_h.map { " \($0)" } ?? ""
      let type = "\(row) \(pool.accelerator) \(pool.power.full)" + price
      let kind = types[type] ?? Int32(types.count)
      types[type] = kind
      return kind
    }
    learnSignals(by: .zero)
  }

  /// Takes in what signals are known by an instant.
  func learnSignals(by time: SimTime) {
    terms = full.map { $0.known(at: time) }
    hours = 0
    yuan = Array(repeating: 0, count: terms.count)
    carbon_kg = yuan
    (isEven, areAllEven) = ([], true)
  }

  func yuan(_ pool: Int, _ accelerators: Int, _ from: SimTime, _ to: SimTime) -> Double {
    if let price = prices[pool] { return price * Double(accelerators) * (to - from).seconds / 3600 }
    extend(to: to)
    return sum(of: yuan, \.yuan, pool, moment(from), moment(to)) * Double(accelerators)
  }

  func carbon(_ pool: Int, _ accelerators: Int, _ from: SimTime, _ to: SimTime) -> Double {
    extend(to: to)
    return sum(of: carbon_kg, \.carbon_kg, pool, moment(from), moment(to))
      * Double(accelerators)
  }

  /// In which of so many hours on end it costs least to begin: where in its hour a job begins and
  /// ends is the same in all of them.
  func cheapestHour(
    _ pool: Int, _ accelerators: Int, _ first: SimTime, _ time: SimDuration, _ hours: Int
  ) -> (hour: Int, cost: Double) {
    if prices[pool] != nil { return (0, yuan(pool, accelerators, first, first + time)) }
    extend(to: SimTime(nanoseconds: first.nanoseconds + Int64(hours) * Self.hour) + time)
    var (from, to) = (moment(first), moment(first + time))
    guard to.hour + hours < self.hours else {
      return PoolBoard.cheapest(of: hours, from: first) {
        self.yuan(pool, accelerators, $0, $0 + time)
      }
    }
    let sums = yuan
    var best = (hour: 0, cost: Double.infinity)
    for hour in 0..<hours {
      let cost = sum(of: sums, \.yuan, pool, from, to) * Double(accelerators)
      if cost.isBelow(best.cost) { best = (hour, cost) }
      from.hour += 1
      to.hour += 1
    }
    return best
  }

  private static let hour = PoolBoard.hour
  /// Behind these hours, a year, all goes on as in the last of them.
  private static let mostHours = 8784

  /// An instant, as an hour that is summed up and the part of it that is over.
  private struct Moment {
    var hour: Int
    var part: Double
  }

  @inline(__always)
  private func moment(_ time: SimTime) -> Moment {
    let hour = min(Int(time.nanoseconds / Self.hour), hours - 1)
    let rest = time.nanoseconds - Int64(hour) * Self.hour
    return Moment(hour: hour, part: Double(rest) / Double(Self.hour))
  }

  /// What an accelerator of a pool at full power comes to.
  @inline(__always)
  private func sum(
    of sums: [Double], _ measure: KeyPath<EnergySpend, Double>, _ pool: Int, _ from: Moment,
    _ to: Moment
  ) -> Double {
    let row = rowOfPool[pool]
    return (value(sums, measure, row, to) - value(sums, measure, row, from)) * kilowatts[pool]
  }

  @inline(__always)
  private func value(
    _ sums: [Double], _ measure: KeyPath<EnergySpend, Double>, _ row: Int, _ at: Moment
  ) -> Double {
    let place = at.hour * terms.count + row
    let before = sums[place]
    if !areAllEven, !isEven[place], at.part > 0, at.part < 1 {
      return before + spend(row, at)[keyPath: measure]
    }
    return before + (sums[place + terms.count] - before) * at.part
  }

  /// What a part of an hour comes to in which a rate changes.
  private func spend(_ row: Int, _ at: Moment) -> EnergySpend {
    let begin = SimTime(nanoseconds: Int64(at.hour) * Self.hour)
    let time = SimDuration(nanoseconds: Int64((at.part * Double(Self.hour)).rounded()))
    return terms[row].spend(itWatts: 1000, from: begin, to: begin + time)
  }

  /// Adds the hours up to the one that an instant is in.
  private func extend(to time: SimTime) {
    while hours <= Int(time.nanoseconds / Self.hour), hours < Self.mostHours {
      let begin = SimTime(nanoseconds: Int64(hours) * Self.hour)
      let end = SimTime(nanoseconds: begin.nanoseconds + Self.hour)
      for row in terms.indices {
        let spend = terms[row].spend(itWatts: 1000, from: begin, to: end)
        let last = hours * terms.count + row
        yuan.append(yuan[last] + spend.yuan)
        carbon_kg.append(carbon_kg[last] + spend.carbon_kg)
        let isEven = terms[row].rates(at: begin).until >= end
        self.isEven.append(isEven)
        areAllEven = areAllEven && isEven
      }
      hours += 1
    }
  }
}
