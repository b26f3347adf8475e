// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Compute

@Suite struct PowerMeterTests {
  private static let day = RunCalendar.nanosecondsOfDay

  @Test(arguments: 0..<16)
  func energyIsTheIntegralOfPower(seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed), name: "power meter")
    let terms = try randomTerms(&random)
    let start = Int64.random(in: 0..<2 * Self.day, using: &random)
    let end = start + Int64.random(in: 1...40 * Self.day, using: &random)
    let changes = randomChanges(from: start, to: end, &random)
    var plain = PlainMeter(terms, changes)
    plain.run(to: end)
    var meter = PowerMeter(terms, at: SimTime(nanoseconds: start))
    for change in changes {
      meter.advance(to: SimTime(nanoseconds: change.at))
      meter.setCap(facilityWatts: change.cap_kW.isFinite ? change.cap_kW * 1000 : nil)
      meter.setPower(itWatts: change.it_kW * 1000)
    }
    meter.advance(to: SimTime(nanoseconds: end))
    let account = meter.account
    same(account.it_kWh, plain.it_kWh)
    same(account.carbon_kg, plain.carbon_kg)
    same(account.peak_kW, plain.peak_kW)
    #expect(abs(account.withheld_kWh - plain.withheld_kWh) <= 1e-9 * (1 + account.it_kWh))
    for period in PricePeriod.allCases {
      same(account.facility_kWh[period], plain.kWh[period] ?? 0)
      same(account.energy_yuan[period], plain.yuan[period] ?? 0)
    }
    let lengths = PricePeriod.allCases.map { account.nanoseconds[$0] }
    #expect(lengths.reduce(0, +) == end - start)
    let months = account.demands.map { "\($0.year)-\($0.month)" }
    #expect(Set(months) == Set(plain.quarters.keys) && Set(months).count == months.count)
    for (month, demand) in zip(months, account.demands) {
      same(demand.highest_kW, plain.demand_kW(ofMonth: month))
    }
    #expect(account.demands.reduce(0) { $0 + $1.covered.nanoseconds } == end - start)
  }

  /// Looking at an account, or stopping on the way, changes nothing but the rounding of sums.
  @Test func stopsOnTheWayDoNotMatter() throws {
    var random = RandomStream(seed: 3, name: "stops")
    let terms = try randomTerms(&random)
    var whole = PowerMeter(terms)
    var stopped = PowerMeter(terms)
    whole.setPower(itWatts: 123_456)
    stopped.setPower(itWatts: 123_456)
    var time: Int64 = 0
    while time < 3 * Self.day {
      time += Int64.random(in: 1...Self.day / 50, using: &random)
      stopped.advance(to: SimTime(nanoseconds: time))
      #expect(stopped.account.it_kWh > 0 && stopped.rates == terms.rates(at: stopped.now))
    }
    whole.advance(to: SimTime(nanoseconds: time))
    same(stopped.account.it_kWh, whole.account.it_kWh)
    same(stopped.account.energy_yuan.sum, whole.account.energy_yuan.sum)
    same(stopped.account.demand_kW, whole.account.demand_kW)
    #expect(stopped.account.nanoseconds == whole.account.nanoseconds)
  }

  @Test func aCapHoldsTheSiteAndTakesFromTheMachines() throws {
    let terms = try hotNoon()
    var meter = PowerMeter(terms)
    meter.setPower(itWatts: 1_000_000)
    meter.setCap(facilityWatts: 1_300_000)
    #expect(!meter.isCapped && meter.facility_kW == 1200)
    // At noon the same machines need more cooling than the cap leaves.
    meter.advance(to: hours(12))
    #expect(meter.isCapped && meter.facility_kW == 1300 && abs(meter.it_kW - 1300 / 1.5) < 1e-9)
    meter.setCap(facilityWatts: nil)
    #expect(!meter.isCapped && meter.facility_kW == 1500)
    meter.advance(to: hours(13))
    #expect(!meter.isCapped && meter.facility_kW == 1200)
    #expect(abs(meter.account.withheld_kWh) < 1e-9)
  }

  /// A run of July 31st and two days of August: two bills, and a part of each.
  @Test func demandIsChargedForEachMonth() throws {
    let calendar = RunCalendar(start: try #require(CalendarDay("2026-07-31")))
    let tariff = Tariff(
      name: "t", every: Tariff.Month(price_yuan_kWh: PeriodAmounts(all: 1)),
      demand_yuan_kW_month: 31)
    var meter = PowerMeter(EnergyTerms(tariff, .constant(1), calendar))
    meter.setPower(itWatts: 100_000)
    meter.advance(to: hours(24))
    meter.setPower(itWatts: 10_000)
    meter.advance(to: hours(72))
    let account = meter.account
    #expect(account.demands.map(\.highest_kW) == [100, 10])
    #expect(account.demands.map(\.month) == [7, 8] && account.demand_kW == 100)
    #expect(account.demandOfMonths_yuan(tariff) == 3410)
    #expect(abs(account.demandOfRun_yuan(tariff) - (100 + 20)) < 1e-9)
  }

  /// The mean over what the run has of it, not over what it would have had.
  @Test func aQuarterHourCutShortCountsWithItsPart() throws {
    var meter = PowerMeter(try hotNoon())
    meter.setPower(itWatts: 1000)
    meter.advance(to: SimTime(nanoseconds: 300_000_000_000))
    #expect(abs(meter.account.demand_kW - 1.2) < 1e-12)
  }
}

