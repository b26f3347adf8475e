// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

extension Check {
  /// What flows do about links that are down.
  static let patience = [
    Check(name: "flows that break off do so when their patience ends") { run, found in
      let model = run.model
      guard run.has("flows"), !model.changes.isEmpty, model.light.links.isEmpty,
        model.transfers.isEmpty, model.elastic.entries.isEmpty
      else { return }
      let routes = FlowRoutes.byEnds(model)
      let named = FlowRoutes.named(model)
      let outages = model.topology.links.indices.map { CapacityTimeline(model, link: $0).outages }
      // A failure does not hold up what is lost of the end of a flow and sent again.
      for terms in model.classes
      where terms.onFailure == .breakOff && terms.transport.kind == .ideal {
        for row in run.rows("flows") where row["class"] == terms.name {
          guard let path = named[row["flow"]] ?? routes[[row["source"], row["target"]]],
            let start = row.nanoseconds("start_s"), let finish = row.nanoseconds("finish_s")
          else { continue }
          let delay = path.reduce(0) { $0 + model.topology.links[$1].delay.nanoseconds }
          for outage in path.flatMap({ outages[$0] }) {
            let end = outage.from + terms.patience.nanoseconds
            found.require(
              end >= outage.to || finish <= end + 20 || start + delay >= outage.to,
              "\(row["flow"]) outlived an outage that it should break off at, at \(end) ns")
          }
        }
      }
    }
  ]
}

extension CapacityTimeline {
  /// When the link was down.
  fileprivate var outages: [(from: Int64, to: Int64)] {
    steps.indices.filter { steps[$0].capacity == 0 }.map { place in
      // Steps of one capacity may follow each other.
      let end = steps[place...].first { $0.capacity > 0 }?.from ?? .max
      return (steps[place].from, end)
    }
  }
}
