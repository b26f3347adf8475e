// SPDX-License-Identifier: GPL-3.0-or-later

/// The replica with the fewest requests; of equal ones the nearest.
struct LeastWaiting: RequestRouter {
  func route(_ request: RequestQuestion) -> Int {
    var best = 0
    for (position, candidate) in request.candidates.enumerated() {
      let other = request.candidates[best]
      if (candidate.requests, candidate.delay) < (other.requests, other.delay) { best = position }
    }
    return best
  }
}
