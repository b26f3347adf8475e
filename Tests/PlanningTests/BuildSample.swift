// SPDX-License-Identifier: GPL-3.0-or-later
import Scenario
import TestSupport
import Testing

@testable import Planning

/// A plan and its scenario in a folder of their own.
struct BuildSample {
  let folder: ScratchFolder
  let plan: BuildPlan

  init(_ scenario: String, _ plan: String) throws {
    folder = try ScratchFolder()
    _ = try folder.write(scenario + "\n", to: "s.yaml")
    let path = try folder.write("plan: p\nscenario: s.yaml\n" + plan + "\n", to: "p.yaml")
    self.plan = try BuildPlan(path: path)
  }

  func found(ask: AskSolver? = nil) throws -> YearPlan {
    let found = try YearSearch(plan, 0, Build(), jobs: 1, ask: ask) { _ in true }.find()
    return try #require(found)
  }

  /// The scenario as it is, in all states of the plan.
  func screen() throws -> BuildScreen {
    let site = BuildSite(try plan.scenario.load(), of: plan.scenario.template, [])
    return BuildScreen(plan, site, nodes: [:], failures: plan.coversFailures)
  }

  /// Four places, five links, and some demands between them.
  static func square(_ draws: inout Draws, demands count: Int = 5) -> String {
    let ends = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("a", "c")]
    let links = ends.map { one, other in
      "    - {name: \(one)\(other), from: \(one), to: \(other), capacity: \(1 + draws.below(3)) Gbps, "
        + "delay: \(1 + draws.below(4)) ms, two_way: true}"
    }
    let demands = (0..<count).map { index in
      let source = ["a", "b", "c", "d"][draws.below(4)]
      let targets = ["a", "b", "c", "d"].filter { $0 != source }
      let rate = 500 + draws.below(5000)
      return "  - demand: {name: d\(index), from: \(source), to: \(targets[draws.below(3)]), "
        + "rate: \(rate) Mbps}\n    class: moves"
    }
    return """
      scenario: square
      duration: 1 h
      network:
        links:
      \(links.joined(separator: "\n"))
      classes: [{name: moves, on_failure: move}]
      traffic:
      \(demands.joined(separator: "\n"))
      """
  }
}
