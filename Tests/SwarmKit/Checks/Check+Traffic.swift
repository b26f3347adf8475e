// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Statistics
internal import Traffic

extension Check {
  /// What sources were told to bring is what came.
  static let traffic = [
    Check(name: "generators bring what they were told") { run, found in
      for case .generated(let generator) in run.model.traffic where generator.answers == nil {
        GeneratorCheck(generator, run).check(&found)
      }
    },
    Check(name: "listed flows come when and as large as they were told") { run, found in
      guard run.has("flows") else { return }
      let rows = Dictionary(
        run.rows("flows").map { ($0["flow"], $0) }, uniquingKeysWith: { first, _ in first })
      for case .listed(let flows) in run.model.traffic {
        for flow in flows where flow.start <= run.outcome.end {
          guard let row = rows[flow.name] else {
            found.add("\(flow.name) never came")
            continue
          }
          found.near(row.number("bytes") ?? 0, flow.bytes.value, "size of \(flow.name)")
          found.require(
            row.nanoseconds("start_s") == flow.start.nanoseconds,
            "\(flow.name) came at another time")
          found.require(
            row["class"] == run.model.classes[flow.trafficClass].name, "class of \(flow.name)")
        }
      }
    },
    Check(name: "nothing is faster than its links") { run, found in
      guard !run.model.loss.isOn, let routes = FlowRoutes(run) else { return }
      let links = run.model.topology.links
      let lit = Set(run.model.light.links.flatMap { [$0.forward.index, $0.back.index] })
      let most = links.indices.map { link in
        lit.contains(Int32(link)) ? Double.infinity : CapacityTimeline(run.model, link: link).most
      }
      for (row, path) in zip(run.rows("flows"), routes.paths) {
        guard let start = row.nanoseconds("start_s"), let finish = row.nanoseconds("finish_s")
        else { continue }
        // A link is as long as the light that it has, which may have gone another way since.
        let delay = path.reduce(0) {
          $0 + (lit.contains(Int32($1)) ? 0 : links[$1].delay.nanoseconds)
        }
        let rate = path.map { most[$0] }.min() ?? .infinity
        let least = Double(delay) + (row.number("bytes") ?? 0) * 8 / rate * 1e9
        found.require(
          Double(finish - start) >= least - 2 - 1e-9 * least,
          "\(row["flow"]) took \(finish - start) ns, alone \(least)")
      }
    },
  ]
}
