// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
package import NetworkModel

/// What links with automatic capacity remember from one review to the next.
package struct LinkReviews {
  /// What a direction had carried and could have carried at its last review.
  private struct Book {
    var carried = 0.0
    var offered = 0.0
    var at = SimTime.zero
  }

  /// Two for each lit link, one a direction.
  private var books: [Book]
  /// The lit link of each direction of those with automatic capacity.
  private let positions: [LinkID: Int]
  /// By lit link, whether traffic has come home to it since its last review.
  private var hasReturned: [Bool]
  /// By lit link, whether a fault keeps traffic off it, and the instant that this was found for.
  private var isMissing: [Bool] = []
  private var missingAt = SimTime.distantFuture

  package init(_ links: [LitLink]) {
    books = Array(repeating: Book(), count: 2 * links.count)
    hasReturned = Array(repeating: false, count: links.count)
    let automatic = links.enumerated().filter { $0.element.automatic != nil }
    positions = Dictionary(
      automatic.flatMap { index, link in [(link.forward, index), (link.back, index)] },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether any link has automatic capacity.
  package var isUsed: Bool { !positions.isEmpty }

  /// The bits per second that a direction would have carried since its last review at the capacity
  /// that it has now; side 0 is the way forward, side 1 the way back.
  ///
  /// The share of its capacity that it used tells so where it was down for a while or has grown,
  /// the bits over the time where it has shrunk. Each is too little elsewhere.
  package mutating func need(
    of link: Int, side: Int, carried: Double, offered: Double, capacity: Double, at now: SimTime
  ) -> Double {
    let before = books[2 * link + side]
    books[2 * link + side] = Book(carried: carried, offered: offered, at: now)
    guard offered > before.offered else { return 0 }
    let bits = carried - before.carried
    return max(
      bits / (offered - before.offered) * capacity, bits / (now - before.at).seconds)
  }
}

// MARK: - Traffic that faults keep away

extension LinkReviews {
  /// Notes that traffic comes home to the links of a route.
  package mutating func noteReturn(to route: Route) {
    for link in route.links {
      if let position = positions[link] { hasReturned[position] = true }
    }
  }

  /// Whether traffic has come home to a link since this was asked last.
  package mutating func takeReturn(to link: Int) -> Bool {
    defer { hasReturned[link] = false }
    return hasReturned[link]
  }

  /// Whether a fault keeps traffic off a link; nil where nobody has looked at this instant.
  package func isMissing(_ link: Int, at now: SimTime) -> Bool? {
    missingAt == now ? isMissing[link] : nil
  }

  /// Takes down the routes whose traffic goes elsewhere at an instant.
  package mutating func setMissing(_ routes: [Route], at now: SimTime) {
    missingAt = now
    isMissing = Array(repeating: false, count: hasReturned.count)
    for route in routes {
      for link in route.links {
        if let position = positions[link] { isMissing[position] = true }
      }
    }
  }
}
