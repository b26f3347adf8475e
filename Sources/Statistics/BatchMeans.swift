// SPDX-License-Identifier: GPL-3.0-or-later

/// Batch means of a series that is seen once and whose length is not known.
///
/// Batches are of equal length; whenever there are forty, neighbours are joined in pairs, so that
/// there are always between twenty and forty of them once the series is longer than that. What
/// does not fill the last batch is in the mean and not in the interval.
public struct BatchMeans: Equatable, Sendable {
  public private(set) var count = 0
  private var sum = 0.0
  private var sums: [Double] = []
  private var length = 1
  private var openSum = 0.0
  private var openCount = 0

  private static let most = 40
  private static let fewest = 20

  public init() {
    sums.reserveCapacity(BatchMeans.most)
  }

  public mutating func add(_ value: Double) {
    count += 1
    sum += value
    openSum += value
    openCount += 1
    guard openCount == length else { return }
    sums.append(openSum)
    openSum = 0
    openCount = 0
    if sums.count == BatchMeans.most { join() }
  }

  /// The mean of the whole series; not a number where it is empty.
  public var mean: Double { count > 0 ? sum / Double(count) : .nan }

  /// The interval of the mean; nil for a series of fewer than twenty values.
  public var interval: ConfidenceInterval? {
    guard sums.count >= BatchMeans.fewest else { return nil }
    return ConfidenceInterval(of: RunningMoments(sums.map { $0 / Double(length) }))
  }

  private mutating func join() {
    for index in 0..<sums.count / 2 { sums[index] = sums[2 * index] + sums[2 * index + 1] }
    sums.removeLast(sums.count / 2)
    length *= 2
  }
}
