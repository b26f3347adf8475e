// SPDX-License-Identifier: GPL-3.0-or-later

/// A rate in bits per second.
public struct BitsPerSecond: Comparable, Hashable, Sendable {
  public var value: Double

  public init(_ value: Double) {
    self.value = value
  }

  public static let zero = BitsPerSecond(0)
  /// No limit at all: the ceiling of a class that has none.
  public static let unlimited = BitsPerSecond(.infinity)

  public static func < (left: BitsPerSecond, right: BitsPerSecond) -> Bool {
    left.value < right.value
  }
}

/// An amount of data in bytes.
///
/// A `Double` holds every whole number of bytes up to 9 PB exactly.
public struct Bytes: Comparable, Hashable, Sendable {
  public var value: Double

  public init(_ value: Double) {
    self.value = value
  }

  public var bits: Double { value * 8 }

  public static func < (left: Bytes, right: Bytes) -> Bool {
    left.value < right.value
  }
}

/// A length of fibre.
public struct Kilometres: Comparable, Hashable, Sendable {
  public var value: Double

  public init(_ value: Double) {
    self.value = value
  }

  public static func < (left: Kilometres, right: Kilometres) -> Bool {
    left.value < right.value
  }
}
