// SPDX-License-Identifier: GPL-3.0-or-later

/// A range that holds the true mean with a given probability, and need not be symmetric around it.
public struct MeanInterval: Equatable, Sendable {
  /// What a range was found by.
  public enum Method: String, Equatable, Sendable {
    /// Student's t.
    case student = "t"
    /// The ends farther out of Student's t and of Hall's transformation of it.
    case skewed = "t and Hall"
  }

  public let mean: Double
  public let lower: Double
  public let upper: Double
  /// The probability, such as 0.95.
  public let level: Double
  public let method: Method

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The farther end's distance from the mean, which is what "to within" means.
  public var reach: Double { max(mean - lower, upper - mean) }
}
