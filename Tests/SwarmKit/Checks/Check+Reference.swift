// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

extension Check {
  /// The finish of each flow against a plain simulator that shares no code with the program's.
  static let reference = [
    Check(name: "flows finish when a plain simulator says") { run, found in
      guard run.model.light.links.isEmpty, let routes = FlowRoutes(run),
        !run.model.classes.contains(where: { $0.onFailure != .wait && !run.model.changes.isEmpty }),
        hasOneRate(run)
      else { return }
      let rows = run.rows("flows")
      guard rows.count <= 250 else { return }
      var plain = PlainRun(run, paths: routes.paths)
      let end = Double(run.outcome.end.nanoseconds)
      plain.run(until: end)
      guard plain.flows.count == rows.count else { return }
      for (row, flow) in zip(rows, plain.flows) {
        let finish = row.nanoseconds("finish_s").map(Double.init)
        if let expected = flow.finish, expected < end - slack(expected) {
          found.near(
            finish ?? .nan, expected, relative: 1e-9, absolute: 20, "finish of \(row["flow"])")
        } else if let finish, flow.finish == nil {
          found.require(
            finish > end - slack(end), "\(row["flow"]) finished, and had \(flow.bitsLeft) bits left"
          )
        }
      }
    },
    Check(name: "slowdowns are over the time alone") { run, found in
      guard run.model.changes.isEmpty, run.model.light.links.isEmpty,
        run.model.transfers.isEmpty, let routes = FlowRoutes(run)
      else { return }
      let links = run.model.topology.links
      let ceilings = Dictionary(
        run.model.classes.map { ($0.name, $0.ceiling.value) }, uniquingKeysWith: { one, _ in one })
      for (row, path) in zip(run.rows("flows"), routes.paths) {
        guard let start = row.nanoseconds("start_s"), let finish = row.nanoseconds("finish_s"),
          let bytes = row.number("bytes")
        else { continue }
        let rate = path.map { links[$0].capacity.value }.min() ?? .infinity
        let delay = path.reduce(0) { $0 + links[$1].delay.nanoseconds }
        let alone = Double(delay) + bytes * 8e9 / min(rate, ceilings[row["class"]] ?? .infinity)
        found.near(
          row.number("slowdown") ?? 0, max(1, Double(finish - start) / max(1, alone.rounded())),
          relative: 1e-6 + 2 / max(1, alone), "slowdown of \(row["flow"])")
      }
    },
  ]

  /// How far an instant may be off, in nanoseconds.
  private static func slack(_ instant: Double) -> Double { 20 + 1e-9 * instant }

  /// Whether flows have the terms of their class and no others.
  private static func hasOneRate(_ run: SwarmRun) -> Bool {
    run.model.transfers.asFlows.isEmpty
  }
}
