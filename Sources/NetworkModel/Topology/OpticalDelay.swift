// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How long light takes along fibres and through the equipment at their ends.
public struct OpticalDelay: Hashable, Sendable {
  public var perKilometre: SimDuration
  /// The equipment that a fibre of a route adds, however long the fibre is.
  public var perHop: SimDuration

  public init(perKilometre: SimDuration, perHop: SimDuration) {
    self.perKilometre = perKilometre
    self.perHop = perHop
  }

  /// Glass of a group index of 1.468, and equipment that brings the national network to the mean
  /// latency published for it.
  public static let standard = OpticalDelay(
    perKilometre: SimDuration(nanoseconds: 4_900), perHop: SimDuration(nanoseconds: 120_000))

  /// The one-way delay of one fibre, to the nearest nanosecond.
  public func delay(over length: Kilometres) -> SimDuration {
    let nanoseconds = length.value * Double(perKilometre.nanoseconds)
    precondition(
      nanoseconds >= 0 && nanoseconds < 9e18, "A fibre has a length that light can travel.")
    return SimDuration(nanoseconds: Int64(nanoseconds.rounded())) + perHop
  }
}
