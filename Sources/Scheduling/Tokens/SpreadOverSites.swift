// SPDX-License-Identifier: GPL-3.0-or-later
internal import Traffic

/// All sites by what they can serve, so that all are equally busy.
///
/// Where some sites have no limit all get the same, and those without a limit what the others have
/// no room for. Sources that can reach the same sites are one group; where groups differ, they
/// offer in rounds what they have left, and in each round at least one more site is full.
struct SpreadOverSites: TokenPlacement {
  func answer(to question: TokenQuestion) -> TokenAnswer {
    var placed = PlacedShares(question)
    let isLimited = question.sites.map { $0.speed != nil }
    let reached = question.delays.map { delays in delays.indices.filter { delays[$0] != nil } }
    var groups: [[Int]: [Int]] = [:]
    for (source, sites) in reached.enumerated() { groups[sites, default: []].append(source) }
    for _ in question.sites.indices {
      var offers = [[(site: Int, part: Double)]](repeating: [], count: reached.count)
      for (source, sites) in reached.enumerated() where placed.rest[source] > 0 {
        guard let group = groups[sites] else { continue }
        let rooms = sites.map { isLimited[$0] ? placed.room(at: $0, for: group) : .infinity }
        offers[source] = zip(sites, shares(rooms: rooms)).map {
          (site: $0, part: placed.rest[source] * $1)
        }
      }
      placed.offer(offers)
    }
    return placed.answer(services: question.services.count)
  }

  /// The part of everything that each site gets, where it has room for so many times everything.
  private func shares(rooms: [Double]) -> [Double] {
    let free = rooms.count { $0 == .infinity }
    guard free > 0 else {
      let all = rooms.reduce(0, +)
      return rooms.map { all > 1 ? $0 / all : $0 }
    }
    let even = 1 / Double(rooms.count)
    let limited = rooms.map { $0 < .infinity ? min($0, even) : 0 }
    let rest = (1 - limited.reduce(0, +)) / Double(free)
    return rooms.indices.map { rooms[$0] < .infinity ? limited[$0] : rest }
  }
}

extension PlacedShares {
  /// How many times a site has room for all that some sources have left.
  fileprivate func room(at site: Int, for group: [Int]) -> Double {
    let need = group.reduce(0) { $0 + rest[$1] * needs[$1][site] }
    return need > 0 ? free[site] / need : .infinity
  }
}
