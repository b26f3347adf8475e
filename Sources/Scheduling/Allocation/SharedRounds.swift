// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What decides which part of the time each job has of each type.
public enum SharingRule: Equatable, Sendable {
  /// The allocation that is best by an objective.
  case best(AllocationObjective)
  /// The same of each type for all.
  case equal

  /// The shares of the jobs of a fleet.
  package func allocation(of fleet: SharedFleet) throws(AllocationError) -> Allocation {
    switch self {
    case .best(let objective): try fleet.allocation(for: objective)
    case .equal: fleet.equalShares()
    }
  }
}

/// How jobs share pools by rounds.
public struct SharedRounds: Equatable, Sendable {
  /// As long as those of Gavel, and its time between two allocations.
  public static let standardLength = SimDuration(nanoseconds: 360_000_000_000)
  public static let standardRenewal = SimDuration(nanoseconds: 1_920_000_000_000)
  /// How many pools can be shared: the time of an allocation grows with their third power.
  public static let mostPools = 64

  public var rule: SharingRule
  public var length: SimDuration
  /// Shares are worked out again when jobs have come or gone, but not sooner than after this.
  public var renewal: SimDuration

  public init(
    rule: SharingRule, length: SimDuration = standardLength, renewal: SimDuration = standardRenewal
  ) {
    self.rule = rule
    self.length = length
    self.renewal = renewal
  }
}
