// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import Scheduling
internal import Simulator
internal import Traffic

extension Check {
  /// Flows that are alike but for their sizes and starts.
  static let turns = [
    Check(name: "who comes first with less is done first") { run, found in
      guard run.has("flows") else { return }
      for like in alike(run).values {
        for (place, first) in like.enumerated() {
          for second in like[(place + 1)...] { compare(first, second, &found) }
        }
      }
    }
  ]

  private struct Turn {
    var name: String
    var start: Int64
    var finish: Int64
    var bytes: Double
    var deadline: Int64
  }

  /// Flows of one class, route, and of elastic ones tier and source, by the time they begin.
  private static func alike(_ run: SwarmRun) -> [[String]: [Turn]] {
    let routes = FlowRoutes.byEnds(run.model)
    let elastic = Dictionary(
      run.rows("elastic").map { ($0["flow"], $0) }, uniquingKeysWith: { one, _ in one })
    let entries = run.model.elastic.entries
    let isTold = entries.isEmpty || run.has("elastic")
    var found: [[String]: [Turn]] = [:]
    let classes = Set(run.model.classes.filter { isPlain($0, run.model) }.map(\.name))
    let mayTransfer = !run.model.transfers.isEmpty
    for row in run.rows("flows") where isTold && classes.contains(row["class"]) {
      // Windows of transfers let flows of one class pass each other.
      if mayTransfer, elastic[row["flow"]] == nil { continue }
      let ends = [row["source"], row["target"]]
      guard routes[ends] != nil, !ends.contains(where: { $0.isEmpty || $0.contains("/") }),
        let own = elastic[row["flow"]] ?? Optional(row),
        let start = own.nanoseconds("start_s"), let bytes = row.number("bytes")
      else { continue }
      let entry = entries.first { row["flow"].hasPrefix($0.generator.name + "-") }
      // Behind a line of its own a flow shares with others.
      if entry?.lines != nil { continue }
      let isByDeadline = entry.map { $0.scheduling == .earliestDeadline } ?? false
      let key = [row["class"], entry?.generator.name ?? "", own["tier_given"]] + ends
      found[key, default: []].append(
        Turn(
          name: row["flow"], start: start, finish: row.nanoseconds("finish_s") ?? .max,
          bytes: bytes, deadline: isByDeadline ? own.nanoseconds("deadline_s") ?? .max : 0))
    }
    return found.mapValues { $0.sorted { ($0.start, $0.bytes) < ($1.start, $1.bytes) } }
  }

  /// Whether flows of a class stay where they are, and nothing but bandwidth holds them.
  private static func isPlain(_ terms: TrafficClass, _ model: Model) -> Bool {
    let isStill = model.changes.isEmpty && model.light.links.isEmpty
    return (isStill || terms.onFailure == .wait)
      && (!model.loss.isOn || terms.transport.kind == .ideal && terms.transport.window == nil)
  }

  private static func compare(_ first: Turn, _ second: Turn, _ found: inout Findings) {
    guard first.bytes <= second.bytes, first.deadline <= second.deadline,
      second.finish < .max
    else { return }
    let slack = 20 + second.finish / 1_000_000_000
    found.require(
      first.finish <= second.finish + slack,
      "\(first.name) came before \(second.name) with less, and is done behind it")
  }
}
