// SPDX-License-Identifier: GPL-3.0-or-later

/// Counts of positive values in buckets of a width in proportion to the value.
///
/// A bucket is the exponent of a `Double` and the first 9 bits of its fraction, so finding it is a
/// shift and no logarithm. Buckets divide an octave evenly, not geometrically, which makes 512 of
/// them where 347 could do; the middle of a bucket is within 2^-10 (0.098 %) of all its values.
struct LogHistogram: Sendable {
  private static let shift: UInt64 = 52 - 9
  /// Bounds the memory to 512 kB and the exact range to 128 octaves, 38 orders of magnitude.
  private static let bucketLimit = 65_536
  private static let octave = 512

  /// Zero, and what is too small for a full fraction.
  private var zeros = 0
  private var counts: [Int] = []
  /// The bucket that the first count is of.
  private var first = 0

  mutating func add(_ value: Double, times: Int = 1) {
    guard value >= .leastNormalMagnitude else {
      zeros += times
      return
    }
    let bucket = Int(truncatingIfNeeded: value.bitPattern >> Self.shift)
    let index = bucket - first
    if index >= 0, index < counts.count {
      counts[index] += times
    } else if index < 0, counts.count == Self.bucketLimit {
      counts[0] += times
    } else {
      addOutside(bucket, times)
    }
  }

  /// The value of a rank, counted from 0.
  func value(at rank: Int) -> Double {
    var below = zeros
    if rank < below { return 0 }
    for (index, count) in counts.enumerated() {
      below += count
      if rank < below { return middle(of: first + index) }
    }
    preconditionFailure("a rank must be below the count")
  }

  private func middle(of bucket: Int) -> Double {
    Double(bitPattern: UInt64(bucket) << Self.shift | 1 << (Self.shift - 1))
  }

  /// Widens the range by whole octaves; where it can't be wider, the lowest buckets become one.
  private mutating func addOutside(_ bucket: Int, _ times: Int) {
    if counts.isEmpty { first = bucket / Self.octave * Self.octave }
    let low = min(first, bucket / Self.octave * Self.octave)
    let high = max(first + counts.count, (bucket / Self.octave + 1) * Self.octave)
    let kept = max(low, high - Self.bucketLimit)
    var widened = [Int](repeating: 0, count: high - kept)
    for (index, count) in counts.enumerated() {
      widened[max(0, first + index - kept)] += count
    }
    widened[max(0, bucket - kept)] += times
    counts = widened
    first = kept
  }
}
