// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Each replica in its turn.
struct ReplicasInTurn: RequestRouter {
  let facts = ReplicaFacts()
  private var last: Int32 = -1

  mutating func route(_ request: RequestQuestion) -> Int {
    let next = request.candidates.firstIndex { $0.replica > last } ?? 0
    last = request.candidates[next].replica
    return next
  }
}

/// Any replica, all alike.
struct AnyReplica: RequestRouter {
  let facts = ReplicaFacts()
  private var stream: RandomStream

  init(service: String, seed: UInt64) {
    stream = RandomStream(seed: seed, name: "policy/inference/\(service)")
  }

  mutating func route(_ request: RequestQuestion) -> Int {
    guard request.candidates.count > 1 else { return 0 }
    return Int.random(in: request.candidates.indices, using: &stream)
  }
}
