// SPDX-License-Identifier: GPL-3.0-or-later

/// Of the replicas from which the first token is expected within the promise, the one whose power
/// costs least; of equal ones, and where none is in time, the soonest.
struct CheapestReplica: RequestRouter {
  let facts = ReplicaFacts(firstToken: true, yuan: true)

  func route(_ request: RequestQuestion) -> Int {
    var best: Int?
    for (position, candidate) in request.candidates.enumerated()
    where candidate.firstToken <= request.firstToken {
      guard let other = best.map({ request.candidates[$0] }) else {
        best = position
        continue
      }
      if candidate.yuan.isBelow(other.yuan)
        || !other.yuan.isBelow(candidate.yuan) && candidate.firstToken < other.firstToken
      {
        best = position
      }
    }
    return best ?? request.least { $0.firstToken }
  }
}
