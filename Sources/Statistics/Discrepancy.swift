// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// How far points in the unit cube are from being spread evenly; less is better.
///
/// Each compares, over all boxes of a kind, the share of points within with the volume, in closed
/// form and in n^2 d steps. F. J. Hickernell, "A generalized discrepancy and quadrature error
/// bound", Math. Comput. 67 (1998). The squares are given, as SciPy does, but of `star` the root.
///
/// Each needs at least one point, and all points of as many coordinates, from 0 to 1.
public enum Discrepancy {
  /// Over boxes between a point and the nearest corner, squared.
  public static func centred(_ points: [[Double]]) -> Double {
    power(13.0 / 12, points) - 2 * singles(points) { 1 + 0.5 * off($0) - 0.5 * off($0) * off($0) }
      + pairs(points) { 1 + 0.5 * off($0) + 0.5 * off($1) - 0.5 * abs($0 - $1) }
  }

  /// Over boxes that go on at the opposite face, squared.
  public static func wraparound(_ points: [[Double]]) -> Double {
    pairs(points) { 1.5 - abs($0 - $1) * (1 - abs($0 - $1)) } - power(4.0 / 3, points)
  }

  /// The mixture of both, squared.
  ///
  /// Zhou, Fang and Ning, "Mixture discrepancy for quasi-random point sets", J. Complex. 29 (2013).
  public static func mixture(_ points: [[Double]]) -> Double {
    let single = singles(points) { 5.0 / 3 - 0.25 * off($0) - 0.25 * off($0) * off($0) }
    let pair = pairs(points) {
      let apart = abs($0 - $1)
      return 15.0 / 8 - 0.25 * off($0) - 0.25 * off($1) - 0.75 * apart + 0.5 * apart * apart
    }
    return power(19.0 / 12, points) - 2 * single + pair
  }

  /// Over boxes from the origin, not squared.
  ///
  /// T. T. Warnock, "Computational investigations of low-discrepancy point sets" (1972).
  public static func star(_ points: [[Double]]) -> Double {
    let single = singles(points) { (1 - $0 * $0) / 2 }
    let pair = pairs(points) { 1 - max($0, $1) }
    return (power(1.0 / 3, points) - 2 * single + pair).squareRoot()
  }

  /// How far a coordinate is from the middle.
  private static func off(_ coordinate: Double) -> Double { abs(coordinate - 0.5) }

  private static func power(_ base: Double, _ points: [[Double]]) -> Double {
    pow(base, Double(points.first?.count ?? 0))
  }

  /// The mean over points of a product over coordinates.
  private static func singles(_ points: [[Double]], _ factor: (Double) -> Double) -> Double {
    points.reduce(0) { $0 + $1.reduce(1) { $0 * factor($1) } } / Double(points.count)
  }

  /// The mean over pairs of points, each with itself too, of a product over coordinates.
  private static func pairs(
    _ points: [[Double]], _ factor: (Double, Double) -> Double
  ) -> Double {
    var sum = 0.0
    for first in points {
      for second in points {
        sum += zip(first, second).reduce(1) { $0 * factor($1.0, $1.1) }
      }
    }
    return sum / Double(points.count * points.count)
  }
}
