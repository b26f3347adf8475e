// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator

extension Check {
  /// What must hold of light, found from the rows of its tables alone.
  static let light = [
    Check(name: "no channel is taken twice on a fibre") { run, found in
      var taken: [Slot: [(from: Int64, to: Int64, name: String)]] = [:]
      for row in run.rows("lightpaths") where row["role"] != "ring" {
        for slot in Slot.all(of: row, in: run.model) {
          let from = row.nanoseconds("lit_s") ?? 0
          taken[slot, default: []].append(
            (from, row.nanoseconds("dark_s") ?? .max, row["lightpath"]))
        }
      }
      for (slot, spans) in taken {
        let inOrder = spans.sorted { ($0.from, $0.name) < ($1.from, $1.name) }
        for (one, next) in zip(inOrder, inOrder.dropFirst()) where next.from < one.to {
          found.add("\(slot) has \(one.name) and \(next.name) at once")
        }
      }
    },
    Check(name: "what is lit at the end is what is used") { run, found in
      let model = run.model
      guard run.has("lightpaths"), model.light.isTwoWay, !model.light.usesRings,
        let mean = run.metric("spectrum_used_mean"), let most = run.metric("spectrum_used_max")
      else { return }
      var used = model.light.plant.fibres.map { _ in 0.0 }
      for row in run.rows("lightpaths") where row["dark_s"].isEmpty {
        let slots = Slot.all(of: row, in: model)
        guard !slots.isEmpty else { return }
        for slot in slots { used[slot.fibre] += 1 }
      }
      let parts = used.map { $0 / Double(model.light.grid.count) }
      guard !parts.isEmpty else { return }
      found.near(mean, parts.reduce(0, +) / Double(parts.count), "spectrum_used_mean")
      found.near(most, parts.max() ?? 0, "spectrum_used_max")
      found.require(most <= (run.metric("spectrum_peak") ?? 0) + 1e-9, "more at the end than ever")
    },
    Check(name: "lightpaths are as long as their fibres, and close") { run, found in
      let model = run.model
      for row in run.rows("lightpaths") {
        let fibres = Slot.fibres(of: row.parts("path"), in: model)
        let km = fibres.reduce(0) { $0 + model.light.plant.fibres[$1].length.value }
        found.near(row.number("km") ?? 0, km, relative: 1e-9, "length of \(row["lightpath"])")
        found.require(row.number("line_rate_bps") ?? 0 > 0, "\(row["lightpath"]) carries nothing")
        guard case .byQuality(_, let margin) = model.light.rating,
          let left = row.number("margin_db"), model.light.interference == .fullLoad
        else { continue }
        found.require(left >= margin - 1e-9, "\(row["lightpath"]) has a margin of \(left) dB")
      }
    },
    Check(name: "requests fit into their lightpaths") { run, found in
      guard run.has("lightpaths") else { return }
      checkGrooming(run, &found)
    },
    Check(name: "without faults nothing is ever down") { run, found in
      let light = run.model.light
      let isSound =
        light.faults.isEmpty && light.failures.cutsOf1000Km == nil
        && light.failures.amplifiers == nil && light.failures.transponders == nil
      guard isSound else { return }
      for row in run.rows("services") {
        found.near(row.number("down_s") ?? 0, 0, "\(row["service"]) is down")
        found.near(row.number("outages") ?? 0, 0, "\(row["service"]) has outages")
      }
      for row in run.rows("requests") {
        found.near(row.number("availability") ?? 1, 1, "availability of \(row["request"])")
      }
      found.near(run.metric("lightpaths_lost") ?? 0, 0, "lightpaths_lost")
    },
    Check(name: "links have the rates of their lightpaths") { run, found in
      checkLitCapacity(run, &found)
    },
    Check(name: "links have no more than their light") { run, found in
      LightUnderLinks(run)?.check(&found)
    },
    Check(name: "switching takes its time") { run, found in
      let protection = run.model.light.switching.protection.seconds
      let horizon = run.outcome.end.seconds
      let events = run.rows("events").filter { $0["event"] == "lightpath-lost" }
      // What is mended before it switches was out for less, or has got another lightpath meanwhile.
      let mended = run.rows("events").filter { event in
        ["-mended", "-repaired", "-lit"].contains { event["event"].hasSuffix($0) }
      }.map { $0.number("time_s") ?? 0 }
      let isCutShort = events.contains { event in
        let lost = event.number("time_s") ?? 0
        return lost > horizon - 2 * protection
          || mended.contains { lost <= $0 && $0 <= lost + protection }
      }
      guard !isCutShort else { return }
      // Of several channels one may be on its way to the other side when the last of them is lost.
      for row in run.rows("services") where row["protection"] == "1+1" && row["lightpaths"] == "1" {
        guard row.number("outages") ?? 0 > 0 else { continue }
        let longest = row.number("longest_outage_s") ?? 0
        found.require(
          longest >= protection - 1e-9, "\(row["service"]) was out for \(longest) s at most")
      }
    },
  ]

  /// At every instant the clients of lightpaths ask for no more than those carry.
  private static func checkGrooming(_ run: SwarmRun, _ found: inout Findings) {
    var rates: [String: Double] = [:]
    for row in run.rows("lightpaths") { rates[row["lightpath"]] = row.number("line_rate_bps") }
    var clients: [String: [(from: Int64, to: Int64, rate: Double)]] = [:]
    for row in run.rows("requests") where row["outcome"] != "blocked" {
      let paths = row.parts("lightpaths")
      guard paths.count == 1, let ready = row.nanoseconds("ready_s") else { continue }
      clients[paths[0], default: []].append(
        (ready, row.nanoseconds("end_s") ?? .max, row.number("rate_bps") ?? 0))
    }
    for (path, all) in clients {
      guard let most = rates[path] else { continue }
      for client in all {
        let sum = all.filter { $0.from <= client.from && client.from < $0.to }
          .reduce(0) { $0 + $1.rate }
        found.require(sum <= most * (1 + 1e-9), "\(path) of \(most) bps carries \(sum)")
      }
    }
  }

  /// Where nothing fails and nothing is lit on demand, a link has what its lightpaths carry.
  private static func checkLitCapacity(_ run: SwarmRun, _ found: inout Findings) {
    let light = run.model.light
    guard run.has("links"), run.has("lightpaths"), light.faults.isEmpty,
      light.failures.cutsOf1000Km == nil, light.failures.amplifiers == nil,
      light.failures.transponders == nil, !run.model.transfers.reserves
    else { return }
    var sums: [String: Double] = [:]
    for row in run.rows("lightpaths") where row["role"] == "working" {
      sums[row["link"], default: 0] += row.number("line_rate_bps") ?? 0
    }
    let fixed = light.links.filter {
      $0.automatic == nil && !$0.isOnDemand && $0.protection == .none
    }.map(\.name)
    for row in run.rows("links") {
      let name = row["link"].hasSuffix(":back") ? String(row["link"].dropLast(5)) : row["link"]
      guard fixed.contains(name) else { continue }
      found.near(
        row.number("capacity_bps") ?? 0, sums[name] ?? 0, relative: 1e-9, absolute: 1,
        "capacity of \(row["link"]), by its lightpaths")
    }
  }
}
