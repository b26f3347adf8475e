// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

extension Check {
  /// Floors are promised where there is room, and nowhere else.
  static let admission = [
    Check(name: "floors are let in where they fit") { run, found in
      FloorReplay(run)?.check(&found)
    }
  ]
}

/// The floors that are there at each arrival, at least and at most.
private struct FloorReplay {
  private struct Flow {
    var name: String
    var path: [Int]?
    var asked: Double
    var given: Double
    var isAccepted: Bool
    /// The link that is said to have no room for it.
    var fullLink: Int?
    var arrival: Int64
    /// The end of its time in the network, or in line.
    var end: Int64
  }

  /// A window that a transfer has booked, and that nothing has broken.
  private struct Window {
    var links: Set<String>
    var asked: Int64
    var start: Int64
    /// Where it is given back: as the transfer arrives.
    var end: Int64
    var rate: Double
  }

  private let model: Model
  private var flows: [Flow] = []
  private var windows: [Window] = []

  /// Nil where links change, or where somebody else takes part of them.
  init?(_ run: SwarmRun) {
    model = run.model
    let entries = model.elastic.entries
    guard !entries.isEmpty, run.has("elastic"), run.has("flows"), model.changes.isEmpty,
      model.light.links.isEmpty, model.tokens.isEmpty,
      entries.allSatisfy({ $0.lines == nil && !$0.admission.isNone })
    else { return nil }
    guard !model.transfers.reserves || readWindows(run) else { return nil }
    let routes = FlowRoutes.byEnds(model)
    let links = Dictionary(
      model.topology.links.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    let ends = Dictionary(
      run.rows("flows").map { ($0["flow"], [$0["source"], $0["target"]]) },
      uniquingKeysWith: { one, _ in one })
    for row in run.rows("elastic") {
      guard let entry = entries.first(where: { row["flow"].hasPrefix($0.generator.name + "-") }),
        let arrival = row.nanoseconds("arrival_s")
      else { return nil }
      let tiers = Dictionary(
        entry.tiers.map { ($0.name, $0.floor.value) }, uniquingKeysWith: { one, _ in one })
      let only = entry.generator.routes.count == 1 ? entry.generator.routes.first : nil
      let path =
        only.map { model.routes[$0.route].links.map { Int($0.index) } }
        ?? ends[row["flow"]].flatMap { routes[$0] }
      let isRefused = row["decision"] == "refuse"
      let waited = arrival + entry.admission.patience.nanoseconds
      flows.append(
        Flow(
          name: row["flow"], path: path, asked: tiers[row["tier_asked"]] ?? 0,
          given: tiers[row["tier_given"]] ?? 0,
          // One may wait in line, and be let in with less.
          isAccepted: ["accept", "shrink"].contains(row["decision"])
            && row["start_s"] == row["arrival_s"],
          fullLink: links[row["full_link"]], arrival: arrival,
          end: isRefused ? max(arrival, waited) : row.nanoseconds("finish_s") ?? .max))
    }
  }

  /// False where some were broken, of which nobody knows where they were.
  private mutating func readWindows(_ run: SwarmRun) -> Bool {
    guard run.has("transfers") else { return false }
    for row in run.rows("transfers") where row["reservation"] == "held" || row["breaks"] != "0" {
      guard row["breaks"] == "0", let asked = row.nanoseconds("asked_s"),
        let start = row.nanoseconds("window_start_s"), let end = row.nanoseconds("window_end_s"),
        let rate = row.number("rate_bps")
      else { return false }
      windows.append(
        Window(
          links: Set(row.parts("path")), asked: asked, start: start,
          end: row.nanoseconds("finish_s") ?? end, rate: rate))
    }
    return true
  }

  func check(_ found: inout Findings) {
    for (place, flow) in flows.enumerated() {
      for link in flow.path ?? [] where flow.isAccepted && flow.given > 0 {
        let room = room(of: link, at: flow.arrival)
        let there =
          flow.given + booked(on: link, at: flow.arrival)
          + floors(on: link, beside: place, isMost: false) { other in
            // One that came in the same nanosecond may have come behind.
            other.isAccepted && other.arrival < flow.arrival && other.end > flow.arrival
              ? other.given : 0
          }
        found.require(
          there <= room * (1 + 1e-6) + 1, "\(flow.name) was let in beside \(there) bps of \(room)")
      }
      checkFullLink(of: place, &found)
    }
  }

  /// Where all that could be there fits, a link is not full.
  private func checkFullLink(of place: Int, _ found: inout Findings) {
    let flow = flows[place]
    guard let link = flow.fullLink else { return }
    let most = floors(on: link, beside: place, isMost: true) { other in
      other.arrival <= flow.arrival && other.end >= flow.arrival
        ? max(other.asked, other.given) : 0
    }
    // As much as all windows that may have been there take, were they all open at once.
    let windows = windows(on: link) { $0.asked <= flow.arrival && $0.end >= flow.arrival }
      .reduce(0) { $0 + $1.rate }
    let room = room(of: link, at: flow.arrival) - windows
    found.require(
      flow.asked + most > room * (1 - 1e-6),
      "\(flow.name) found no room for \(flow.asked) bps beside at most \(most) of \(room)")
  }

  private func floors(
    on link: Int, beside place: Int, isMost: Bool, _ floor: (Flow) -> Double
  ) -> Double {
    flows.indices.reduce(0) { sum, other in
      // Nobody knows where one goes that was never let in: it may have waited for this link.
      guard other != place, flows[other].path?.contains(link) ?? isMost else { return sum }
      return sum + floor(flows[other])
    }
  }

  /// The most that windows take at once which were booked before an instant, from then on.
  private func booked(on link: Int, at time: Int64) -> Double {
    let there = windows(on: link) { $0.asked < time && $0.end > time }
    return there.reduce(0) { most, window in
      let open = there.filter { $0.start <= window.start && window.start < $0.end }
      return max(most, open.reduce(0) { $0 + $1.rate })
    }
  }

  private func windows(on link: Int, where counts: (Window) -> Bool) -> [Window] {
    windows.filter { $0.links.contains(model.topology.links[link].name) && counts($0) }
  }

  /// What a link has, less the most that demands ahead of flows will take.
  private func room(of link: Int, at time: Int64) -> Double {
    model.demands.reduce(model.topology.links[link].capacity.value) { room, demand in
      guard demand.precedence == .ahead, demand.stop.nanoseconds > time,
        model.routes[demand.route].links.contains(where: { Int($0.index) == link })
      else { return room }
      return room - demand.rate.value * (demand.daily.max() ?? 1)
    }
  }
}
