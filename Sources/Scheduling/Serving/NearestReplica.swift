// SPDX-License-Identifier: GPL-3.0-or-later

/// The replica with the least delay; of those at one place the one with the fewest requests.
struct NearestReplica: RequestRouter {
  let facts = ReplicaFacts()

  func route(_ request: RequestQuestion) -> Int {
    request.first { ($0.delay, $0.requests) < ($1.delay, $1.requests) }
  }
}
