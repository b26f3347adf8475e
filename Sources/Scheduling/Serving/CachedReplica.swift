// SPDX-License-Identifier: GPL-3.0-or-later

/// A replica that has what the request begins with in its cache, unless others are far sooner.
///
/// Of those that have it the soonest, where it is in time for the promise; else the soonest of all.
/// What stands in the cache need not be taken in again, and counts in what is expected.
struct CachedReplica: RequestRouter {
  let facts = ReplicaFacts(firstToken: true, prefix: true)

  func route(_ request: RequestQuestion) -> Int {
    let cached = request.least { $0.hasPrefix ? $0.firstToken : .infinity }
    let candidate = request.candidates[cached]
    if candidate.hasPrefix, candidate.firstToken <= request.firstToken { return cached }
    return request.least { $0.firstToken }
  }
}
