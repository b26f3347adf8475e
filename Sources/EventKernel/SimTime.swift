// SPDX-License-Identifier: GPL-3.0-or-later

/// An instant of simulated time, in whole nanoseconds since the start of the run.
public struct SimTime: Comparable, Hashable, Sendable, BitwiseCopyable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  public static let zero = SimTime(nanoseconds: 0)
  public static let distantFuture = SimTime(nanoseconds: .max)

  public var seconds: Double { Double(nanoseconds) / 1e9 }

  public static func < (left: SimTime, right: SimTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Adds a duration; an instant past the last one that can be represented stays at the last one.
  public static func + (time: SimTime, duration: SimDuration) -> SimTime {
    let (sum, overflow) = time.nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return overflow ? .distantFuture : SimTime(nanoseconds: sum)
  }

  public static func - (later: SimTime, earlier: SimTime) -> SimDuration {
    SimDuration(nanoseconds: later.nanoseconds - earlier.nanoseconds)
  }
}

/// A length of simulated time, in whole nanoseconds.
public struct SimDuration: Comparable, Hashable, Sendable, BitwiseCopyable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The nearest whole nanosecond; nil where the seconds are not a number or too many to hold.
  public init?(seconds: Double) {
    let nanoseconds = (seconds * 1e9).rounded()
    guard abs(nanoseconds) < 9.2e18 else { return nil }
    self.nanoseconds = Int64(nanoseconds)
  }

  public static let zero = SimDuration(nanoseconds: 0)

  public var seconds: Double { Double(nanoseconds) / 1e9 }

  public static func < (left: SimDuration, right: SimDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  public static func - (longer: SimDuration, shorter: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: longer.nanoseconds - shorter.nanoseconds)
  }

  /// Adds two lengths; a sum too long to be represented stays at the longest that can be.
  public static func + (left: SimDuration, right: SimDuration) -> SimDuration {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return SimDuration(nanoseconds: overflow ? .max : sum)
  }

  /// The nearest nanosecond that 53 bits can hold; a length beyond all is the longest.
  public func scaled(by factor: Double) -> SimDuration {
    let product = (Double(nanoseconds) * factor).rounded()
    return SimDuration(nanoseconds: product < 0x1p63 ? Int64(product) : .max)
  }
}
