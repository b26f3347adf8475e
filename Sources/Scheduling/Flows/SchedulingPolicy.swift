// SPDX-License-Identifier: GPL-3.0-or-later

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

  package var policy: any FlowScheduling {
    switch self {
    case .fair: FairScheduling()
    case .weighted: WeightedScheduling()
    case .smallestFirst: SmallestFirst()
    case .earliestDeadline: EarliestDeadline()
    case .offPeak(let prices): OffPeak(prices: prices)
    }
  }

  public enum Name: String, CaseIterable, Sendable {
    case fair
    case weighted
    case smallestFirst = "smallest-first"
    case earliestDeadline = "earliest-deadline"
    case offPeak = "off-peak"
  }
}
