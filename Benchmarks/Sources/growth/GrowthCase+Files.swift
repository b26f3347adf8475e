// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel
import Glibc
import Measuring
import Scenario
import Simulator
import Workloads

extension GrowthCase {
  /// Reads a scenario and checks it, and lives through it where that is asked for.
  static func reading(_ text: String, runs: Bool = false) throws -> () throws -> Void {
    let path = scratchFile(named: "growth.yaml")
    return {
      try writeText(text, to: path)
      defer { unlink(path) }
      let model = try ScenarioFile.load(path: path, needsTraffic: runs).model
      guard runs else { return }
      let run = try Run(model)
      while try run.advance(instants: 4096) {}
      let outcome = try run.finish()
      precondition(outcome.finishedFlows > 0, "flows come to their end")
    }
  }

  /// Random flows between places on a star, with seven weights.
  static func weights(places: Int) -> String {
    var text = star(named: "weights", places: places)
    text += random(named: "g", ends: "count: 10000, weights: {")
    return text + (0..<places).map { "p\($0): \(1 + $0 % 7)" }.joined(separator: ", ") + "}}\n"
  }

  /// A network file of fibres alone, as it is imported.
  static func backbone(fibres: Int) -> String {
    let grid = Grid(nodes: fibres / 2)
    var text = "duration: 1 h\n" + grid.network(named: "backbone") + "light:\n  links:\n"
    for (first, second) in grid.fibres {
      text += "    - {name: p\(first)-p\(second), between: [p\(first), p\(second)], channels: 4, "
      text += "route: [p\(first)-p\(second)]}\n"
    }
    text += "traffic:\n" + random(named: "demands", ends: "weights: {")
    return text + (0..<grid.nodes).map { "p\($0): 1" }.joined(separator: ", ") + "}}\n"
  }

  static func eachFibre(nodes: Int) -> String {
    Grid(nodes: nodes).network(named: "each") + "light:\n  each_fibre: {channels: 4}\n"
  }

  static func listed(flows: Int) -> String {
    var text = "scenario: file\nnetwork:\n  links:\n"
    for link in 0..<100 {
      text += "    - {name: l\(link), from: a\(link), to: b\(link), capacity: 100 Gbps}\n"
    }
    text += "traffic:\n  - flows:\n"
    for flow in 0..<flows {
      text += "    - {flow: f\(flow), start: \(flow) ms, from: a\(flow % 100), "
      text += "to: b\(flow % 100), size: \(1 + flow % 97) MB}\n"
    }
    return text
  }

  /// Flows of users that come a thousand a second to a star of 16 places, where they are ordered by
  /// what they have left: half of all are there at the same time.
  static func elastic(flows: Int) -> String {
    star(named: "elastic", places: 16) + """
        - elastic:
            name: users
            arrivals: {poisson: {rate: 1000/s}}
            sizes: {exponential: 10 GB}
            count: \(flows)
            weights: {\((0..<16).map { "p\($0): \(1 + $0 % 3)" }.joined(separator: ", "))}
            tiers:
              - {name: gold, floor: 1 Mbps, ceiling: 100 Gbps, weight: 4, share: 0.2}
              - {name: iron, ceiling: 50 Gbps}
            scheduling: smallest-first

      """
  }

  /// Flows of users for whose floors there is not enough room: up to a third of all wait to be let in.
  static func admission(flows: Int) -> String {
    """
    scenario: admission
    network:
      links:
        - {name: l0, from: n0, to: n1, capacity: 100 Gbps, delay: 1 ms}
        - {name: l1, from: n1, to: n2, capacity: 100 Gbps, delay: 1 ms}
    outputs: [summary]
    traffic:
      - elastic:
          name: users
          arrivals: {poisson: {load: 150 Gbps}}
          sizes: {exponential: 1 GB}
          count: \(flows)
          pairs: [{from: n0, to: n2}]
          tiers:
            - {name: gold, floor: 1 Gbps, ceiling: 10 Gbps}
            - {name: iron, floor: 100 Mbps, ceiling: 10 Gbps}
          scheduling: smallest-first

    """
  }

  /// Flows between random places of a network in which each has three neighbours or so.
  static func mesh(places: Int) -> String {
    var random = RandomStream(seed: 1, name: "mesh")
    var text = "scenario: mesh\nnetwork:\n  links:\n"
    for place in 0..<places {
      let other = Int.random(in: 0..<places, using: &random)
      for target in Set([(place + 1) % places, other]).sorted() where target != place {
        let delay = Int.random(in: 1..<2000, using: &random)
        text += "    - {name: l\(place)-\(target), from: n\(place), to: n\(target), "
        text += "capacity: 100 Gbps, delay: \(delay) us, two_way: true}\n"
      }
    }
    return text + """
      outputs: [summary]
      traffic:
        - generate:
            name: g
            arrivals: {poisson: {rate: 1000/s}}
            sizes: {fixed: 10 MB}
            count: 20000
            weights: {\((0..<places).map { "n\($0): 1" }.joined(separator: ", "))}

      """
  }

  /// Transfers over a star of 16 places, as flows or in windows.
  static func transfers(count: Int, reserve: Bool = false) -> String {
    star(named: "transfers", places: 16) + """
        - generate:
            name: data
            arrivals: {poisson: {rate: 20/s}}
            sizes: {exponential: 1 GB}
            count: \(count)
            weights: {\((0..<16).map { "p\($0): 1" }.joined(separator: ", "))}
            deadline: {slack: 5}
            transfers: {\(reserve ? "reserve: true, window: earliest, rate: 10 Gbps" : "")}

      """
  }

  private static func star(named name: String, places: Int) -> String {
    var text = "scenario: \(name)\nnetwork:\n  links:\n"
    for place in 0..<places {
      text +=
        "    - {name: l\(place), from: p\(place), to: hub, capacity: 100 Gbps, two_way: true}\n"
    }
    return text + "traffic:\n"
  }

  private static func random(named name: String, ends: String) -> String {
    "  - generate: {name: \(name), arrivals: {poisson: {rate: 100/s}}, "
      + "sizes: {exponential: 1 GB}, \(ends)"
  }
}

/// Nodes in a square, each joined by fibres to those beside it and below.
private struct Grid {
  let side: Int
  var nodes: Int { side * side }

  init(nodes: Int) {
    side = max(2, Int(Double(nodes).squareRoot().rounded()))
  }

  var fibres: [(Int, Int)] {
    var all: [(Int, Int)] = []
    for node in 0..<nodes {
      if node % side + 1 < side { all.append((node, node + 1)) }
      if node + side < nodes { all.append((node, node + side)) }
    }
    return all
  }

  func network(named name: String) -> String {
    var text = "scenario: \(name)\nnetwork:\n  nodes:\n"
    for node in 0..<nodes { text += "    - {name: p\(node)}\n" }
    text += "  fibres:\n"
    for (number, ends) in fibres.enumerated() {
      text += "    - {name: p\(ends.0)-p\(ends.1), between: [p\(ends.0), p\(ends.1)], "
      text += "length: \(50 + number % 37) km}\n"
    }
    return text
  }
}
