// SPDX-License-Identifier: GPL-3.0-or-later

/// Which part of what each source asks for goes where, at one time of the day.
struct TokenPlacement {
  /// By source, then by site.
  var shares: [[Double]]
  /// By source: what found no room anywhere.
  var refused: [Double]

  /// Places what is asked for at sites with some room.
  ///
  /// Nearest first: in rounds, every source offers what it has left to the next site on its list;
  /// a site that is offered more than it has room for takes the same part of each offer. A source
  /// that has come to the end of its list is refused the rest. That is deferred acceptance with
  /// sites that do not care whom they serve: nobody is sent further than to the first site on its
  /// list that was not full before.
  static func nearest(
    asked: [Double], preferences: [[Int]], rooms: [Double]
  ) -> TokenPlacement {
    var placement = TokenPlacement(sources: asked.count, sites: rooms.count)
    var left = rooms
    var waiting = asked
    for round in 0..<rooms.count {
      var offers = [Double](repeating: 0, count: rooms.count)
      for source in asked.indices { offers[preferences[source][round]] += waiting[source] }
      let parts = rooms.indices.map { site in
        offers[site] > left[site] ? left[site] / offers[site] : 1
      }
      for source in asked.indices where waiting[source] > 0 {
        let site = preferences[source][round]
        let taken = waiting[source] * parts[site]
        placement.shares[source][site] += taken / asked[source]
        waiting[source] -= taken
        left[site] = max(0, left[site] - taken)
      }
    }
    for source in asked.indices where asked[source] > 0 {
      placement.refused[source] = waiting[source] / asked[source]
    }
    return placement
  }

  /// Spreads what is asked for over all sites, by their capacity, or evenly where none has a limit.
  static func spread(asked: [Double], rooms: [Double]) -> TokenPlacement {
    var placement = TokenPlacement(sources: asked.count, sites: rooms.count)
    let isLimited = rooms.allSatisfy { $0 < .infinity }
    let all = rooms.reduce(0, +)
    let total = asked.reduce(0, +)
    let part = isLimited && total > all ? all / total : 1
    for source in asked.indices {
      for site in rooms.indices {
        placement.shares[source][site] =
          part * (isLimited && all > 0 ? rooms[site] / all : 1 / Double(rooms.count))
      }
      placement.refused[source] = 1 - part
    }
    return placement
  }

  private init(sources: Int, sites: Int) {
    shares = Array(repeating: Array(repeating: 0, count: sites), count: sources)
    refused = Array(repeating: 0, count: sources)
  }
}
