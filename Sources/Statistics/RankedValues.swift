// SPDX-License-Identifier: GPL-3.0-or-later

/// Values that are put in order as far as the ranks of some of them ask for it.
///
/// Hoare, "Algorithm 65: Find", CACM 4 (1961). A few quantiles of many values cost a few passes over
/// them; sorting all costs as many as their number has binary digits.
struct RankedValues {
  private var values: [Double]
  /// In order: no value before a fence is greater than one behind it.
  private var fences: [Int]

  /// - Precondition: No value is not a number.
  init(_ values: [Double]) {
    self.values = values
    fences = [0, values.count]
  }

  /// The value that would be in a place, from 0, if all were sorted.
  mutating func value(at rank: Int) -> Double {
    var fence = fences.firstIndex { $0 > rank } ?? fences.count - 1
    while true {
      let range = fences[fence - 1]..<fences[fence]
      guard range.count > Self.few, fences.count < Self.mostFences else {
        values[range].sort()
        return values[rank]
      }
      let middle = values.withUnsafeMutableBufferPointer { Self.divide($0, range) }
      fences.insert(middle, at: fence)
      if middle <= rank { fence += 1 }
    }
  }

  /// So few values are sorted at once.
  private static let few = 16
  /// With so many fences values come in an order that divides them badly: what is left is sorted.
  private static let mostFences = 200

  /// Puts lesser values of a range before greater ones; gives where these begin, which is never at an
  /// end of the range.
  private static func divide(_ values: UnsafeMutableBufferPointer<Double>, _ range: Range<Int>)
    -> Int
  {
    let pivot = median(
      values[range.lowerBound], values[(range.lowerBound + range.upperBound) / 2],
      values[range.upperBound - 1])
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while true {
      while values[low] < pivot { low += 1 }
      while values[high] > pivot { high -= 1 }
      guard low < high else { return high + 1 }
      values.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
