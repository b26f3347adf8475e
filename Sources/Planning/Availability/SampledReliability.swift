// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Glibc

/// The chances that places reach each other, of all pairs at once.
///
/// States with none, one or two edges down are gone through one by one. Of all others a sample is
/// drawn, as if no other states were: three edges or more are down in each (importance sampling by
/// the number of failures). What is sampled is thus a small part of the whole, and its error too:
///
///     unavailability = sum over states of up to two failures + P(three or more) x mean of the sample
package struct SampledReliability {
  private let network: FailingNetwork
  private let questions: [Question]
  /// By question, what is known exactly, and how many of the sample lacked a way.
  private var known: [Double]
  private var misses: [Int]
  private var count = 0
  /// By edge, the chance that at least 0, 1, 2, 3 of it and those behind it are down.
  private let tails: [[Double]]
  /// The parts, and the questions without a way, where all edges are up: most states have the same.
  private var whole: (numbers: [Int32], misses: [Int]) = ([], [])

  private static let exact = 2

  /// One place, and those of which it is to reach any.
  package struct Question: Hashable, Sendable {
    package var source: Int
    package var targets: Set<Int>

    package init(from source: Int, to targets: Set<Int>) {
      self.source = source
      self.targets = targets
    }
  }

  package init(_ network: FailingNetwork, _ questions: [Question]) {
    self.network = network
    self.questions = questions
    known = questions.map { _ in 0 }
    misses = questions.map { _ in 0 }
    tails = Self.tails(of: network.edges.map { 1 - $0.up })
    let numbers = numbers(without: [])
    whole = (numbers, misses(numbers))
    goThrough()
  }

  private static func tails(of down: [Double]) -> [[Double]] {
    var tails = [[Double]](repeating: [1, 0, 0, 0], count: down.count + 1)
    for edge in down.indices.reversed() {
      for number in 1...exact + 1 {
        tails[edge][number] =
          down[edge] * tails[edge + 1][number - 1] + (1 - down[edge]) * tails[edge + 1][number]
      }
    }
    return tails
  }

  /// The chance that more edges are down than are gone through one by one.
  package var sampledPart: Double { tails[0][Self.exact + 1] }

  // MARK: - Few failures

  private mutating func goThrough() {
    let edges = network.edges
    let allUp = edges.reduce(1) { $0 * $1.up }
    look(without: [], weight: allUp)
    let odds = edges.map { (1 - $0.up) / $0.up }
    for first in edges.indices where odds[first] > 0 {
      look(without: [first], weight: allUp * odds[first])
      for second in edges.indices.dropFirst(first + 1) where odds[second] > 0 {
        look(without: [first, second], weight: allUp * odds[first] * odds[second])
      }
    }
  }

  private mutating func look(without down: [Int], weight: Double) {
    for index in misses(without: Set(down)) { known[index] += weight }
  }

  /// The questions whose answer is no in a state.
  private func misses(without down: Set<Int>) -> [Int] {
    let numbers = numbers(without: down)
    return numbers == whole.numbers ? whole.misses : misses(numbers)
  }

  private func numbers(without down: Set<Int>) -> [Int32] {
    var parts = ConnectedParts(placeCount: network.placeCount)
    for (index, edge) in network.edges.enumerated() where !down.contains(index) && edge.up > 0 {
      parts.join(edge.first, edge.second)
    }
    return parts.numbers()
  }

  private func misses(_ numbers: [Int32]) -> [Int] {
    questions.indices.filter { index in
      let own = numbers[questions[index].source]
      return !questions[index].targets.contains { numbers[$0] == own }
    }
  }

  // MARK: - Many failures

  /// Adds states to the sample.
  package mutating func sample(_ number: Int, seed: UInt64) {
    guard sampledPart > 0 else { return }
    var stream = RandomStream(seed: seed, name: "plan/availability")
    for _ in 0..<number {
      for index in misses(without: draw(&stream)) { misses[index] += 1 }
      count += 1
    }
  }

  /// A state of three failures or more, as likely as it is among these.
  private func draw(_ stream: inout RandomStream) -> Set<Int> {
    var down: Set<Int> = []
    var still = Self.exact + 1
    for (index, edge) in network.edges.enumerated() {
      let chance =
        still > 0
        ? (1 - edge.up) * tails[index + 1][still - 1] / tails[index][still] : 1 - edge.up
      guard stream.nextUniform() < chance else { continue }
      down.insert(index)
      still = max(0, still - 1)
    }
    return down
  }

  /// The chance that a question's answer is yes, and its 95 % interval (Wilson's).
  package func chance(of question: Int) -> (value: Double, low: Double, high: Double) {
    guard count > 0, sampledPart > 0 else {
      let up = 1 - known[question]
      return (up, up - sampledPart, up)
    }
    let n = Double(count)
    let part = Double(misses[question]) / n
    let z = 1.959963984540054
    let middle = (part + z * z / (2 * n)) / (1 + z * z / n)
    let half =
      z / (1 + z * z / n) * (part * (1 - part) / n + z * z / (4 * n * n)).squareRoot()
    let down = known[question]
    return (
      1 - down - sampledPart * part, 1 - down - sampledPart * min(1, middle + half),
      1 - down - sampledPart * max(0, middle - half)
    )
  }
}
