// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A place on Earth in degrees; south and west are negative.
public struct Position: Equatable, Sendable {
  public var latitude: Double
  public var longitude: Double

  public init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  /// The IUGG's mean radius of the Earth.
  private static let earthRadius_km = 6371.0088

  /// True where both numbers are angles that a place can have.
  var isOnEarth: Bool { latitude.magnitude <= 90 && longitude.magnitude <= 180 }

  /// The length of the great circle to another place, by the haversine formula.
  ///
  /// The Earth is taken as a sphere, which is wrong by at most 0.6%.
  func greatCircle_km(to other: Position) -> Double {
    let radians = Double.pi / 180
    let alongMeridian = sin((other.latitude - latitude) * radians / 2)
    let alongParallel = sin((other.longitude - longitude) * radians / 2)
    let haversine =
      alongMeridian * alongMeridian
      + cos(latitude * radians) * cos(other.latitude * radians) * alongParallel * alongParallel
    return 2 * Self.earthRadius_km * asin(min(1, max(0, haversine).squareRoot()))
  }
}
