// SPDX-License-Identifier: GPL-3.0-or-later
import Compute
import EventKernel
import Foundation

/// A day worked in exact fractions by a program that is not ours, and what it found.
struct EnergyDay: Decodable, CustomStringConvertible, Sendable {
  struct Tariff: Decodable {
    var yuan_per_kwh: [String: String]
    var sharp_hours: [[String]]?
    var peak_hours: [[String]]?
    var valley_hours: [[String]]?
    var demand_yuan_per_kw_month: String?
  }

  struct Step: Decodable {
    var second: Int64
    var kW: Double

    init(from decoder: any Decoder) throws {
      var fields = try decoder.unkeyedContainer()
      second = try fields.decode(Int64.self)
      kW = Double(try fields.decode(String.self)) ?? .nan
    }
  }

  struct Cap: Decodable {
    var from_s: Int64
    var to_s: Int64
    var facility_kw: String
  }

  /// One number, or one for each hour.
  struct Hourly: Decodable {
    var values: HourlyValues?

    init(from decoder: any Decoder) throws {
      let field = try decoder.singleValueContainer()
      if let text = try? field.decode(String.self) {
        values = HourlyValues(constant: Double(text) ?? .nan)
      } else {
        values = HourlyValues(try field.decode([String].self).map { Double($0) ?? .nan })
      }
    }
  }

  struct Expectation: Decodable {
    var it_kwh: String
    var facility_kwh: String
    var pue_energy_weighted: String?
    var kwh_by_period: [String: String]
    var seconds_by_period: [String: Int64]
    var energy_yuan_by_period: [String: String]
    var energy_yuan: String
    var demand_kw_max_15min_mean: String
    var peak_kw_instant: String
    var demand_charge_yuan_month: String
    var demand_charge_yuan_share_of_day: String
    var total_yuan_with_month_demand: String
    var carbon_kg: String
  }

  var id: Int
  var name: String
  var it_kw_steps: [Step]
  var tariff: Tariff
  var days_in_month: Int
  var pue: String?
  var pue_curve: [[String]]?
  var outside_c: Hourly?
  var carbon_kg_per_kwh: Hourly
  var green_share: Hourly?
  var cap: Cap?
  var expect: Expectation

  var description: String { "\(id): \(name)" }

  static let all: [EnergyDay] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "Data/energy_days.json")
    return (try? JSONDecoder().decode([EnergyDay].self, from: Data(contentsOf: file))) ?? []
  }()
}

extension EnergyDay {
  /// Its terms, on the first day of a month that is as long as it says.
  func terms() throws -> EnergyTerms {
    let calendar = RunCalendar(start: try day())
    return EnergyTerms(try ourTariff(), try cooling(), calendar)
  }

  private func day() throws -> CalendarDay {
    let month = [28: "2026-02-01", 29: "2024-02-01", 30: "2026-06-01", 31: "2026-07-01"]
    return try unwrap(month[days_in_month].flatMap { CalendarDay($0) })
  }

  private func ourTariff() throws -> Compute.Tariff {
    func price(_ name: String) throws -> Double {
      try unwrap(tariff.yuan_per_kwh[name].flatMap { Double($0) })
    }
    func windows(_ pairs: [[String]]?) throws -> [ClockWindow] {
      try (pairs ?? []).map { try ClockWindow("\($0[0])-\($0[1])") }
    }
    let prices = PeriodAmounts(
      sharp: try price("sharp"), peak: try price("peak"), flat: try price("flat"),
      valley: try price("valley"))
    let windows = Compute.Tariff.Windows(
      sharp: try windows(tariff.sharp_hours), peak: try windows(tariff.peak_hours),
      valley: try windows(tariff.valley_hours))
    return Compute.Tariff(
      name: name, every: .init(price_yuan_kWh: prices, windows: windows),
      demand_yuan_kW_month: tariff.demand_yuan_per_kw_month.flatMap { Double($0) } ?? 0,
      carbon_kg_kWh: try unwrap(carbon_kg_per_kwh.values),
      green: green_share?.values ?? HourlyValues(constant: 0))
  }

  private func cooling() throws -> Cooling {
    if let pue { return .constant(try unwrap(Double(pue))) }
    let knots = try unwrap(pue_curve).map {
      PUECurve.Knot(outside_C: Double($0[0]) ?? .nan, pue: Double($0[1]) ?? .nan)
    }
    return .curve(try unwrap(PUECurve(knots)), .day(try unwrap(outside_c?.values)))
  }
}

private struct Missing: Error {}

private func unwrap<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Missing() }
  return value
}
