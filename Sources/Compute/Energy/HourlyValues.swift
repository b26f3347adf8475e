// SPDX-License-Identifier: GPL-3.0-or-later

/// A number for each hour of the day, constant within the hour.
public struct HourlyValues: Hashable, Sendable {
  /// Always 24.
  public let values: [Double]

  /// The same at all hours.
  public init(constant value: Double) {
    values = [Double](repeating: value, count: Self.count)
  }

  /// Nil where there are not 24 numbers.
  public init?(_ values: [Double]) {
    guard values.count == Self.count else { return nil }
    self.values = values
  }

  /// Of a function of the hour, from 0 to 23.
  public init(_ value: (Int) -> Double) {
    values = (0..<Self.count).map(value)
  }

  public subscript(hour: Int) -> Double { values[hour] }

  public var mean: Double { values.reduce(0, +) / Double(Self.count) }

  /// Hours of a day.
  public static let count = 24
}
