// SPDX-License-Identifier: GPL-3.0-or-later

/// Which part of what each source asks for goes where, at one time of the day.
///
/// What a source asks for takes a part of each site's time, its need there: by source, then by
/// site, above 1 where the site could not serve it alone, and 0 where the site has no limit.
struct TokenPlacement {
  /// By source, then by site.
  var shares: [[Double]]
  /// By source: what found no room anywhere.
  var refused: [Double]

  /// Room below this part of a site's time is what rounding leaves.
  private static let leastRoom = 1e-12

  /// Places what is asked for at sites with some room.
  ///
  /// Nearest first: in rounds, every source offers what it has left to the next site on its list;
  /// a site that is offered more than it has time for takes the same part of each offer. A source
  /// that has come to the end of its list is refused the rest. That is deferred acceptance with
  /// sites that do not care whom they serve: nobody is sent further than to the first site on its
  /// list that was not full before.
  static func nearest(needs: [[Double]], preferences: [[Int]], sites: Int) -> TokenPlacement {
    var placement = TokenPlacement(sources: needs.count, sites: sites)
    var left = [Double](repeating: 1, count: sites)
    for round in 0..<sites {
      var offers = [Double](repeating: 0, count: sites)
      for source in needs.indices {
        let site = preferences[source][round]
        offers[site] += placement.refused[source] * needs[source][site]
      }
      let parts = offers.indices.map { site in
        offers[site] > left[site] + leastRoom ? left[site] / offers[site] : 1
      }
      for source in needs.indices where placement.refused[source] > 0 {
        let site = preferences[source][round]
        let taken = placement.refused[source] * parts[site]
        placement.shares[source][site] = taken
        placement.refused[source] -= taken
      }
      for site in left.indices {
        let rest = left[site] - offers[site] * parts[site]
        left[site] = rest < leastRoom ? 0 : rest
      }
    }
    return placement
  }

  /// Spreads what is asked for over all sites by what they serve of it.
  ///
  /// Where some sites have no limit all get the same, and those without a limit what the others
  /// have no room for.
  static func spread(needs: [[Double]], isLimited: [Bool]) -> TokenPlacement {
    let sites = isLimited.count
    var placement = TokenPlacement(sources: needs.count, sites: sites)
    let rooms = isLimited.indices.map { site in
      let need = needs.reduce(0) { $0 + $1[site] }
      return isLimited[site] && need > 0 ? 1 / need : .infinity
    }
    let shares = shares(rooms: rooms)
    let refused = max(0, 1 - shares.reduce(0, +))
    for source in needs.indices {
      placement.shares[source] = shares
      placement.refused[source] = refused < leastRoom ? 0 : refused
    }
    return placement
  }

  /// The part of everything that each site gets, where it has room for so many times everything.
  private static func shares(rooms: [Double]) -> [Double] {
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

  /// Nothing placed yet.
  private init(sources: Int, sites: Int) {
    shares = Array(repeating: Array(repeating: 0, count: sites), count: sources)
    refused = Array(repeating: 1, count: sources)
  }
}
