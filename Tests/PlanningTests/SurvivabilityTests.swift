// SPDX-License-Identifier: GPL-3.0-or-later
import Light
import NetworkModel
import Planning
import Scenario
import Simulator
import Testing

/// Failures of the national network, of which nobody knows the answer: what must hold of any.
@Suite struct SurvivabilityTests {
  private static let national = """
    scenario: national
    duration: 1 h
    network: {use: national}
    light: {each_fibre: {channels: 6}}
    classes: [{name: moves, on_failure: move}]
    traffic:
      - generate:
          name: moves
          arrivals: {poisson: {load: 60 Tbps}}
          sizes: {fixed: 1 TB}
          from: clusters
          to: clusters
        class: moves
    """

  @Test func eachFibreIsThereOnceAndTheWorstComesFirst() throws {
    let model = try PlanSample(Self.national).scenario().load().model
    let found = try #require(Survivability(of: model, kind: .single, jobs: 2))
    #expect(found.effects.count == model.light.plant.fibres.count)
    #expect(Set(found.effects.map(\.failure.name)).count == found.effects.count)
    for (one, other) in zip(found.effects, found.effects.dropFirst()) {
      #expect(one.unserved >= other.unserved)
    }
    #expect(found.effects[0].unserved > 0)
  }

  @Test func moreFailuresCutOffNoFewer() throws {
    let model = try PlanSample(Self.national).scenario().load().model
    let screening = Screening(model)
    let singles = Failure.all(.single, of: model)
    var draws = Draws(3)
    var cut = 0
    for _ in 0..<60 {
      let (one, other) = (singles[draws.below(singles.count)], singles[draws.below(singles.count)])
      guard one.name != other.name else { continue }
      let both = Failure(name: "both", fibres: one.fibres + other.fibres)
      let pairs = [one, other, both].map { Set(screening.state(under: $0).cutPairs) }
      #expect(pairs[2].isSuperset(of: pairs[0].union(pairs[1])))
      cut += pairs[2].count
    }
    let site = try #require(Failure.all(.sites, of: model).first { $0.name == "ZW" })
    cut += screening.state(under: site).cutPairs.count
    #expect(cut > 0)
  }

  /// What comes into a place and begins there leaves it or ends there, whatever is cut.
  @Test func trafficIsConservedAtPlaces() throws {
    let model = try PlanSample(Self.national).scenario().load().model
    let screening = Screening(model)
    for failure in Failure.all(.single, of: model).prefix(40) {
      let state = screening.state(under: failure)
      var balance = [Double](repeating: 0, count: model.topology.nodes.count)
      for (index, link) in model.topology.links.enumerated() {
        guard let ends = link.ends else { continue }
        balance[Int(ends.source.index)] -= state.loads[index]
        balance[Int(ends.target.index)] += state.loads[index]
      }
      let cut = Set(state.cutPairs)
      for stream in screening.traffic.streams {
        let source = try #require(stream.source), target = try #require(stream.target)
        let pair = ScreenedState.Pair(
          source: model.topology[source], target: model.topology[target])
        guard !cut.contains(pair) else { continue }
        balance[Int(source.index)] += stream.rates[0]
        balance[Int(target.index)] -= stream.rates[0]
      }
      #expect(balance.allSatisfy { abs($0) < 1e-3 * 1e9 })
    }
  }
}
