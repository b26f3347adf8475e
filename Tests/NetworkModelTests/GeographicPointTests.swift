// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Testing

@Suite struct GeographicPointTests {
  private func point(_ latitude: Double, _ longitude: Double) throws -> GeographicPoint {
    try #require(GeographicPoint(latitude_deg: latitude, longitude_deg: longitude))
  }

  /// On a sphere of 6371 km a degree of a great circle is 6371 pi / 180 = 111.1949 km.
  ///
  /// Across the date line at 60 degrees north: 2 x 6371 asin(cos 60 sin 0.5) = 55.5969 km.
  @Test(
    arguments: [
      (0, 0, 0, 1, 111.194_927), (0, 0, 1, 0, 111.194_927), (60, 179.5, 60, -179.5, 55.596_934),
      (90, 0, -90, 0, 20_015.0868), (0, 0, 0, 180, 20_015.0868), (90, 12, 90, -77, 0),
      (30, 120, 30, 120, 0),
    ] as [(Double, Double, Double, Double, Double)])
  func arcsOfKnownAngleHaveTheirLength(
    latitude: Double, longitude: Double, otherLatitude: Double, otherLongitude: Double,
    length_km: Double
  ) throws {
    let here = try point(latitude, longitude)
    let there = try point(otherLatitude, otherLongitude)
    #expect(abs(here.greatCircle(to: there).value - length_km) < 1e-3)
    #expect(here.greatCircle(to: there) == there.greatCircle(to: here))
  }

  /// The classic airport example: Nashville to Los Angeles, 2887.26 km with a radius of 6372.8 km.
  @Test func aPublishedExampleIsMet() throws {
    let length = try point(36.12, -86.67).greatCircle(to: point(33.94, -118.40))
    #expect(abs(length.value * 6372.8 / 6371 - 2887.26) < 0.01)
  }

  @Test func placesOffTheEarthHaveNoSpelling() {
    #expect(GeographicPoint(latitude_deg: 90.1, longitude_deg: 0) == nil)
    #expect(GeographicPoint(latitude_deg: 0, longitude_deg: -180.5) == nil)
    #expect(GeographicPoint(latitude_deg: .nan, longitude_deg: 0) == nil)
    #expect(GeographicPoint(latitude_deg: -90, longitude_deg: 180) != nil)
  }
}
