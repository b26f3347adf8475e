// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Testing

@testable import Statistics

@Suite struct WeightedChoiceTests {
  @Test(arguments: [[1], [1, 1, 1], [5, 0, 1, 3], [1e308, 1e308, 5e307], [0, 0, 1e-300]])
  func positionsComeAsOftenAsTheirWeightsSay(weights: [Double]) {
    let choice = WeightedChoice(weights: weights)
    var stream = RandomStream(seed: 3, name: "choice")
    let draws = 100_000
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<draws { counts[choice.next(using: &stream)] += 1 }
    let largest = weights.reduce(0, max)
    let total = weights.reduce(0) { $0 + $1 / largest }
    for (weight, count) in zip(weights, counts) {
      let share = weight / largest / total
      let deviation = (Double(draws) * share * (1 - share)).squareRoot()
      #expect(abs(Double(count) - Double(draws) * share) <= 4 * deviation + 1e-6)
    }
  }

  @Test func aThousandUnequalWeightsKeepTheirShares() {
    let weights = (1...1_000).map { 1 / Double($0) }
    let choice = WeightedChoice(weights: weights)
    var stream = RandomStream(seed: 4, name: "zipf")
    let draws = 1_000_000
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<draws { counts[choice.next(using: &stream)] += 1 }
    let total = weights.reduce(0, +)
    let chiSquare = zip(weights, counts).reduce(0.0) { sum, pair in
      let expected = Double(draws) * pair.0 / total
      return sum + (Double(pair.1) - expected) * (Double(pair.1) - expected) / expected
    }
    // 999 degrees of freedom: mean 999, standard deviation 44.7; four of them.
    #expect(abs(chiSquare - 999) < 179)
  }
}
