// SPDX-License-Identifier: GPL-3.0-or-later

/// What a t test of so many pairs can see.
///
/// Where the true mean is e deviations of the differences, t is noncentral with n - 1 degrees and
/// noncentrality e sqrt(n), and power is its probability beyond the critical value. J. Cohen,
/// *Statistical Power Analysis for the Behavioral Sciences* (1988), 2.3.5. Exact for normal
/// differences, from 2 pairs to 100,000.
public struct PairedPower: Equatable, Sendable {
  public let pairs: Int
  /// The probability of a false alarm.
  public let level: Double
  public let sides: TestSides
  private let criticalValue: Double

  /// - Precondition: There are at least 2 pairs, and the level lies between 0 and a half.
  public init(pairs: Int, level: Double = 0.05, sides: TestSides = .two) {
    precondition(pairs >= 2 && 0 < level && level < 0.5, "no test has such a level or pairs")
    self.pairs = pairs
    self.level = level
    self.sides = sides
    criticalValue = StudentT.upperQuantile(
      level / sides.rawValue, degreesOfFreedom: Double(pairs - 1))
  }

  /// The probability that a mean of so many deviations is seen.
  public func power(effect: Double) -> Double {
    let noncentrality = effect * Double(pairs).squareRoot()
    let above = tail(noncentrality)
    return sides == .one ? above : above + tail(-noncentrality)
  }

  /// The smallest mean, in deviations of the differences, that is seen with this probability.
  ///
  /// Power grows with the mean, so that it is found by halving to the last digit.
  ///
  /// - Precondition: The power lies between the level and 0.999,999.
  public func smallestEffect(power target: Double = 0.8) -> Double {
    precondition(level < target && target <= 0.999_999, "power lies between the level and 1")
    var low = 0.0
    var high = 1.0
    while power(effect: high) < target { (low, high) = (high, 2 * high) }
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high, high - low > 1e-14 * high else { return high }
      if power(effect: middle) < target { low = middle } else { high = middle }
    }
  }

  /// The fewest pairs that see a mean of so many deviations; nil where 100,000 do not.
  public static func pairs(
    effect: Double, power target: Double = 0.8, level: Double = 0.05, sides: TestSides = .two
  ) -> Int? {
    func sees(_ pairs: Int) -> Bool {
      PairedPower(pairs: pairs, level: level, sides: sides).power(effect: effect) >= target
    }
    var tooFew = 1
    var enough = 2
    while !sees(enough) {
      guard enough < 100_000 else { return nil }
      (tooFew, enough) = (enough, min(2 * enough, 100_000))
    }
    while enough - tooFew > 1 {
      let middle = (enough + tooFew) / 2
      if sees(middle) { enough = middle } else { tooFew = middle }
    }
    return enough
  }

  private func tail(_ noncentrality: Double) -> Double {
    StudentT.noncentralUpperTail(
      criticalValue, degreesOfFreedom: Double(pairs - 1), noncentrality: noncentrality)
  }
}