extension PowerMeterTests {
  private func same(
    _ value: Double, _ expected: Double, _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(value - expected) <= 1e-9 * abs(expected), "\(value), plainly \(expected)",
      sourceLocation: place)
  }

  private func hours(_ count: Int64) -> SimTime {
    SimTime(nanoseconds: count * RunCalendar.nanosecondsOfHour)
  }

  private func hotNoon() throws -> EnergyTerms {
    let curve = try #require(
      PUECurve([.init(outside_C: 10, pue: 1.2), .init(outside_C: 30, pue: 1.5)]))
    let tariff = Tariff(name: "t", every: Tariff.Month(price_yuan_kWh: PeriodAmounts(all: 1)))
    return EnergyTerms(tariff, .curve(curve, .day(HourlyValues { $0 == 12 ? 30 : 10 })))
  }

  private func randomTerms(_ random: inout RandomStream) throws -> EnergyTerms {
    func window(_ random: inout RandomStream) throws -> ClockWindow {
      let from = Int.random(in: 0..<288, using: &random)
      let to = (from + Int.random(in: 1..<120, using: &random)) % 288
      func clock(_ steps: Int) -> String {
        let minute = steps % 12 * 5
        return "\(steps / 12):\(minute < 10 ? "0" : "")\(minute)"
      }
      return try ClockWindow("\(clock(from))-\(clock(to))")
    }
    func month(_ random: inout RandomStream) throws -> Tariff.Month {
      Tariff.Month(
        price_yuan_kWh: PeriodAmounts(
          sharp: .random(in: 1...2, using: &random), peak: .random(in: 0.7...1, using: &random),
          flat: .random(in: 0.4...0.7, using: &random),
          valley: .random(in: 0.1...0.4, using: &random)),
        windows: Tariff.Windows(
          sharp: [try window(&random)], peak: [try window(&random), try window(&random)],
          valley: [try window(&random)]))
    }
    var tariff = Tariff(
      name: "random", every: try month(&random), demand_yuan_kW_month: 30,
      carbon_kg_kWh: HourlyValues { _ in .random(in: 0.2...0.8, using: &random) },
      green: HourlyValues { _ in .random(in: 0...1, using: &random) })
    tariff[month: 8] = try month(&random)
    let climate = try #require(
      ClimateYear(
        means_C: (0..<12).map { _ in .random(in: -15...30, using: &random) }, swing_C: 12))
    let curve = try #require(
      PUECurve([
        .init(outside_C: 0, pue: 1.1), .init(outside_C: 15, pue: 1.2),
        .init(outside_C: 30, pue: 1.45),
      ]))
    let start = try #require(CalendarDay("2026-07-20"))
    return EnergyTerms(tariff, .curve(curve, .year(climate)), RunCalendar(start: start))
  }

  private func randomChanges(
    from start: Int64, to end: Int64, _ random: inout RandomStream
  ) -> [PlainMeter.Change] {
    let count = Int.random(in: 0..<300, using: &random)
    let times = [start] + (0..<count).map { _ in Int64.random(in: start..<end, using: &random) }
    return Set(times).sorted().map { time in
      let isCapped = Int.random(in: 0..<4, using: &random) == 0
      let isIdle = Int.random(in: 0..<8, using: &random) == 0
      return PlainMeter.Change(
        at: time, it_kW: isIdle ? 0 : .random(in: 1...5000, using: &random),
        cap_kW: isCapped ? .random(in: 0...3000, using: &random) : .infinity)
    }
  }
}
