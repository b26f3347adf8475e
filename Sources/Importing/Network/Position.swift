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

  /// The place at a part of the way to another along the great circle; nil where the two are
  /// opposite each other and every way is one.
  func along(_ part: Double, to other: Position) -> Position? {
    let angle = greatCircle_km(to: other) / Self.earthRadius_km
    guard sin(angle) > 1e-9 else { return angle < 1 ? self : nil }
    let (first, second) = (sin((1 - part) * angle) / sin(angle), sin(part * angle) / sin(angle))
    let (from, to) = (direction, other.direction)
    let (x, y) = (first * from.x + second * to.x, first * from.y + second * to.y)
    let z = first * from.z + second * to.z
    return Position(
      latitude: atan2(z, (x * x + y * y).squareRoot()) * 180 / .pi,
      longitude: atan2(y, x) * 180 / .pi)
  }

  /// The place as a point of the unit sphere.
  private var direction: (x: Double, y: Double, z: Double) {
    let (north, east) = (latitude * .pi / 180, longitude * .pi / 180)
    return (cos(north) * cos(east), cos(north) * sin(east), sin(north))
  }
}
