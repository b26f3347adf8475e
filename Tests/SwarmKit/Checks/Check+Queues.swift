// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
private import Glibc
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

extension Check {
  /// Queues and windows where formulas say what they do.
  static let queues = [
    Check(name: "a demand alone loses what M/M/1/K says") { run, found in
      guard let demand = run.model.demands.first, isAlone(run), demand.daily.isEmpty,
        demand.variation == 1, demand.precedence == .ahead, let row = run.rows("demands").first,
        let offered = row.number("offered_bytes"), offered > 0
      else { return }
      var through = 1.0
      for link in run.model.routes[demand.route].links {
        let link = run.model.topology.links[Int(link.index)]
        guard link.port.packetVariation == 1, link.port.queueing == .fifo else { return }
        let load = demand.rate.value * through / link.capacity.value
        through *= 1 - lost(load: load, places: link.port.packetsHeld)
        through *= 1 - link.port.loss
      }
      found.near(
        (row.number("delivered_bytes") ?? 0) / offered, through, relative: 1e-6,
        "what came through of \(row["demand"])")
    },
    Check(name: "a window lets through what full buffers leave of it") { run, found in
      guard run.has("flows"), run.has("bottlenecks"), run.model.changes.isEmpty,
        run.model.light.links.isEmpty, run.model.transfers.isEmpty
      else { return }
      let routes = FlowRoutes.byEnds(run.model)
      for terms in run.model.classes where terms.transport.kind.isLossless {
        let held = run.rows("bottlenecks").filter { $0["class"] == terms.name }
        guard let window = terms.transport.window, held.count == 1, held[0]["limit"] == "window"
        else { continue }
        for row in run.rows("flows") where row["class"] == terms.name {
          guard let path = routes[[row["source"], row["target"]]],
            let start = row.nanoseconds("start_s"), let finish = row.nanoseconds("finish_s"),
            let bytes = row.number("bytes")
          else { continue }
          let longest = roundTrip(over: path, run.model)
          let delay = path.reduce(0) { $0 + run.model.topology.links[$1].delay.nanoseconds }
          let seconds = Double(finish - start - delay) / 1e9
          found.require(
            seconds <= bytes / window.value * longest * (1 + 1e-6) + 1e-8,
            "\(row["flow"]) took \(seconds) s, by its window \(bytes / window.value * longest)")
        }
      }
    },
  ]

  /// There and back, through full buffers one way.
  private static func roundTrip(over path: [Int], _ model: Model) -> Double {
    path.reduce(0) { sum, index in
      let link = model.topology.links[index]
      let places = link.port.packetsHeld + 1
      return sum + 2 * Double(link.delay.nanoseconds) / 1e9
        + max(link.port.buffer.value, places * link.port.packet.value) * 8 / link.capacity.value
    }
  }

  private static func isAlone(_ run: SwarmRun) -> Bool {
    let model = run.model
    return model.demands.count == 1 && !model.hasFlows && model.training.jobs.isEmpty
      && model.changes.isEmpty && model.light.links.isEmpty && model.tokens.isEmpty
  }

  /// The part of Poisson arrivals of exponential length that find all places taken.
  private static func lost(load: Double, places: Double) -> Double {
    if abs(load - 1) < 1e-9 { return 1 / (places + 1) }
    // What a number can't hold is divided out.
    guard load < 1 else { return (load - 1) / (load - pow(load, -places)) }
    return (1 - load) * pow(load, places) / (1 - pow(load, places + 1))
  }
}
