// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel

/// A request that asks who is to answer it, with what a policy may know of it.
///
/// How long the answer gets nobody knows before.
package struct RequestQuestion {
  package var now: SimTime
  package var inputTokens: Double
  /// The bounds that the service has promised; infinite where it has none.
  package var firstToken: Double
  /// Those that have it in reach and take requests, in the order of sites and replicas.
  package var candidates: [ReplicaCandidate]

  package init(
    now: SimTime, inputTokens: Double, firstToken: Double = .infinity,
    candidates: [ReplicaCandidate] = []
  ) {
    self.now = now
    self.inputTokens = inputTokens
    self.firstToken = firstToken
    self.candidates = candidates
  }

  /// The position of the candidate with the least value; of equal ones the first.
  package func least(_ value: (ReplicaCandidate) -> Double) -> Int {
    candidates.positionOfLeast(value)
  }

  /// The position of the candidate that goes before all others; of equal ones the first.
  @inline(__always)
  func first(by goesBefore: (ReplicaCandidate, ReplicaCandidate) -> Bool) -> Int {
    var best = 0
    for position in candidates.indices.dropFirst()
    where goesBefore(candidates[position], candidates[best]) {
      best = position
    }
    return best
  }
}

/// What a routing looks at beside delays and requests; what it does not is not worked out.
package struct ReplicaFacts: BitwiseCopyable, Sendable {
  package var firstToken: Bool
  package var yuan: Bool
  package var prefix: Bool

  package init(firstToken: Bool = false, yuan: Bool = false, prefix: Bool = false) {
    (self.firstToken, self.yuan, self.prefix) = (firstToken, yuan, prefix)
  }
}

/// A replica that could answer a request.
package struct ReplicaCandidate: BitwiseCopyable, Sendable {
  /// Its position among the replicas of all services.
  package var replica: Int32
  /// The delay of the network there and back, in seconds.
  package var delay: Double
  /// Requests that it has, and those of them whose prompts wait, on their way there included.
  package var requests: Int32
  package var waiting: Int32
  // What follows is worked out only where the routing asks for it.
  /// An estimate of when the first token would be there, in seconds from now: what it does, the
  /// prompts before this one and its own, and the network there and back.
  package var firstToken: Double
  /// What power costs there now to take in its prompt by itself, in yuan.
  package var yuan: Double
  /// Whether what the request begins with stands in its cache.
  package var hasPrefix: Bool

  package init(
    replica: Int32, delay: Double = 0, requests: Int32 = 0, waiting: Int32 = 0,
    firstToken: Double = 0, yuan: Double = 0, hasPrefix: Bool = false
  ) {
    self.replica = replica
    self.delay = delay
    self.requests = requests
    self.waiting = waiting
    self.firstToken = firstToken
    self.yuan = yuan
    self.hasPrefix = hasPrefix
  }
}

/// Decides which replica answers a request.
///
/// It is asked once for each, in the order in which they come; it sees what it decided before.
package protocol RequestRouter {
  /// What it looks at of candidates.
  var facts: ReplicaFacts { get }

  /// One of the candidates, of which there is one at least, by its position among them.
  mutating func route(_ request: RequestQuestion) -> Int
}

/// The routings of requests that come with the program.
public enum RequestRouting: String, CaseIterable, Sendable {
  case leastWaiting = "least-waiting"
  case nearest
  case soonest
  case cheapestWithinSLO = "cheapest-within-slo"
  case byCache = "by-cache"
  case roundRobin = "round-robin"
  case random

  /// The policy, at the start of a run.
  package func router(service: String, seed: UInt64) -> any RequestRouter {
    switch self {
    case .leastWaiting: LeastWaiting()
    case .nearest: NearestReplica()
    case .soonest: SoonestReplica()
    case .cheapestWithinSLO: CheapestReplica()
    case .byCache: CachedReplica()
    case .roundRobin: ReplicasInTurn()
    case .random: AnyReplica(service: service, seed: seed)
    }
  }
}
