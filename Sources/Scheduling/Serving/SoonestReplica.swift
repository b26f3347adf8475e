// SPDX-License-Identifier: GPL-3.0-or-later

/// The replica from which the first token is expected first: its work and the way there and back.
struct SoonestReplica: RequestRouter {
  let facts = ReplicaFacts(firstToken: true)

  func route(_ request: RequestQuestion) -> Int { request.least { $0.firstToken } }
}
