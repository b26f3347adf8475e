// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A place on the Earth.
public struct GeographicPoint: Hashable, Sendable {
  /// From -90 at the south pole to 90 at the north pole.
  public let latitude_deg: Double
  /// From -180 to 180, growing eastwards.
  public let longitude_deg: Double

  /// Nil where a coordinate is not a number or outside its range.
  public init?(latitude_deg: Double, longitude_deg: Double) {
    guard abs(latitude_deg) <= 90, abs(longitude_deg) <= 180 else { return nil }
    self.latitude_deg = latitude_deg
    self.longitude_deg = longitude_deg
  }
}

extension GeographicPoint {
  /// The mean radius of the Earth (IUGG: 6371.009 km).
  private static let earthRadius_km = 6371.0

  /// The shortest way over the surface of a spherical Earth.
  ///
  /// It is the haversine formula, which keeps its precision where two places are close to each
  /// other. The Earth's flattening makes it wrong by up to 0.5 %.
  public func greatCircle(to other: GeographicPoint) -> Kilometres {
    let radians = Double.pi / 180
    let rise = sin((other.latitude_deg - latitude_deg) * radians / 2)
    let turn = sin((other.longitude_deg - longitude_deg) * radians / 2)
    let across = cos(latitude_deg * radians) * cos(other.latitude_deg * radians)
    let haversine = rise * rise + across * turn * turn
    // Rounding can carry opposite ends of the Earth past 1, where the arcsine ends.
    return Kilometres(2 * Self.earthRadius_km * asin(min(1, haversine.squareRoot())))
  }
}
