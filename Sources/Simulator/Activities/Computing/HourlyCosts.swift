// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel

/// What power costs and brings about ahead, as policies ask for it: by the hour, and summed up.
///
/// Policies ask for hundreds of pools at a time. Pools on the same terms share one row of sums, and
/// what lies between two hours is taken to be even, so that an answer costs a few operations. It is
/// exact from hour to hour, and within an hour as long as no rate changes in it.
final class HourlyCosts {
  /// The terms that differ, with all their signals, and as they are known.
  private let full: [EnergyTerms]
  private var terms: [EnergyTerms]
  /// Of a kilowatt of equipment, from time 0 up to each hour: all terms of an hour together.
  private var yuan: [Double] = []
  private var carbon_kg: [Double] = []
  private var hours = 0
  private let rowOfPool: [Int]
  private let kilowatts: [Double]
  /// By pool: the same for pools of one type on the same terms.
  let kinds: [Int32]

  init(_ pools: [PoolDesign]) {
    let distinct = DistinctTerms(pools)
    let rows = distinct.rows.compactMap(\.self)
    full = distinct.terms
    terms = full.map { $0.known(at: .zero) }
    rowOfPool = rows
    kilowatts = pools.map { $0.power.full / 1000 }
    var types: [String: Int32] = [:]
    kinds = zip(pools, rows).map { pool, row in
      let type = "\(row) \(pool.accelerator) \(pool.power.full)"
      let kind = types[type] ?? Int32(types.count)
      types[type] = kind
      return kind
    }
    yuan = Array(repeating: 0, count: terms.count)
    carbon_kg = yuan
  }

  /// Takes in what signals are known by an instant.
  func learnSignals(by time: SimTime) {
    terms = full.map { $0.known(at: time) }
    hours = 0
    yuan = Array(repeating: 0, count: terms.count)
    carbon_kg = yuan
  }

  func yuan(_ pool: Int, _ accelerators: Int, _ from: SimTime, _ to: SimTime) -> Double {
    extend(to: to)
    let row = rowOfPool[pool]
    return (value(yuan, row, to) - value(yuan, row, from)) * kilowatts[pool] * Double(accelerators)
  }

  func carbon(_ pool: Int, _ accelerators: Int, _ from: SimTime, _ to: SimTime) -> Double {
    extend(to: to)
    let row = rowOfPool[pool]
    let sum = value(carbon_kg, row, to) - value(carbon_kg, row, from)
    return sum * kilowatts[pool] * Double(accelerators)
  }

  private static let hour = RunCalendar.nanosecondsOfHour
  /// Behind these hours, a year, all goes on as in the last of them.
  private static let mostHours = 8784

  private func value(_ sums: [Double], _ row: Int, _ time: SimTime) -> Double {
    let hour = min(Int(time.nanoseconds / Self.hour), hours - 1)
    let part = Double(time.nanoseconds - Int64(hour) * Self.hour) / Double(Self.hour)
    let before = sums[hour * terms.count + row]
    return before + (sums[(hour + 1) * terms.count + row] - before) * part
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
      }
      hours += 1
    }
  }
}
