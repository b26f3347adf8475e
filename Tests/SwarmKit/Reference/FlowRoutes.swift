// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

/// The links that each flow of a run took, where flows are all that links carry and none moves.
struct FlowRoutes {
  /// Bits of the flows that finished, and of all, by link.
  private(set) var finished: [Double]
  private(set) var started: [Double]
  /// The links of each row of flows.csv.
  private(set) var paths: [[Int]] = []

  /// Nil where something else is on the links, or where a path can't be known.
  init?(_ run: SwarmRun) {
    let model = run.model
    guard FlowRoutes.isPlain(run) else { return nil }
    finished = model.topology.links.map { _ in 0 }
    started = finished
    let named = FlowRoutes.named(model)
    let byEnds = FlowRoutes.byEnds(model)
    for row in run.rows("flows") {
      let ends = [row["source"], row["target"]]
      // A fabric spreads its flows over several ways.
      guard !ends.contains(where: { $0.contains("/") }) else { return nil }
      // Rows of traces may name a path of their own and no ends: nothing tells which.
      let isKnownByEnds = !ends.contains("")
      guard let path = named[row["flow"]] ?? (isKnownByEnds ? byEnds[ends] : nil)
      else { return nil }
      paths.append(path)
      let bits = (row.number("bytes") ?? 0) * 8
      for link in path {
        started[link] += bits
        if !row["finish_s"].isEmpty { finished[link] += bits }
      }
    }
  }

  /// Whether all that crosses a link is a row of flows.csv on its first route, sent once.
  private static func isPlain(_ run: SwarmRun) -> Bool {
    let model = run.model
    let isDisturbed = !model.changes.isEmpty || !model.light.links.isEmpty
    return model.demands.isEmpty && model.training.jobs.isEmpty && model.elastic.entries.isEmpty
      && !model.loss.isOn && !model.transfers.reserves
      && !(isDisturbed && model.classes.contains { $0.onFailure == .move })
  }

  /// Flows whose path stands in the scenario.
  static func named(_ model: Model) -> [String: [Int]] {
    var found: [String: [Int]] = [:]
    for source in model.traffic + model.transfers.asFlows {
      guard case .listed(let flows) = source else { continue }
      for flow in flows { found[flow.name] = links(of: flow.route, model) }
    }
    return found
  }

  /// Routes by their ends; only those of which there is one.
  static func byEnds(_ model: Model) -> [[String]: [Int]] {
    var found: [[String]: Set<[Int]>] = [:]
    for index in model.routes.indices {
      let route = model.routes[index]
      let ends = [route.source, route.target].map { $0.map { model.topology[$0] } ?? "" }
      found[ends, default: []].insert(links(of: index, model))
    }
    return found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  private static func links(of route: Int, _ model: Model) -> [Int] {
    model.routes[route].links.map { Int($0.index) }
  }
}
