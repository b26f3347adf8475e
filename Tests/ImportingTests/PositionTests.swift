// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Importing

@Suite struct PositionTests {
  /// The angle between two unit vectors, by their cross and dot product.
  private func angle(_ first: Position, _ second: Position) -> Double {
    let (a, b) = (vector(first), vector(second))
    let cross = (
      a.1 * b.2 - a.2 * b.1, a.2 * b.0 - a.0 * b.2, a.0 * b.1 - a.1 * b.0
    )
    let length = (cross.0 * cross.0 + cross.1 * cross.1 + cross.2 * cross.2).squareRoot()
    return atan2(length, a.0 * b.0 + a.1 * b.1 + a.2 * b.2)
  }

  private func vector(_ position: Position) -> (Double, Double, Double) {
    let latitude = position.latitude * .pi / 180
    let longitude = position.longitude * .pi / 180
    return (cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
  }

  @Test func greatCirclesAreAnglesBetweenVectors() {
    let degrees = [-90, -67.5, -10, 0, 0.001, 31.2, 89.9]
    let places = degrees.flatMap { latitude in
      [-180, -121.5, 0, 0.002, 116.4, 180].map {
        Position(latitude: latitude, longitude: $0)
      }
    }
    for first in places {
      for second in places {
        let expected = angle(first, second) * 6371.0088
        let found = first.greatCircle_km(to: second)
        // At antipodes the haversine formula keeps half of the digits.
        #expect((found - expected).magnitude <= 1e-9 * expected + (expected > 20_000 ? 1e-3 : 1e-9))
      }
    }
  }
}
