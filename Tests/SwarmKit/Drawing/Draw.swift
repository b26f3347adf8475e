// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Chance for one scenario of the swarm: all of it follows from the seed.
struct Draw {
  private var random: RandomStream

  init(seed: UInt64, name: String = "swarm") {
    random = RandomStream(seed: seed, name: name)
  }

  mutating func chance(_ part: Double) -> Bool { random.nextUniform() < part }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// A number from `low` up to `high`, alike at every order of magnitude.
  mutating func scale(_ low: Double, _ high: Double) -> Double {
    low * exponential(random.nextUniform() * logarithm(high / low))
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  /// So many of the values, in the order in which they stand.
  mutating func some<Value>(_ count: Int, of values: [Value]) -> [Value] {
    var left = count
    var rest = values.count
    return values.filter { _ in
      defer { rest -= 1 }
      guard Int.random(in: 0..<rest, using: &random) < left else { return false }
      left -= 1
      return true
    }
  }

  /// Two different values.
  mutating func two<Value>(of values: [Value]) -> (Value, Value) {
    let first = int(0...values.count - 1)
    let step = int(1...values.count - 1)
    return (values[first], values[(first + step) % values.count])
  }
}
