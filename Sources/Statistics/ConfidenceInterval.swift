// SPDX-License-Identifier: GPL-3.0-or-later
private import CGSL

/// A range that holds the true mean with a given probability.
public struct ConfidenceInterval: Equatable, Sendable {
  public let mean: Double
  public let halfWidth: Double
  /// The probability, such as 0.95.
  public let level: Double

  public var lower: Double { mean - halfWidth }
  public var upper: Double { mean + halfWidth }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The interval of the mean of independent, roughly normal numbers, by Student's t.
  ///
  /// Nil where there are fewer than two numbers, as one says nothing about its own spread.
  public init?(of moments: RunningMoments, level: Double = 0.95) {
    guard moments.count >= 2 else { return nil }
    let quantile = StudentT.quantile(
      0.5 + level / 2, degreesOfFreedom: Double(moments.count - 1))
    mean = moments.mean
    halfWidth = quantile * (moments.variance / Double(moments.count)).squareRoot()
    self.level = level
  }

  /// The interval of the mean of a series whose neighbours depend on each other.
  ///
  /// The series is cut into batches of equal length, the means of which are nearly independent
  /// where batches are much longer than the dependence. The warm-up is cut off at the front, and
  /// so is what does not fill a batch. Nil where a batch would hold no number.
  ///
  /// - Precondition: The warm-up is not negative and there are at least 2 batches.
  public init?(batchMeansOf series: [Double], warmUp: Int, batches: Int = 20, level: Double = 0.95)
  {
    precondition(warmUp >= 0 && batches >= 2, "batch means need 2 batches and a warm-up of 0")
    let length = (series.count - warmUp) / batches
    guard length >= 1 else { return nil }
    let start = series.count - length * batches
    var means = RunningMoments()
    for batch in 0..<batches {
      let first = start + batch * length
      means.add(RunningMoments(series[first..<first + length]).mean)
    }
    self.init(of: means, level: level)
  }
}

/// Student's t distribution.
public enum StudentT {
  /// The value that a variable stays below with this probability.
  ///
  /// - Precondition: The probability lies between 0 and 1, and there is a degree of freedom.
  public static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    precondition(0 < probability && probability < 1 && degreesOfFreedom > 0, "t has no such value")
    GSLErrors.keepQuiet
    return gsl_cdf_tdist_Pinv(probability, degreesOfFreedom)
  }
}

/// What GSL does when it finds an error.
enum GSLErrors {
  /// Keeps GSL from ending the process; touch it before any call that can fail.
  static let keepQuiet: Void = { _ = gsl_set_error_handler_off() }()
}
