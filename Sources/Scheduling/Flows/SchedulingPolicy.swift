// SPDX-License-Identifier: GPL-3.0-or-later
public import Policies

/// The scheduling policies, each with its parameters.
public enum SchedulingPolicy: Equatable, Sendable {
  /// Max-min on top of the floors.
  case fair
  /// The same by the weights of tiers.
  case weighted
  /// Those with the least left to send go first.
  case smallestFirst
  /// Those that are due first go first.
  case earliestDeadline
  /// Fair, but flows begin when a tariff of 24 hours is low.
  case offPeak(prices: [Double])
  /// In the order, or at the rates, that a program says.
  case outside(PolicyCommand)

  package var policy: any FlowScheduling {
    switch self {
    case .fair: FairScheduling()
    case .weighted: WeightedScheduling()
    case .smallestFirst: SmallestFirst()
    case .earliestDeadline: EarliestDeadline()
    case .offPeak(let prices): OffPeak(prices: prices)
    case .outside: OutsideScheduling()
    }
  }

  /// Nil where the policy comes with this program.
  public var command: PolicyCommand? {
    if case .outside(let command) = self { command } else { nil }
  }

  public enum Name: String, CaseIterable, Sendable {
    case fair
    case weighted
    case smallestFirst = "smallest-first"
    case earliestDeadline = "earliest-deadline"
    case offPeak = "off-peak"
  }
}
