// SPDX-License-Identifier: GPL-3.0-or-later

/// Which part of what each source asks for goes where, while it is worked out in rounds.
///
/// A source's services are all placed alike. What a source asks for takes a part of each site's
/// time, its need there: above 1 where the site could not serve it alone, and 0 where the site has
/// no limit.
struct PlacedShares {
  let needs: [[Double]]
  /// By source, then by site.
  private(set) var shares: [[Double]]
  /// By source: what has found no room so far.
  private(set) var rest: [Double]
  /// By site: the part of its time that is free.
  private(set) var free: [Double]

  /// Room below this part of a site's time is what rounding leaves.
  private static let leastRoom = 1e-12

  /// Nothing is placed yet.
  init(_ question: TokenQuestion) {
    needs = question.needs
    shares = Array(
      repeating: Array(repeating: 0, count: question.sites.count), count: question.asked.count)
    rest = Array(repeating: 1, count: question.asked.count)
    free = Array(repeating: 1, count: question.sites.count)
  }

  /// A round: each source offers parts of what it asks for to sites.
  ///
  /// A site that is offered more than it has time for takes the same part of each offer.
  mutating func offer(_ parts: [[(site: Int, part: Double)]]) {
    var offers = [Double](repeating: 0, count: free.count)
    for (source, parts) in parts.enumerated() {
      for (site, part) in parts { offers[site] += part * needs[source][site] }
    }
    let taken = offers.indices.map { site in
      offers[site] > free[site] + Self.leastRoom ? free[site] / offers[site] : 1
    }
    for (source, parts) in parts.enumerated() {
      for (site, part) in parts {
        shares[source][site] += part * taken[site]
        rest[source] -= part * taken[site]
      }
    }
    for site in free.indices {
      let left = free[site] - offers[site] * taken[site]
      free[site] = left < Self.leastRoom ? 0 : left
    }
  }

  /// The answer where nothing more finds room.
  func answer(services: Int) -> TokenAnswer {
    TokenAnswer(
      parts: shares.map { Array(repeating: $0, count: services) },
      refused: rest.map { Array(repeating: $0 < Self.leastRoom ? 0 : $0, count: services) })
  }
}
