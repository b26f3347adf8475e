// SPDX-License-Identifier: GPL-3.0-or-later

/// The plain solver: what `Sharing` computes, from nothing and without any haste.
///
/// Progressive filling as the textbook has it (Bertsekas and Gallager, Data Networks, 6.5.2):
/// raise one common level until a link is full or a ceiling is reached, hold what that concerns,
/// and go on with the rest. It is there to be read, and for
/// tests to compare with.
///
/// - Complexity: O(classes x links x path length).
public struct ReferenceSharing {
  /// A class as this solver sees it: its links, how many flows it has, and their terms.
  public struct Demand {
    public var path: [Int]
    public var flows: Int
    public var terms: FlowTerms

    public init(path: [Int], flows: Int, terms: FlowTerms) {
      self.path = path
      self.flows = flows
      self.terms = terms
    }
  }

  /// The rate of one flow of each class.
  public static func rates(capacities: [Double], demands: [Demand]) -> [Double] {
    var left = capacities
    var rates = Array(repeating: 0.0, count: demands.count)
    for layer in Set(demands.map(\.terms.layer)).sorted() {
      let members = demands.indices.filter {
        demands[$0].terms.layer == layer && demands[$0].flows > 0
      }
      fill(members, of: demands, left: &left, rates: &rates)
    }
    return rates
  }

  private static func fill(
    _ members: [Int], of demands: [Demand], left: inout [Double], rates: inout [Double]
  ) {
    var open = members
    while !open.isEmpty {
      let links = Set(open.flatMap { demands[$0].path }).sorted()
      let levels = links.map { link -> Double in
        let crossing = open.filter { demands[$0].path.contains(link) }
        return fullLevel(of: crossing.map { demands[$0] }, room: left[link])
      }
      let limits = open.map { demands[$0].terms.levelLimit }
      let level = min(levels.min() ?? .infinity, limits.min() ?? .infinity)
      let full = Set(zip(links, levels).filter { $0.1 <= level }.map(\.0))
      let held = open.filter {
        demands[$0].terms.levelLimit <= level || !full.isDisjoint(with: demands[$0].path)
      }
      for index in held {
        rates[index] = demands[index].terms.rate(at: level)
        for link in demands[index].path {
          left[link] = max(0, left[link] - rates[index] * Double(demands[index].flows))
        }
      }
      open.removeAll { held.contains($0) }
    }
  }

  /// The level at which a link is full if all that cross it rise together.
  private static func fullLevel(of crossing: [Demand], room: Double) -> Double {
    let floors = crossing.reduce(0) { $0 + Double($1.flows) * $1.terms.floor }
    if floors > room { return WaterLevel.keeping(room / floors) }
    let weights = crossing.reduce(0) { $0 + Double($1.flows) * $1.terms.weight }
    return (room - floors) / weights
  }
}
