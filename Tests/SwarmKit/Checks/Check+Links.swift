// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator

extension Check {
  /// Samples of links against what is known of them from elsewhere.
  static let links = [
    Check(name: "samples of a link add up to its use") { run, found in
      // A warm-up that ends within an interval is not told by samples.
      guard run.has("links"), run.warmUpEndsWithASample else { return }
      let sums = LinkSums(run)
      for (index, link) in run.outcome.links.enumerated() {
        guard let sum = sums.byLink[link.link], sum.possible > 0 else { continue }
        found.near(
          sum.carried / sum.possible, link.mean, relative: 1e-6, absolute: 1e-9,
          "samples of \(run.model.topology.links[index].name)")
      }
    },
    Check(name: "links have the capacity that they were given") { run, found in
      guard run.has("links") else { return }
      let lit = Set(run.model.light.links.flatMap { [$0.forward.index, $0.back.index] })
      var timelines: [String: CapacityTimeline] = [:]
      for (index, link) in run.model.topology.links.enumerated() where !lit.contains(Int32(index)) {
        timelines[link.name] = CapacityTimeline(run.model, link: index)
      }
      var last: [String: Int64] = [:]
      for row in run.rows("links") {
        let link = row["link"]
        guard let timeline = timelines[link], let time = row.nanoseconds("time_s") else { continue }
        let from = last[link] ?? 0
        last[link] = time
        guard time > from else { continue }
        // Sums since the start are exact to 2^-52 of themselves, which tells on short intervals.
        let rounding = 1e-15 * timeline.most * Double(time) / Double(time - from)
        found.near(
          row.number("capacity_bps") ?? 0, timeline.mean(from: from, to: time), relative: 1e-9,
          absolute: 1 + rounding, "capacity of \(link) up to \(time) ns")
      }
    },
    Check(name: "links carry what crosses them") { run, found in
      guard run.has("links"), run.has("flows"), let routes = FlowRoutes(run) else { return }
      let sums = LinkSums(run, isWhole: true)
      for (index, link) in run.model.topology.links.enumerated() {
        guard let sum = sums.byLink[link.name] else { continue }
        let (least, most) = (routes.finished[index], routes.started[index])
        let slack = 1e-6 * most + 8
        if sum.carried < least - slack || sum.carried > most + slack {
          found.add("\(link.name) carried \(sum.carried) bits of flows with \(least) to \(most)")
        }
      }
    },
    Check(name: "nothing is sent over a link that is down") { run, found in
      for row in run.rows("links") where row.number("capacity_bps") == 0 {
        found.require(
          (row.number("rate_bps") ?? 0) <= 1,
          "\(row["link"]) without capacity carries \(row["rate_bps"])")
      }
    },
  ]
}

extension SwarmRun {
  /// Whether no interval of samples lies on both sides of the end of the warm-up.
  fileprivate var warmUpEndsWithASample: Bool {
    guard model.warmUp > .zero, let every = model.outputs.sampleEvery else {
      return model.warmUp == .zero
    }
    return model.warmUp.nanoseconds % every.nanoseconds == 0
  }
}

/// What links carried over a run by their samples, and what they could have.
private struct LinkSums {
  struct Sum {
    var carried = 0.0
    var possible = 0.0
    var last: Int64 = 0
  }

  private(set) var byLink: [String: Sum] = [:]

  /// Sums what counts, or all from the start.
  init(_ run: SwarmRun, isWhole: Bool = false) {
    for row in run.rows("links") {
      guard let time = row.nanoseconds("time_s") else { continue }
      var sum = byLink[row["link"]] ?? Sum()
      // What lies before the end of the warm-up is left out of means.
      let isCounted = isWhole || sum.last >= run.model.warmUp.nanoseconds
      let seconds = isCounted ? Double(time - sum.last) / 1e9 : 0
      sum.carried += (row.number("rate_bps") ?? 0) * seconds
      sum.possible += (row.number("capacity_bps") ?? 0) * seconds
      sum.last = time
      byLink[row["link"]] = sum
    }
  }
}
