// SPDX-License-Identifier: GPL-3.0-or-later
import Compute
import EventKernel
import Testing

/// Days that a program of others worked out in exact fractions.
@Suite struct EnergyDayTests {
  @Test func allDaysAreThere() {
    #expect(EnergyDay.all.count == 12)
  }

  @Test(arguments: EnergyDay.all)
  func aDayIsCountedToTheWattHourAndTheFen(day: EnergyDay) throws {
    let terms = try day.terms()
    let account = try meter(day, terms).account
    let expected = day.expect
    same(account.it_kWh, expected.it_kwh)
    same(account.facility_kWh.sum, expected.facility_kwh)
    same(account.energy_yuan.sum, expected.energy_yuan)
    same(account.carbon_kg, expected.carbon_kg)
    same(account.demand_kW, expected.demand_kw_max_15min_mean)
    same(account.peak_kW, expected.peak_kw_instant)
    same(account.demandOfMonths_yuan(terms.tariff), expected.demand_charge_yuan_month)
    same(account.demandOfRun_yuan(terms.tariff), expected.demand_charge_yuan_share_of_day)
    same(
      account.energy_yuan.sum + account.demandOfMonths_yuan(terms.tariff),
      expected.total_yuan_with_month_demand)
    for period in PricePeriod.allCases {
      same(account.facility_kWh[period], expected.kwh_by_period[period.rawValue])
      same(account.energy_yuan[period], expected.energy_yuan_by_period[period.rawValue])
      #expect(
        account.nanoseconds[period] == 1_000_000_000 * expected.seconds_by_period[period.rawValue]!)
    }
    if let pue = expected.pue_energy_weighted {
      same(try #require(account.pue), pue)
    } else {
      #expect(account.pue == nil)
    }
  }

  /// Jobs add up to the day: the spans of all steps, where no cap takes from them.
  @Test(arguments: EnergyDay.all.filter { $0.cap == nil })
  func spansOfConstantPowerAddUpToTheDay(day: EnergyDay) throws {
    let terms = try day.terms()
    var sum = EnergySpend.zero
    for (index, step) in day.it_kw_steps.enumerated() {
      let isLast = index + 1 == day.it_kw_steps.count
      let end = isLast ? 86_400 : day.it_kw_steps[index + 1].second
      sum += terms.spend(
        itWatts: step.kW * 1000, from: seconds(step.second), to: seconds(end))
    }
    same(sum.it_kWh, day.expect.it_kwh)
    same(sum.facility_kWh, day.expect.facility_kwh)
    same(sum.yuan, day.expect.energy_yuan)
    same(sum.carbon_kg, day.expect.carbon_kg)
  }

  private func meter(_ day: EnergyDay, _ terms: EnergyTerms) throws -> PowerMeter {
    var meter = PowerMeter(terms)
    var changes = day.it_kw_steps.map { step in
      (step.second, { (meter: inout PowerMeter) in meter.setPower(itWatts: step.kW * 1000) })
    }
    if let cap = day.cap {
      let watts = try #require(Double(cap.facility_kw)) * 1000
      changes.append((cap.from_s, { $0.setCap(facilityWatts: watts) }))
      changes.append((cap.to_s, { $0.setCap(facilityWatts: nil) }))
    }
    for (second, change) in changes.sorted(by: { $0.0 < $1.0 }) {
      meter.advance(to: seconds(second))
      change(&meter)
    }
    meter.advance(to: seconds(86_400))
    return meter
  }

  private func seconds(_ count: Int64) -> SimTime { SimTime(nanoseconds: count * 1_000_000_000) }

  /// A millionth: of a kilowatt-hour that is a thousandth of a watt-hour, of a yuan less than a fen.
  private func same(
    _ value: Double, _ text: String?, _ place: SourceLocation = #_sourceLocation
  ) {
    let expected = text.flatMap { Double($0) } ?? .nan
    #expect(abs(value - expected) < 1e-6, "\(value), expected \(expected)", sourceLocation: place)
  }
}
