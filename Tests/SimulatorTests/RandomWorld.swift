// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import NetworkModel
import Simulator
import TestSupport
import Traffic

/// A small random network with random flows; the bits of the seed choose what it has.
struct RandomWorld {
  private(set) var sketch = ModelSketch()
  private var random: RandomStream

  /// Links fail and change, and some stay down: not all flows finish.
  let isDisturbed: Bool
  let hasTerms: Bool
  let hasPriorities: Bool
  let hasDelays: Bool
  /// Many flows arrive at the same instants.
  let hasBatches: Bool

  /// All flows have arrived by then, and most of them are done.
  static let busyTime: Int64 = 4_000_000

  init(seed: Int, isDisturbed: Bool? = nil, flows: Int = 40) {
    random = RandomStream(seed: UInt64(seed), name: "world")
    hasTerms = seed & 1 != 0
    hasPriorities = seed & 2 != 0
    hasDelays = seed & 4 != 0
    self.isDisturbed = isDisturbed ?? (seed & 8 != 0)
    hasBatches = seed & 16 != 0
    let links = Int.random(in: 2...9, using: &random)
    for index in 0..<links {
      let isFar = hasDelays && Bool.random(using: &random)
      sketch.link(
        "l\(index)", spread(1e9, 1e11),
        delay: isFar ? Int64.random(in: 1...500_000, using: &random) : 0)
    }
    if hasTerms || hasPriorities { sketch.classes = (0..<4).map { randomClass($0) } }
    for index in 0..<flows { addFlow(index, links: links) }
    if self.isDisturbed { for _ in 0..<8 { addChange(links: links) } }
  }

  /// A number between two others, all orders of magnitude alike.
  private mutating func spread(_ low: Double, _ high: Double) -> Double {
    var value = low
    while value < high, Double.random(in: 0..<1, using: &random) < 0.8 { value *= 1.7 }
    return min(high, value * Double.random(in: 1...1.7, using: &random))
  }

  private mutating func randomClass(_ index: Int) -> TrafficClass {
    var made = TrafficClass(name: "c\(index)")
    if hasPriorities { made.priority = index / 2 }
    guard hasTerms else { return made }
    made.weight = Double.random(in: 0.2...5, using: &random)
    if Bool.random(using: &random) { made.floor = BitsPerSecond(spread(1e7, 1e9)) }
    if Bool.random(using: &random) {
      made.ceiling = BitsPerSecond(made.floor.value + spread(1e8, 2e10))
    }
    return made
  }

  private mutating func addFlow(_ index: Int, links: Int) {
    let length = Int.random(in: 1...min(4, links), using: &random)
    let path = Array((0..<links).shuffled(using: &random).prefix(length))
    var start = Int64.random(in: 0..<Self.busyTime / 2, using: &random)
    if hasBatches { start -= start % 250_000 }
    sketch.flow(
      "f\(index)", at: start, bytes: spread(1e3, 1e6).rounded(), over: path,
      class: Int.random(in: 0..<sketch.classes.count, using: &random))
  }

  private mutating func addChange(links: Int) {
    let link = Int.random(in: 0..<links, using: &random)
    let time = Int64.random(in: 0..<Self.busyTime, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: sketch.change(link, at: time, .fail)
    case 1: sketch.change(link, at: time, .repair)
    default: sketch.change(link, at: time, .capacity(BitsPerSecond(spread(1e8, 1e11))))
    }
  }
}
