// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Statistics
import Testing
import Traffic

/// Rates that go up and down: where arrivals fall, and that nothing else changes.
@Suite struct RateCurveTests {
  private static let hour: Int64 = 3_600_000_000_000
  private static let hours = (0..<24).map { hour in
    [0.2, 0.0, 0.5, 1.0, 1.5, 3.0][hour % 6] * (1 + Double(hour) / 24)
  }
  private static let days = [1, 1.2, 0.9, 1, 1.1, 0.3, 0]

  private func arrivals(
    _ process: ArrivalProcess, _ curve: RateCurve, count: Int? = nil, weeks: Int64? = nil,
    start: Int64 = 0
  ) -> [SimTime] {
    let stop = weeks.map { SimTime(nanoseconds: $0 * 168 * Self.hour) } ?? .distantFuture
    var state = GeneratorState(
      Generator(
        name: "g", trafficClass: 0, arrivals: process, sizes: .fixed(1),
        routes: [.init(route: 0, weight: 1)], start: SimTime(nanoseconds: start), stop: stop,
        count: count, curve: curve), seed: 5)
    var all: [SimTime] = []
    while let flow = state.next() { all.append(flow.start) }
    return all
  }

  @Test func theFactorIsThatOfTheHourTimesThatOfTheDay() {
    let curve = RateCurve(daily: Self.hours, weekly: Self.days)
    for (hour, factor) in [
      (0, Self.hours[0]), (5, Self.hours[5]), (24 + 7, 1.2 * Self.hours[7]), (6 * 24 + 3, 0),
      (7 * 24 + 9, Self.hours[9]),
    ] {
      let end = Int64(hour + 1) * Self.hour
      #expect(curve.factor(at: SimTime(nanoseconds: end - Self.hour)) == factor)
      #expect(curve.factor(at: SimTime(nanoseconds: end - 1)) == factor)
    }
    #expect(RateCurve.flat.factor(at: SimTime(nanoseconds: 7)) == 1)
  }

  @Test func countsByHourFollowTheCurve() {
    let weeks: Int64 = 40
    let curve = RateCurve(daily: Self.hours, weekly: Self.days)
    let all = arrivals(.poisson(perSecond: 0.05), curve, weeks: weeks)
    var counts = Array(repeating: 0, count: 168)
    for time in all { counts[Int(time.nanoseconds / Self.hour % 168)] += 1 }
    for hour in 0..<168 {
      let expected = 0.05 * 3600 * Double(weeks) * Self.hours[hour % 24] * Self.days[hour / 24]
      // Counts are Poisson: five standard deviations, and none at all where the factor is 0.
      #expect(abs(Double(counts[hour]) - expected) <= 5 * expected.squareRoot(), "hour \(hour)")
    }
    #expect(all == all.sorted())
  }

  @Test(arguments: [600.0, 7_200, 90_000, 3e6, 2e8])
  func gapsAreThoseOfTheProcessOnTheCurvesOwnTime(gap: Double) {
    let curve = RateCurve(daily: Self.hours, weekly: Self.days)
    let start: Int64 = 26 * Self.hour + 1_234_567_890
    let all = arrivals(.deterministic(perSecond: 1 / gap), curve, count: 20, start: start)
    #expect(all.count == 20)
    let origin = integral(to: SimTime(nanoseconds: start))
    for (number, time) in all.enumerated() {
      let grown = integral(to: time) - origin
      // Half a nanosecond of rounding at each arrival, and 53 bits.
      #expect(abs(grown - Double(number) * gap) < 1e-6 + 1e-13 * grown)
    }
  }

  /// The integral of the factor in seconds, hour by hour.
  private func integral(to time: SimTime) -> Double {
    let whole = time.nanoseconds / Self.hour
    func factor(_ hour: Int64) -> Double {
      Self.hours[Int(hour % 24)] * Self.days[Int(hour / 24 % 7)]
    }
    let rest = Double(time.nanoseconds % Self.hour) / 1e9 * factor(whole)
    return (0..<whole).reduce(0) { $0 + factor($1) * 3600 } + rest
  }

  @Test func theFirstOfRegularFlowsWaitsForTheRate() {
    // Nothing from 1 h to 2 h: the flow that would come at 1 h does so at 2 h.
    let curve = RateCurve(daily: Self.hours)
    let all = arrivals(.deterministic(perSecond: 1), curve, count: 1, start: Self.hour)
    #expect(all.map(\.nanoseconds) == [2 * Self.hour])
  }

  @Test func aCurveOfOnesChangesNothing() {
    let flat = arrivals(.bursty(perSecond: 0.01, variation: 3), .flat, count: 1000)
    let ones = arrivals(
      .bursty(perSecond: 0.01, variation: 3),
      RateCurve(daily: [1, 1, 1], weekly: [1, 1, 1, 1, 1, 1, 1]), count: 1000)
    // Where a part of the day ends, what rounding leaves over is dropped.
    for (one, other) in zip(flat, ones) { #expect(abs((one - other).nanoseconds) < 10_000) }
  }

  @Test func whatComesTooLateNeverComes() {
    let curve = RateCurve(daily: [1, 0])
    #expect(arrivals(.deterministic(perSecond: 1e-12), curve, count: 3).count == 1)
  }
}
