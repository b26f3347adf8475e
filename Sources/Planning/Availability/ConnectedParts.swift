// SPDX-License-Identifier: GPL-3.0-or-later

/// Which places reach each other in one state of a network.
struct ConnectedParts {
  private var parents: [Int32]

  init(placeCount: Int) {
    parents = (0..<Int32(placeCount)).map(\.self)
  }

  mutating func join(_ first: Int, _ second: Int) {
    let (one, other) = (root(Int32(first)), root(Int32(second)))
    if one != other { parents[Int(max(one, other))] = min(one, other) }
  }

  mutating func areJoined(_ first: Int, _ second: Int) -> Bool {
    root(Int32(first)) == root(Int32(second))
  }

  /// By place, the number of its part: that of its lowest place.
  mutating func numbers() -> [Int32] { parents.indices.map { root(Int32($0)) } }

  private mutating func root(_ place: Int32) -> Int32 {
    var place = place
    while parents[Int(place)] != place {
      parents[Int(place)] = parents[Int(parents[Int(place)])]
      place = parents[Int(place)]
    }
    return place
  }
}
