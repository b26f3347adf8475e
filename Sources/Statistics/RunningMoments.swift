// SPDX-License-Identifier: GPL-3.0-or-later

/// The count, mean and variance of numbers that are seen once and not kept.
///
/// Welford, "Note on a method for calculating corrected sums of squares and products",
/// Technometrics 4 (1962): no digits are lost where the mean is large and the variance small.
public struct RunningMoments: Equatable, Sendable {
  public private(set) var count = 0
  /// The mean; 0 where there is no number.
  public private(set) var mean = 0.0
  private var squares = 0.0

  public init() {}

  /// Takes in all the numbers of a sequence.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  public mutating func add(_ value: Double) {
    count += 1
    let before = value - mean
    mean += before / Double(count)
    squares += before * (value - mean)
  }

  /// The unbiased sample variance; 0 where there are fewer than two numbers.
  public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }
}
