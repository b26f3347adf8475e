// SPDX-License-Identifier: GPL-3.0-or-later

/// Power of a site over that of its machines, by the temperature outside.
///
/// Piecewise linear through knots, and flat before the first and behind the last.
public struct PUECurve: Hashable, Sendable {
  public struct Knot: Hashable, Sendable {
    public var outside_C: Double
    public var pue: Double

    public init(outside_C: Double, pue: Double) {
      self.outside_C = outside_C
      self.pue = pue
    }
  }

  /// At least one, from cold to warm.
  public let knots: [Knot]

  /// Puts knots in order; nil without any, where two have one temperature, or one is below 1.
  public init?(_ knots: [Knot]) {
    let ordered = knots.sorted { $0.outside_C < $1.outside_C }
    let isIncreasing = zip(ordered, ordered.dropFirst()).allSatisfy { $0.outside_C < $1.outside_C }
    guard !ordered.isEmpty, isIncreasing, ordered.allSatisfy({ $0.pue >= 1 }) else { return nil }
    self.knots = ordered
  }

  public func pue(outside_C: Double) -> Double {
    guard let next = knots.firstIndex(where: { $0.outside_C > outside_C }) else {
      return knots[knots.count - 1].pue
    }
    guard next > 0 else { return knots[0].pue }
    let (low, high) = (knots[next - 1], knots[next])
    let part = (outside_C - low.outside_C) / (high.outside_C - low.outside_C)
    return low.pue + (high.pue - low.pue) * part
  }
}
