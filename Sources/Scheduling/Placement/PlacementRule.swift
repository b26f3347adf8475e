// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Policies

/// The placement policies that come with the program.
public enum PlacementRule: String, CaseIterable, Sendable {
  case nearest
  case leastLoaded = "least-loaded"
  case cheapest
  case greenest
  case cheapestWithinLatency = "cheapest-within-latency"
  case joint
  case roundRobin = "round-robin"
  case random
  case powerOfTwoChoices = "power-of-two-choices"
  case eastDataWestComputing = "east-data-west-computing"
  // These share pools by rounds.
  case maxMin = "max-min"
  case maxSum = "max-sum"
  case minMakespan = "min-makespan"
  case equalShares = "equal-shares"

  /// Whether it weighs pools against each other, so that one can be better than another.
  public var weighsPools: Bool {
    switch self {
    case .roundRobin, .random, .powerOfTwoChoices, .maxMin, .maxSum, .minMakespan, .equalShares:
      false
    case .nearest, .leastLoaded, .cheapest, .greenest, .cheapestWithinLatency, .joint,
      .eastDataWestComputing:
      true
    }
  }

  /// Whether it means nothing without a bound on the delay.
  public var needsLatency: Bool { self == .cheapestWithinLatency }

  /// How it shares pools by rounds; nil where it sends each job to a pool once.
  public var sharing: SharingRule? {
    switch self {
    case .maxMin: .best(.maxMin)
    case .maxSum: .best(.maxSum)
    case .minMakespan: .best(.minMakespan)
    case .equalShares: .equal
    case .nearest, .leastLoaded, .cheapest, .greenest, .cheapestWithinLatency, .joint, .roundRobin,
      .random, .powerOfTwoChoices, .eastDataWestComputing:
      nil
    }
  }
}

/// A placement policy with its parameters.
public struct PlacementTerms: Equatable, Sendable {
  /// Who decides.
  public enum Policy: Equatable, Sendable {
    case rule(PlacementRule)
    case outside(OutsidePlacement)
    /// Jobs take turns on all pools.
    case rounds(SharedRounds)
  }

  public var policy: Policy
  /// The delay, one way, within which it chooses; where no pool is, it takes the nearest.
  public var latency: SimDuration?
  /// Nil where a job stays on the pool that it was sent to.
  public var moves: MoveTerms?
  /// Whether a job may have others stopped that count for less.
  public var preempts = false
  /// The program that says whom to stop; nil where a rule does.
  public var preemptProgram: PolicyCommand?

  public init(rule: PlacementRule = .nearest, latency: SimDuration? = nil) {
    self.init(.rule(rule), latency: latency)
  }

  public init(_ policy: Policy, latency: SimDuration? = nil) {
    self.policy = policy
    self.latency = latency
  }

  /// Nil where the policy comes with this program.
  public var outside: OutsidePlacement? {
    if case .outside(let terms) = policy { terms } else { nil }
  }

  /// Nil where jobs are sent to a pool once.
  public var rounds: SharedRounds? {
    if case .rounds(let rounds) = policy { rounds } else { nil }
  }

  /// The policy, at the start of a run; one that is outside is asked by other means, and where jobs
  /// take turns none is.
  package func policy(seed: UInt64) -> any PlacementPolicy {
    guard case .rule(let rule) = policy else { return NearestPool() }
    let policy = rule.policy(seed: seed)
    guard let latency else { return policy }
    return PlacementWithin(bound: latency, policy)
  }
}

extension PlacementRule {
  func policy(seed: UInt64) -> any PlacementPolicy {
    switch self {
    case .nearest: NearestPool()
    case .leastLoaded: LeastLoadedPool()
    case .cheapest, .cheapestWithinLatency: CheapestPool()
    case .greenest: GreenestPool()
    case .joint: JointPlacement()
    case .roundRobin: RoundRobin()
    case .random: RandomPool(seed: seed)
    case .powerOfTwoChoices: PowerOfTwoChoices(seed: seed)
    case .eastDataWestComputing: EastDataWestComputing()
    case .maxMin, .maxSum, .minMakespan, .equalShares:
      preconditionFailure("\(rawValue) shares pools by rounds, and is not asked about a job")
    }
  }
}
