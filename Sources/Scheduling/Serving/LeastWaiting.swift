// SPDX-License-Identifier: GPL-3.0-or-later

/// The replica with the fewest requests; of equal ones the nearest.
struct LeastWaiting: RequestRouter {
  let facts = ReplicaFacts()

  func route(_ request: RequestQuestion) -> Int {
    request.first { ($0.requests, $0.delay) < ($1.requests, $1.delay) }
  }
}
