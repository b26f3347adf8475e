// SPDX-License-Identifier: GPL-3.0-or-later
import Compute
import Foundation
import Testing

@Suite struct CoolingTests {
  @Test func aCurveIsLinearBetweenKnotsAndFlatOutside() throws {
    let curve = try #require(
      PUECurve([
        .init(outside_C: 30, pue: 1.4), .init(outside_C: 0, pue: 1.1),
        .init(outside_C: 10, pue: 1.2),
      ]))
    let found = [-40, 0, 5, 10, 20, 30, 50].map { curve.pue(outside_C: $0) }
    for (value, expected) in zip(found, [1.1, 1.1, 1.15, 1.2, 1.3, 1.4, 1.4]) {
      #expect(abs(value - expected) < 1e-15)
    }
  }

  @Test func whatIsNoCurveIsRejected() {
    #expect(PUECurve([]) == nil)
    #expect(PUECurve([.init(outside_C: 0, pue: 0.99)]) == nil)
    #expect(PUECurve([.init(outside_C: 0, pue: 1.1), .init(outside_C: 0, pue: 1.2)]) == nil)
    #expect(PUECurve([.init(outside_C: .nan, pue: 1.1), .init(outside_C: 0, pue: 1.2)]) == nil)
  }

  @Test func aDayIsACosineAroundTheMeanOfItsMonth() throws {
    let climate = try #require(
      ClimateYear(means_C: (0..<12).map { Double($0) }, swing_C: 10))
    for hour in 0..<24 {
      let expected = 6 + 5 * cos(2 * Double.pi * (Double(hour) + 0.5 - 15) / 24)
      #expect(abs(climate.celsius(month: 7, hour: hour) - expected) < 1e-12)
    }
    let day = HourlyValues { climate.celsius(month: 3, hour: $0) }
    #expect(abs(day.mean - 2) < 1e-12)
    #expect(ClimateYear(means_C: [1, 2], swing_C: 1) == nil)
    #expect(HourlyValues([1, 2]) == nil)
  }

  @Test func theMeanOfTheYearWeighsMonthsByTheirDays() throws {
    let means = (0..<12).map { $0 == 1 ? 30.0 : 0 }
    let climate = try #require(ClimateYear(means_C: means, swing_C: 0))
    let curve = try #require(
      PUECurve([.init(outside_C: 0, pue: 1), .init(outside_C: 30, pue: 2)]))
    #expect(abs(Cooling.curve(curve, .year(climate)).meanOfYear - (1 + 28.0 / 365)) < 1e-12)
    #expect(Cooling.constant(1.3).meanOfYear == 1.3)
  }
}
