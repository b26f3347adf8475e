// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// The quantiles, mean, minimum and maximum of any number of values, in bounded memory.
///
/// Up to a limit the values themselves are kept and quantiles are exact. Beyond it they are counted
/// in buckets of a width in proportion to the value, so that every quantile is within 0.1 % of the
/// exact one (Masson, Rim and Lee, "DDSketch", VLDB 2019).
public struct QuantileSketch: Sendable {
  public private(set) var count = 0
  /// The least value; infinity where there is none.
  public private(set) var minimum = Double.infinity
  /// The greatest value; 0 where there is none.
  public private(set) var maximum = 0.0
  private var sum = CompensatedSum()
  private var exactLimit: Int
  private var values: [Double] = []
  private var histogram = LogHistogram()

  /// Makes a sketch that is exact up to a number of values.
  public init(exactLimit: Int = 65_536) {
    self.exactLimit = exactLimit
  }

  /// The mean; 0 where there is no value.
  public var mean: Double { count > 0 ? sum.value / Double(count) : 0 }

  /// Whether quantiles are still exact.
  public var isExact: Bool { count <= exactLimit }

  /// Takes in a value.
  ///
  /// - Precondition: The value is finite and not negative.
  public mutating func add(_ value: Double) {
    precondition(value >= 0 && value < .infinity, "a sketch takes finite values from 0 on")
    count += 1
    sum.add(value)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    if count > exactLimit {
      if !values.isEmpty { spill() }
      histogram.add(value)
    } else {
      values.append(value)
    }
  }

  /// Takes in a value as often as is said, which quantiles are exact no more behind.
  ///
  /// - Precondition: The value is finite and not negative, and the number too.
  public mutating func add(_ value: Double, times: Int) {
    precondition(value >= 0 && value < .infinity, "a sketch takes finite values from 0 on")
    precondition(times >= 0, "a value is there no less than not at all")
    guard times > 0 else { return }
    exactLimit = -1
    if !values.isEmpty { spill() }
    count += times
    sum.add(value * Double(times))
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    histogram.add(value, times: times)
  }

  /// The value below which a fraction of the values lie; nil where there is no value.
  public func quantile(_ fraction: Double) -> Double? {
    quantiles([fraction]).first
  }

  /// The quantiles of several fractions in one pass; none where there is no value.
  ///
  /// Hyndman and Fan's type 7, the default of R and NumPy: with the values sorted and counted from
  /// 0, the one at position `fraction * (count - 1)`, interpolated between its neighbours.
  ///
  /// - Precondition: Each fraction is from 0 to 1.
  public func quantiles(_ fractions: [Double]) -> [Double] {
    guard count > 0 else { return [] }
    var ranked = RankedValues(values)
    return fractions.map { fraction in
      precondition(0 <= fraction && fraction <= 1, "a quantile's fraction is from 0 to 1")
      let position = fraction * Double(count - 1)
      let lower = Int(position)
      let below = value(at: lower, &ranked)
      let above = value(at: min(lower + 1, count - 1), &ranked)
      let quantile = below + (above - below) * (position - Double(lower))
      return min(max(quantile, minimum), maximum)
    }
  }

  private func value(at rank: Int, _ ranked: inout RankedValues) -> Double {
    if isExact { return ranked.value(at: rank) }
    if rank == 0 { return minimum }
    return rank == count - 1 ? maximum : histogram.value(at: rank)
  }

  private mutating func spill() {
    for value in values { histogram.add(value) }
    values = []
  }
}

/// A sum whose error does not grow with the number of terms.
///
/// Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54
/// (1974).
struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var compensation = 0.0

  mutating func add(_ term: Double) {
    let next = sum + term
    compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  var value: Double { sum + compensation }
}
