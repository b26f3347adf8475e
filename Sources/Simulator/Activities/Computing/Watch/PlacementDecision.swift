// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// What a policy was asked about a watched job, what it knew, and what it said.
public struct PlacementDecision: Sendable {
  public enum Answer: Equatable, Sendable {
    case placed(pool: String)
    /// It asks again then; nil where it waits for a change.
    case waits(until: SimTime?)
    case refused(String)
  }

  /// A pool that could run the job, as it stood for the policy.
  public struct Candidate: Sendable {
    public var pool: String
    public var delay: SimDuration
    /// What its input takes there over an empty network, in seconds.
    public var transfer: Double
    public var free: Int
    public var waiting: Int
    /// An estimate of what is before it, in seconds.
    public var wait: Double
    public var start: SimTime
    public var end: SimTime
    /// Not a number where nobody says what power costs, or takes.
    public var yuan: Double
    public var carbon_kg: Double
    /// What was really so, where the registry was behind.
    public var actual: (free: Int, waiting: Int)?
    /// Whether its delay is beyond the bound of the placement.
    public var isBeyondBound: Bool
    public var isTaken: Bool

    /// Whether it is out of service, so that nobody knows when a job would begin there.
    public var isOut: Bool { wait == .infinity }
  }

  public var at: SimTime
  public var answer: Answer
  /// One sentence.
  public var reason: String
  /// By their delay, as the policy has them.
  public var candidates: [Candidate] = []
  /// Pools that were no candidates, by why not.
  public var excluded: [(why: PoolExclusion, pools: Int)] = []
}

extension PlacementDecision {
  /// The best of the others by one measure, and what it would have been worth.
  public struct Alternative: Sendable {
    public enum Measure: String, CaseIterable, Sendable {
      case time, money, carbon
    }

    public var measure: Measure
    public var pool: String
    /// Of that pool less those of the one that was taken, by the estimates of the decision.
    public var later: SimDuration
    public var yuan: Double
    public var carbon_kg: Double
  }

  public var taken: Candidate? { candidates.first { $0.isTaken } }

  /// The other pools within the bound that were soonest, cheapest and greenest.
  public var alternatives: [Alternative] {
    guard let taken, !taken.isOut else { return [] }
    return bestOthers.map { measure, best in
      Alternative(
        measure: measure, pool: best.pool, later: best.end - taken.end,
        yuan: best.yuan.beyond(taken.yuan), carbon_kg: best.carbon_kg.beyond(taken.carbon_kg))
    }
  }

  private var bestOthers: [(Alternative.Measure, Candidate)] {
    let others = candidates.filter { !$0.isTaken && !$0.isBeyondBound }
    return Alternative.Measure.allCases.compactMap { measure in
      let known = others.filter { !measure.value(of: $0).isNaN }
      return known.min { measure.value(of: $0) < measure.value(of: $1) }.map { (measure, $0) }
    }
  }

  /// At most so many candidates in their order: the one that was taken, those that were best by
  /// some measure, and the nearest.
  public func candidates(atMost limit: Int) -> [Candidate] {
    guard candidates.count > limit else { return candidates }
    let named = Set(bestOthers.map(\.1.pool) + (taken.map { [$0.pool] } ?? []))
    var room = limit - named.count
    return candidates.filter { candidate in
      if named.contains(candidate.pool) { return true }
      room -= 1
      return room >= 0
    }
  }
}

extension Double {
  /// By how much it is more; nothing where that is a rounding.
  fileprivate func beyond(_ other: Double) -> Double {
    (self - other).magnitude > 1e-12 * other.magnitude || isNaN || other.isNaN ? self - other : 0
  }
}

extension PlacementDecision.Alternative.Measure {
  func value(of candidate: PlacementDecision.Candidate) -> Double {
    switch self {
    case .time: candidate.isOut ? .nan : candidate.end.seconds
    case .money: candidate.yuan
    case .carbon: candidate.carbon_kg
    }
  }
}
