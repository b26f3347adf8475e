// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The test of a mean difference by flipping signs: were it 0, each could as well be the other.
///
/// p is the share of all 2^n choices of signs whose sum is at least as far out as the one seen.
/// R. A. Fisher, *The Design of Experiments* (1935), 21; exact where differences are symmetric
/// around their mean, whatever their distribution. With n pairs p cannot be below 2^-n.
public struct SignFlipTest: Equatable, Sendable {
  /// Up to so many differences that are not 0 all choices are counted, in 16 MB.
  public static let exactLimit = 40

  /// The mean difference; 0 where there is none.
  public let mean: Double
  public let p: TailProbabilities
  /// Whether all choices were counted, and not a sample of them.
  public let isExact: Bool

  /// Where there are too many choices to count, some are drawn with a seed.
  ///
  /// - Precondition: Differences are finite, and at least one choice is drawn.
  public init(differences: [Double], resamples: Int = 100_000, seed: UInt64 = 1) {
    precondition(differences.allSatisfy(\.isFinite) && resamples > 0, "a difference is not finite")
    mean = RunningMoments(differences).mean
    // Flipping a 0 changes nothing, so that leaving it out leaves all shares as they are.
    let differences = differences.filter { $0 != 0 }
    isExact = differences.count <= Self.exactLimit
    p =
      isExact
      ? Self.exact(differences) : Self.sampled(differences, resamples: resamples, seed: seed)
  }

  /// What sums may differ by and still count as equal, as they are added in different orders.
  private static func slack(_ differences: [Double]) -> Double {
    1e-12 * differences.reduce(0) { $0 + abs($1) }
  }

  /// Counts by meeting in the middle: all sums of either half, sorted, and one walk over both.
  ///
  /// E. Horowitz and S. Sahni, "Computing partitions", J. ACM 21 (1974).
  private static func exact(_ differences: [Double]) -> TailProbabilities {
    let middle = differences.count / 2
    let left = sums(differences[..<middle])
    let right = sums(differences[middle...])
    let slack = slack(differences)
    let seen = differences.reduce(0, +)
    // All sums lie as often above a value as below its negative.
    return TailProbabilities(
      greater: share(left, right, atLeast: seen - slack),
      less: share(left, right, atLeast: -seen - slack))
  }

  /// The sums of all choices of signs, ascending: those of one number more are two lists merged.
  private static func sums(_ numbers: ArraySlice<Double>) -> [Double] {
    numbers.reduce(into: [0.0]) { sums, number in
      let step = abs(number)
      var merged: [Double] = []
      merged.reserveCapacity(2 * sums.count)
      var low = 0
      for sum in sums {
        while low < sums.count, sums[low] + step <= sum - step {
          merged.append(sums[low] + step)
          low += 1
        }
        merged.append(sum - step)
      }
      for sum in sums[low...] { merged.append(sum + step) }
      sums = merged
    }
  }

  private static func share(
    _ left: [Double], _ right: [Double], atLeast threshold: Double
  ) -> Double {
    var count = 0
    var first = right.count
    for sum in left {
      while first > 0, sum + right[first - 1] >= threshold { first -= 1 }
      count += right.count - first
    }
    return Double(count) / (Double(left.count) * Double(right.count))
  }

  /// Draws choices, and counts the one seen as drawn.
  ///
  /// So p is never 0 and the test never too eager: B. Phipson and G. K. Smyth, Stat. Appl. Genet.
  /// Mol. Biol. 9 (2010).
  private static func sampled(
    _ differences: [Double], resamples: Int, seed: UInt64
  ) -> TailProbabilities {
    var stream = RandomStream(seed: seed, name: "sign-flip")
    let slack = slack(differences)
    let seen = differences.reduce(0, +)
    var greater = 1.0
    var less = 1.0
    for _ in 0..<resamples {
      let sum = flippedSum(differences, &stream)
      if sum >= seen - slack { greater += 1 }
      if sum <= seen + slack { less += 1 }
    }
    let drawn = Double(resamples) + 1
    return TailProbabilities(greater: greater / drawn, less: less / drawn)
  }

  private static func flippedSum(_ numbers: [Double], _ stream: inout RandomStream) -> Double {
    var bits: UInt64 = 0
    var sum = 0.0
    for (index, number) in numbers.enumerated() {
      if index % 64 == 0 { bits = stream.next() }
      sum += bits & 1 == 0 ? number : -number
      bits >>= 1
    }
    return sum
  }
}
