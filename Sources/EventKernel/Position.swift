// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a record of some kind stands among the others of its kind.
///
/// A number by itself does not say what it counts: a circuit's may be used for a lightpath, and
/// nobody notices. The type of what is counted costs nothing, and the compiler then does.
package struct Position<Record>: Hashable, Comparable, BitwiseCopyable, Sendable,
  CustomStringConvertible
{
  /// As hot records and digests keep it: four bytes.
  package let number: Int32

  @inlinable
  package init(number: Int32) { self.number = number }

  @inlinable
  package init(_ index: Int) { number = Int32(index) }

  /// As arrays want it.
  @inlinable
  package var index: Int { Int(number) }

  /// What stands where there is no record, in records that are too many for an optional.
  @inlinable
  package static var none: Position { Position(number: -1) }

  @inlinable
  package var isNone: Bool { number < 0 }

  // Written out, since what the compiler makes of them can't be inlined in other modules.
  @inlinable
  package static func == (left: Position, right: Position) -> Bool { left.number == right.number }

  @inlinable
  package func hash(into hasher: inout Hasher) { hasher.combine(number) }

  package var description: String { "\(number)" }

  @inlinable
  package static func < (left: Position, right: Position) -> Bool { left.number < right.number }
}
