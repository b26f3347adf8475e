// SPDX-License-Identifier: GPL-3.0-or-later

/// The replica with the least delay; of those at one place the one with the fewest requests.
struct NearestReplica: RequestRouter {
  func route(_ request: RequestQuestion) -> Int {
    var best = 0
    for (position, candidate) in request.candidates.enumerated() {
      let other = request.candidates[best]
      if (candidate.delay, candidate.requests) < (other.delay, other.requests) { best = position }
    }
    return best
  }
}
