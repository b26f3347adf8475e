// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a record of some kind stands among the others of its kind.
///
/// A number by itself does not say what it counts: a circuit's may be used for a lightpath, and
/// nobody notices. The type of what is counted costs nothing, and the compiler then does. It is
/// public because release builds specialise generic types of other modules only if they are.
public struct Position<Record>: Hashable, Comparable, BitwiseCopyable, Sendable,
  CustomStringConvertible
{
  /// As hot records and digests keep it: four bytes.
  public let number: Int32

  public init(number: Int32) { self.number = number }

  public init(_ index: Int) { number = Int32(index) }

  /// As arrays want it.
  public var index: Int { Int(number) }

  /// What stands where there is no record, in records that are too many for an optional.
  public static var none: Position { Position(number: -1) }

  public var isNone: Bool { number < 0 }

  public var description: String { "\(number)" }

  public static func < (left: Position, right: Position) -> Bool { left.number < right.number }
}
