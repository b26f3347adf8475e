// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A sample of at most so many of any number of values, each as likely as any other.
///
/// Algorithm R of J. S. Vitter, "Random sampling with a reservoir", ACM Trans. Math. Softw. 11
/// (1985). Its stream has a fixed seed: the same values give the same sample in every run.
public struct Reservoir: Sendable {
  public private(set) var values: [Double] = []
  private var count: UInt64 = 0
  private let size: Int
  private var stream: RandomStream

  /// - Precondition: The size is above 0.
  public init(size: Int, name: String) {
    precondition(size > 0, "a sample has room for a value")
    self.size = size
    stream = RandomStream(seed: 1, name: name)
  }

  public mutating func add(_ value: Double) {
    count += 1
    if values.count < size { return values.append(value) }
    let position = Int(stream.next().multipliedFullWidth(by: count).high)
    if position < size { values[position] = value }
  }
}
