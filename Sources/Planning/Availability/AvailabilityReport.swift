// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
package import Simulator
internal import Traffic

/// How much of the time places reach each other, as far as fibres go, and what that is to traffic.
package struct AvailabilityReport: Sendable {
  /// The part of time in which somebody has a way.
  package struct Entry: Sendable {
    package var source: String
    /// A place, or what stands for several.
    package var target: String
    package var value: Double
    package var low: Double
    package var high: Double
    /// Worked out to the last digit, not sampled.
    package var isExact: Bool
  }

  /// A class of traffic or source of tokens: the mean over its traffic, and its worst pair.
  package struct Service: Sendable {
    package var name: String
    package var mean: Double
    package var worst: Entry
  }

  package private(set) var services: [Service] = []
  /// All pairs of places at which fibres end, the worst first.
  package private(set) var pairs: [Entry] = []
  package let rates: FibreRates

  private let model: Model
  private let network: FailingNetwork
  private var memo: [SampledReliability.Question: Entry] = [:]

  /// Tries so many splits for a pair before it is sampled, with so many states.
  package init(of model: Model, splits: Int = 300, samples: Int = 20_000) {
    self.model = model
    rates = FibreRates(of: model)
    network = FailingNetwork(model, rates)
    let places = Set(
      model.light.plant.fibres.flatMap { [Int($0.first.index), Int($0.second.index)] }
    )
    .sorted()
    let pairQuestions = places.indices.flatMap { first in
      places[(first + 1)...].map {
        SampledReliability.Question(from: places[first], to: [$0])
      }
    }
    let classes = classQuestions()
    let tokens = tokenQuestions()
    let all = pairQuestions + (classes + tokens).flatMap { $0.asked.map(\.question) }
    answer(Array(Set(all)), splits: splits, samples: samples)
    pairs = pairQuestions.compactMap { memo[$0] }
      .sorted { ($0.value, $0.source, $0.target) < ($1.value, $1.source, $1.target) }
    services = (classes + tokens).compactMap(service)
  }

  /// Works all questions out: one by one as long as that goes, and together from a sample else.
  private mutating func answer(
    _ questions: [SampledReliability.Question], splits: Int, samples: Int
  ) {
    let ordered = questions.sorted { $0.isBefore($1) }
    var open: [SampledReliability.Question] = []
    // Where a pair took too long, its like would too.
    var patience = 8
    for question in ordered {
      var exact = ExactReliability(most: patience > 0 ? splits : 1)
      if let value = exact.chance(from: question.source, to: question.targets, in: network) {
        memo[question] = entry(question, (value, value, value), isExact: true)
      } else {
        patience -= 1
        open.append(question)
      }
    }
    guard !open.isEmpty else { return }
    var sampled = SampledReliability(network, open)
    sampled.sample(samples, seed: model.seed)
    for (index, question) in open.enumerated() {
      memo[question] = entry(question, sampled.chance(of: index), isExact: false)
    }
  }

  private func entry(
    _ question: SampledReliability.Question, _ chance: (value: Double, low: Double, high: Double),
    isExact: Bool
  ) -> Entry {
    let target = question.targets.first.map { model.topology.nodes[$0] } ?? ""
    return Entry(
      source: model.topology.nodes[question.source],
      target: question.targets.count > 1 ? "any of \(question.targets.count) places" : target,
      value: chance.value, low: chance.low, high: chance.high, isExact: isExact)
  }
}

extension SampledReliability.Question {
  fileprivate func isBefore(_ other: Self) -> Bool {
    source != other.source
      ? source < other.source : targets.sorted().lexicographicallyPrecedes(other.targets.sorted())
  }
}

// MARK: - Services

extension AvailabilityReport {
  private struct Asked {
    var name: String
    var asked: [(question: SampledReliability.Question, weight: Double)]
  }

  /// Each class with the pairs of its traffic, by what goes between them on average.
  private func classQuestions() -> [Asked] {
    let traffic = ScreenedTraffic(model, ScreenedHours(of: model))
    var byClass = model.classes.map { _ in [SampledReliability.Question: Double]() }
    for stream in traffic.streams {
      guard let source = stream.source, let target = stream.target, source != target else {
        continue
      }
      let ends = [Int(source.index), Int(target.index)].sorted()
      let question = SampledReliability.Question(from: ends[0], to: [ends[1]])
      byClass[stream.trafficClass][question, default: 0] += stream.rates.reduce(0, +)
    }
    return zip(model.classes, byClass).compactMap { terms, questions in
      guard !questions.isEmpty else { return nil }
      let sorted = questions.sorted { $0.key.isBefore($1.key) }
      return Asked(name: terms.name, asked: sorted.map { ($0.key, $0.value) })
    }
  }

  /// Each source of tokens: a place is served where it reaches any site.
  private func tokenQuestions() -> [Asked] {
    model.tokens.map { traffic in
      let asked = traffic.sources.compactMap { source -> (SampledReliability.Question, Double)? in
        let ends = source.routes.joined().map { model.routes[$0.up] }
        guard let start = ends.first?.source else { return nil }
        let targets = ends.compactMap { $0.target.map { Int($0.index) } }
        // A site at the place itself is always reached.
        let own = source.routes.contains(where: \.isEmpty) ? [Int(start.index)] : []
        return (.init(from: Int(start.index), to: Set(targets + own)), source.weight)
      }
      return Asked(name: traffic.name, asked: asked)
    }
  }

  private func service(_ asked: Asked) -> Service? {
    let entries = asked.asked.compactMap { item in memo[item.question].map { ($0, item.weight) } }
    let weight = entries.reduce(0) { $0 + $1.1 }
    guard weight > 0, let worst = entries.map(\.0).min(by: { $0.value < $1.value }) else {
      return nil
    }
    let mean = entries.reduce(0) { $0 + $1.0.value * $1.1 } / weight
    return Service(name: asked.name, mean: mean, worst: worst)
  }
}
