// SPDX-License-Identifier: GPL-3.0-or-later
public import Statistics

/// What one step along an axis does to a metric, all else being equal.
///
/// Each pair has the same scenario, the same levels of all other axes, and the same seed. Pairs of one
/// seed met the same arrivals: their mean is one observation, however many there are.
public struct AxisEffect: Sendable {
  public let axis: String
  /// The first level of the axis, with which the other is compared.
  public let from: String
  public let to: String
  /// The mean of the metric at the first level, over the pairs.
  public let base: Double
  public let pairs: Int
  /// Over seeds, of the mean of the pairs of each.
  public let difference: MeanEstimate
}

/// The share of a metric's variance that an axis answers for.
public struct AxisShare: Sendable {
  public let axis: String
  /// By itself.
  public let first: ConfidenceInterval
  /// With all its interactions.
  public let total: ConfidenceInterval
}
