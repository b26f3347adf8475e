// SPDX-License-Identifier: GPL-3.0-or-later
import NetworkModel
import Simulator
import Testing
import Traffic

@testable import Scenario

/// Random flows between more places than have all their pairs listed.
@Suite struct DrawnEndsScenarioTests {
  private static let places = 520

  @Test func noRouteIsListedAndAllFlowsFinish() throws {
    let model = try load(star()).model
    let generator = try #require(model.generator)
    let ends = try #require(generator.ends)
    #expect(generator.routes.isEmpty && model.routes.isEmpty)
    #expect(ends.sources.count == Self.places && ends.targets.count == Self.places)
    #expect(ends.sources[6].weight == 3)
    let outcome = try outcome(of: model)
    #expect(outcome.finishedFlows == 300)
    #expect(try self.outcome(of: model).digest == outcome.digest)
  }

  @Test func placesThatAreCutOffAreReported() throws {
    let lines = "\n    - {name: apart, from: q, to: r, capacity: 1 Gbps, two_way: true}"
    let problems = try problems(star(links: lines, weights: "q: 1"))
    #expect(problems.contains { $0.hasSuffix("no route leads from \"p0\" to \"q\"") })
    #expect(problems.contains { $0.hasSuffix("no route leads from \"q\" to \"p0\"") })
  }

  @Test func linksOfOneWayAreEnoughFromSomePlacesToOthers() throws {
    let model = try load(oneWay(missing: nil)).model
    #expect(model.generator?.ends != nil)
    #expect(
      try problems(oneWay(missing: 3)).contains {
        $0.hasSuffix("no route leads from \"a0\" to \"b3\"")
      }
    )
  }

  private func outcome(of model: Model) throws -> RunOutcome {
    let run = try Run(model)
    while try run.advance(instants: 4096) {}
    return try run.finish()
  }

  private func star(links: String = "", weights: String = "p1: 1") -> String {
    var text = "scenario: s\nnetwork:\n  links:"
    for place in 0..<Self.places {
      text += "\n    - {name: l\(place), from: p\(place), to: hub, capacity: 1 Gbps, two_way: true}"
    }
    text += links
    text += "\ntraffic:\n  - generate:\n      name: g\n      arrivals: {poisson: 100 /s}"
    text += "\n      sizes: {exponential: 1 MB}\n      count: 300\n      weights:"
    for place in 0..<Self.places where !weights.hasPrefix("p\(place):") {
      text += "\n        p\(place): \(place == 7 ? 3 : 1)"
    }
    return text + "\n        \(weights)\n"
  }

  private func oneWay(missing: Int?) -> String {
    var text = "scenario: s\nnetwork:\n  links:"
    for place in 0..<Self.places {
      text += "\n    - {name: u\(place), from: a\(place), to: hub, capacity: 1 Gbps}"
      let (from, to) = place == missing ? ("b\(place)", "hub") : ("hub", "b\(place)")
      text += "\n    - {name: d\(place), from: \(from), to: \(to), capacity: 1 Gbps}"
    }
    func weights(_ letter: String) -> String {
      (0..<Self.places).map { "\(letter)\($0): 1" }.joined(separator: ", ")
    }
    return text + """

      traffic:
        - generate:
            name: g
            arrivals: {poisson: 100 /s}
            sizes: {exponential: 1 MB}
            count: 10
            from: {\(weights("a"))}
            to: {\(weights("b"))}

      """
  }
}

extension Model {
  fileprivate var generator: Generator? {
    if case .generated(let generator)? = traffic.first { generator } else { nil }
  }
}
