// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Compute

@Suite struct EnergyTermsTests {
  private let terms: EnergyTerms

  init() throws {
    var tariff = Tariff(
      name: "t",
      every: Tariff.Month(
        price_yuan_kWh: PeriodAmounts(sharp: 1.2, peak: 1, flat: 0.6, valley: 0.3),
        windows: Tariff.Windows(
          peak: [try ClockWindow("07:20-11:40"), try ClockWindow("17-22")],
          valley: [try ClockWindow("23-07")])),
      carbon_kg_kWh: HourlyValues { 0.4 + 0.02 * Double($0) },
      green: HourlyValues { $0 > 8 && $0 < 18 ? 0.5 : 0.1 })
    tariff[month: 8].windows.sharp = [try ClockWindow("11-13")]
    let climate = try #require(
      ClimateYear(means_C: [-5, 0, 6, 12, 18, 22, 24, 22, 17, 10, 3, -3], swing_C: 10))
    let curve = try #require(
      PUECurve([.init(outside_C: 10, pue: 1.1), .init(outside_C: 30, pue: 1.4)]))
    let start = try #require(CalendarDay("2026-07-30"))
    terms = EnergyTerms(tariff, .curve(curve, .year(climate)), RunCalendar(start: start))
  }

  /// The meter counts forward; the span is made of sums that are ready.
  @Test func aSpanTakesWhatAMeterCounts() {
    var random = RandomStream(seed: 1, name: "spans")
    for _ in 0..<300 {
      let begin = SimTime(
        nanoseconds: .random(in: 0..<5 * RunCalendar.nanosecondsOfDay, using: &random))
      let isLong = Bool.random(using: &random)
      let length = Int64.random(
        in: 1...(isLong ? 90 : 1) * RunCalendar.nanosecondsOfDay, using: &random)
      let end = SimTime(nanoseconds: begin.nanoseconds + length)
      var meter = PowerMeter(terms, at: begin)
      meter.setPower(itWatts: 5000)
      meter.advance(to: end)
      let account = meter.account
      let spend = terms.spend(itWatts: 5000, from: begin, to: end)
      for (value, counted) in [
        (spend.it_kWh, account.it_kWh), (spend.facility_kWh, account.facility_kWh.sum),
        (spend.yuan, account.energy_yuan.sum), (spend.carbon_kg, account.carbon_kg),
      ] {
        #expect(abs(value - counted) <= 1e-11 * counted, "\(begin) to \(end)")
      }
    }
  }

  /// A second at the end of a day is not the difference of two days.
  @Test func shortSpansKeepTheirDigits() {
    let begin = SimTime(nanoseconds: 86_399_000_000_000)
    let spend = terms.spend(itWatts: 3600, from: begin, to: begin + SimDuration(nanoseconds: 7))
    let rates = terms.rates(at: begin)
    #expect(abs(spend.yuan - 7e-12 * rates.it_yuan_kWh) <= 1e-25)
    #expect(terms.spend(itWatts: 1, from: begin, to: begin) == .zero)
  }

  @Test func ratesHoldUntilTheyChange() {
    let rates = terms.rates(at: SimTime(nanoseconds: 7 * RunCalendar.nanosecondsOfHour))
    #expect(rates.period == .flat && rates.price_yuan_kWh == 0.6)
    #expect(rates.until.nanoseconds == 7 * RunCalendar.nanosecondsOfHour + 1_200_000_000_000)
    #expect(terms.rates(at: rates.until).period == .peak)
    // On the third day it is August.
    let august = SimTime(nanoseconds: (48 + 12) * RunCalendar.nanosecondsOfHour)
    let july = SimTime(nanoseconds: 12 * RunCalendar.nanosecondsOfHour)
    #expect(terms.rates(at: august).period == .sharp && terms.rates(at: july).period == .flat)
    #expect(abs(terms.rates(at: july).emission_kg_kWh - 0.64 * 0.5) < 1e-15)
  }

  @Test(arguments: EnergyTerms.Measure.allCases)
  func theBestStartIsThatOfTryingEveryMinute(measure: EnergyTerms.Measure) {
    var random = RandomStream(seed: 2, name: "starts")
    let minute: Int64 = 60_000_000_000
    for _ in 0..<60 {
      let earliest = Int64.random(in: 0..<4000, using: &random)
      let latest = earliest + Int64.random(in: 0..<1500, using: &random)
      let length = SimDuration(nanoseconds: minute * .random(in: 1..<900, using: &random))
      func amount(_ start: SimTime) -> Double {
        let spend = terms.spend(itWatts: 1000, from: start, to: start + length)
        return measure == .cost ? spend.yuan : spend.carbon_kg
      }
      let best = terms.bestStart(
        lasting: length, from: SimTime(nanoseconds: earliest * minute),
        to: SimTime(nanoseconds: latest * minute), by: measure)
      let starts = (earliest...latest).map { SimTime(nanoseconds: $0 * minute) }
      let least = starts.map(amount).min() ?? 0
      #expect(abs(amount(best) - least) <= 1e-11 * least)
      let first = starts.first { amount($0) <= least * (1 + 1e-11) }
      #expect(best == first)
    }
  }
}
