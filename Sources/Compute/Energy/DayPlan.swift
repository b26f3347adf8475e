// SPDX-License-Identifier: GPL-3.0-or-later

/// A stretch of the day through which price, carbon and PUE stay what they are.
struct DaySegment: Hashable, Sendable {
  /// Nanoseconds since midnight.
  var begin: Int64
  var end: Int64
  var period: PricePeriod
  var price_yuan_kWh: Double
  var pue: Double
  var emission_kg_kWh: Double
  /// What machines of 1 kW take from midnight to its beginning.
  var before = EnergySpend.zero

  /// What machines of 1 kW take in so many nanoseconds of it.
  func spend(_ nanoseconds: Int64) -> EnergySpend {
    let it = Double(nanoseconds) / Self.nanosecondsOfHour
    let facility = it * pue
    return EnergySpend(
      it_kWh: it, facility_kWh: facility, yuan: facility * price_yuan_kWh,
      carbon_kg: facility * emission_kg_kWh)
  }

  static let nanosecondsOfHour = 3.6e12
}

/// The stretches of each day of a month.
struct DayPlan: Hashable, Sendable {
  let segments: [DaySegment]
  /// What machines of 1 kW take in the whole day.
  let whole: EnergySpend
  /// The segment that each hour begins in.
  private let firstOfHour: [UInt16]

  /// Of a month, from 1 to 12.
  init(month: Int, _ tariff: Tariff, _ cooling: Cooling) {
    let rates = tariff[month: month]
    let hours = (0...HourlyValues.count).map { $0 * 60 }
    let edges = Set(hours + rates.windows.edges).sorted()
    var segments: [DaySegment] = []
    var before = EnergySpend.zero
    for (from, to) in zip(edges, edges.dropFirst()) {
      let period = rates.windows.period(atMinute: from)
      let next = DaySegment(
        begin: Self.minute * Int64(from), end: Self.minute * Int64(to), period: period,
        price_yuan_kWh: rates.price_yuan_kWh[period],
        pue: cooling.pue(month: month, hour: from / 60),
        emission_kg_kWh: tariff.emission_kg_kWh(hour: from / 60), before: before)
      if let last = segments.last, last.isLike(next) {
        segments[segments.count - 1].end = next.end
      } else {
        segments.append(next)
      }
      before += next.spend(next.end - next.begin)
    }
    self.segments = segments
    whole = before
    firstOfHour = (0..<HourlyValues.count).map { hour in
      let begin = Int64(hour) * 60 * Self.minute
      return UInt16(segments.firstIndex { begin < $0.end } ?? 0)
    }
  }

  private static let minute: Int64 = 60_000_000_000

  /// The place in the list of the segment that an instant is in, in nanoseconds since midnight.
  func index(at nanosecond: Int64) -> Int {
    var index = Int(firstOfHour[Int(nanosecond / RunCalendar.nanosecondsOfHour)])
    while segments[index].end <= nanosecond { index += 1 }
    return index
  }

  /// What machines of 1 kW take between two instants of the day, the second at most its end.
  func spend(from: Int64, to: Int64) -> EnergySpend {
    guard from < to else { return .zero }
    let first = segments[index(at: from)]
    if to <= first.end { return first.spend(to - from) }
    var sum = first.spend(first.end - from)
    if to == RunCalendar.nanosecondsOfDay {
      sum += whole - first.before - first.spend(first.end - first.begin)
    } else {
      let last = segments[index(at: to)]
      sum += last.before - first.before - first.spend(first.end - first.begin)
      sum += last.spend(to - last.begin)
    }
    return sum
  }
}

extension DaySegment {
  fileprivate func isLike(_ next: DaySegment) -> Bool {
    (period, price_yuan_kWh, pue, emission_kg_kWh)
      == (next.period, next.price_yuan_kWh, next.pue, next.emission_kg_kWh)
  }
}
