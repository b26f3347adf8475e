// SPDX-License-Identifier: GPL-3.0-or-later

/// The shares of flows as docs/model/sharing.md defines them, worked out as a person would.
///
/// Layer by layer, the fullest link first: the level at which a link is full is found, the lowest
/// of all levels holds, and who crosses that link is done. It shares no code with the solver.
struct PlainSharing {
  struct Flow {
    var path: [Int]
    var layer: Int
    var weight: Double
    var floor: Double
    var ceiling: Double

    /// The rate at a level: floors in proportion below 0, weights on top of them above.
    func rate(_ level: Double) -> Double {
      level < 0 ? floor * (1 + level) : min(floor + weight * level, ceiling)
    }
  }

  /// The rate of each flow.
  static func rates(_ flows: [Flow], capacities: [Double]) -> [Double] {
    var left = capacities
    var rates = flows.map { _ in 0.0 }
    for layer in Set(flows.map(\.layer)).sorted(by: >) {
      var open = flows.indices.filter { flows[$0].layer == layer }
      while !open.isEmpty {
        let (level, done) = lowest(open.map { ($0, flows[$0]) }, left)
        for index in done {
          rates[index] = max(0, flows[index].rate(level))
          for link in flows[index].path { left[link] = max(0, left[link] - rates[index]) }
        }
        let isDone = Set(done)
        open.removeAll { isDone.contains($0) }
      }
    }
    return rates
  }

  /// The lowest level at which a link is full or a flow has its ceiling, and who stops there.
  private static func lowest(
    _ open: [(index: Int, flow: Flow)], _ left: [Double]
  ) -> (Double, [Int]) {
    var level = Double.infinity
    var done: [Int] = []
    for link in Set(open.flatMap(\.flow.path)).sorted() {
      let crossing = open.filter { $0.flow.path.contains(link) }
      let full = fullLevel(crossing.map(\.flow), left[link])
      if full < level { (level, done) = (full, crossing.map(\.index)) }
    }
    for (index, flow) in open where flow.ceiling < .infinity {
      let own = (flow.ceiling - flow.floor) / flow.weight
      if own < level { (level, done) = (own, [index]) }
    }
    return (level, done)
  }

  /// The level at which flows fill what a link has left; infinity where their ceilings do not.
  private static func fullLevel(_ flows: [Flow], _ left: Double) -> Double {
    let floors = flows.reduce(0) { $0 + $1.floor }
    if floors >= left { return floors > 0 ? left / floors - 1 : left > 0 ? .infinity : 0 }
    let ends = flows.map { ($0.ceiling - $0.floor) / $0.weight }
    // Between two ceilings the sum is a straight line.
    for end in Set(ends).sorted() {
      let rising = flows.indices.filter { ends[$0] >= end }.reduce(0) { $0 + flows[$1].weight }
      let fixed = flows.indices.reduce(0.0) {
        $0 + (ends[$1] < end ? flows[$1].ceiling : flows[$1].floor)
      }
      let level = (left - fixed) / rising
      if level <= end { return level }
    }
    return .infinity
  }
}
