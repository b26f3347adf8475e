// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Statistics

extension Check {
  /// Requests are those of the scenario, and light nothing where there is room.
  static let requests = [
    Check(name: "requests ask for what they were told") { run, found in
      let rows = run.rows("requests")
      let byName = Dictionary(rows.map { ($0["request"], $0) }, uniquingKeysWith: { one, _ in one })
      for source in run.model.light.requests {
        switch source {
        case .listed(let requests):
          for request in requests { check(byName[request.name], request, run, &found) }
        case .generated(let generator):
          for row in rows where row["request"].hasPrefix(generator.name + "-") {
            checkRate(row, generator.rates, &found)
          }
        }
      }
    },
    Check(name: "requests answer for outages of their own time") { run, found in
      checkOutages(run, &found)
    },
    Check(name: "nothing is lit where there is room") { run, found in checkRoom(run, &found) },
  ]

  private static func check(
    _ row: Table.Row?, _ request: ListedRequest, _ run: SwarmRun, _ found: inout Findings
  ) {
    guard run.has("requests"), request.start < run.outcome.end else { return }
    guard let row else { return found.add("\(request.name) was never made") }
    found.near(row.number("rate_bps") ?? 0, request.rate.value, "rate of \(request.name)")
    found.require(
      row.nanoseconds("start_s") == request.start.nanoseconds,
      "\(request.name) was made at \(row["start_s"]) s")
    guard let hold = request.hold, let end = row.nanoseconds("end_s"),
      let ready = row.nanoseconds("ready_s")
    else { return }
    let held = [end - ready, end - request.start.nanoseconds]
    found.require(held.contains(hold.nanoseconds), "\(request.name) was held for \(held) ns")
  }

  private static func checkRate(
    _ row: Table.Row, _ rates: Distribution, _ found: inout Findings
  ) {
    let rate = row.number("rate_bps") ?? 0
    switch rates {
    case .fixed(let value): found.near(rate, value, "rate of \(row["request"])")
    case .empirical(let values, _):
      found.require(
        values.contains { abs($0 - rate) <= 1e-9 * $0 }, "\(row["request"]) asks for \(rate) bps")
    default: break
    }
  }

  /// While all fibres and transponders are well, requests are served.
  private static func checkOutages(_ run: SwarmRun, _ found: inout Findings) {
    guard run.has("requests"), run.has("events") else { return }
    let times = run.model.light.switching
    let longest = max(times.protection, times.ring, times.restoration).nanoseconds
    var open = 0
    var ill: [(from: Int64, to: Int64)] = []
    for row in run.rows("events") {
      guard let time = row.nanoseconds("time_s") else { continue }
      switch row["event"] {
      case "fibre-cut", "amplifier-fails", "transponder-fails":
        if open == 0 { ill.append((time, .max)) }
        open += 1
      case "fibre-mended", "amplifier-repaired", "transponder-repaired":
        open -= 1
        if open == 0, let last = ill.indices.last { ill[last].to = time + 2 * longest }
      default: break
      }
    }
    for row in run.rows("requests") where row["outcome"] != "blocked" {
      guard let start = row.nanoseconds("start_s"), let available = row.number("availability")
      else { continue }
      let end = row.nanoseconds("end_s") ?? .max
      if ill.contains(where: { $0.from <= end && start <= $0.to }) { continue }
      found.near(available, 1, "availability of \(row["request"])")
    }
  }

  /// A client fills what is lit between its ends before anything new is.
  private static func checkRoom(_ run: SwarmRun, _ found: inout Findings) {
    let light = run.model.light
    guard run.has("lightpaths"), light.allowsGrooming, light.faults.isEmpty,
      light.failures.cutsOf1000Km == nil, light.failures.amplifiers == nil,
      light.failures.transponders == nil
    else { return }
    var rates: [String: Double] = [:]
    for row in run.rows("lightpaths") { rates[row["lightpath"]] = row.number("line_rate_bps") }
    let rows = run.rows("requests").filter {
      $0["outcome"] != "blocked" && $0["protection"] == "none"
    }
    let clients = Dictionary(
      grouping: rows.flatMap { row in row.parts("lightpaths").map { (path: $0, row: row) } },
      by: \.path)
    for (path, all) in clients where all.allSatisfy({ $0.row.parts("lightpaths").count == 1 }) {
      guard let most = rates[path], let first = all.first?.row else { continue }
      // Light of both directions is for whoever asks at either end.
      func ends(_ row: Table.Row) -> [String] {
        let both = [row["source"], row["target"]]
        return light.isTwoWay ? both.sorted() : both
      }
      for row in rows where row["outcome"] == "lit" && ends(row) == ends(first) {
        guard let start = row.nanoseconds("start_s"), row.parts("lightpaths") != [path] else {
          continue
        }
        let riding = all.map(\.row).filter {
          $0.nanoseconds("start_s") ?? .max < start && start < $0.nanoseconds("end_s") ?? .max
        }
        let used = riding.reduce(0) { $0 + ($1.number("rate_bps") ?? 0) }
        let rate = row.number("rate_bps") ?? 0
        found.require(
          riding.isEmpty || most - used < rate * (1 - 1e-9),
          "\(row["request"]) of \(rate) bps has new light beside \(path) with \(most - used)")
      }
    }
  }
}
