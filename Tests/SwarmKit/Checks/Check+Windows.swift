// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

extension Check {
  /// Transfers keep to what they booked.
  static let windows = [
    Check(name: "booked windows fit on their links") { run, found in checkWindows(run, &found) }
  ]

  private static func checkWindows(_ run: SwarmRun, _ found: inout Findings) {
    let model = run.model
    guard model.changes.isEmpty, model.light.links.isEmpty else { return }
    var booked: [String: [(from: Int64, to: Int64, rate: Double)]] = [:]
    for row in run.rows("transfers") where row["reservation"] == "held" {
      guard let from = row.nanoseconds("window_start_s"), let to = row.nanoseconds("window_end_s"),
        let rate = row.number("rate_bps")
      else { continue }
      for link in row.parts("path") { booked[link, default: []].append((from, to, rate)) }
      let bits = (row.number("bytes") ?? 0) * 8
      let room = Double(to - from) / 1e9 * rate
      found.require(
        room >= bits * (1 - 1e-9) && room <= bits * (1 + 1e-6) + 2 * rate,
        "the window of \(row["transfer"]) holds \(room) bits for \(bits)")
      if let deadline = row.nanoseconds("deadline_s") {
        found.require(to <= deadline, "the window of \(row["transfer"]) ends behind its deadline")
      }
      if let finish = row.nanoseconds("finish_s") {
        found.require(
          // Windows end on a whole microsecond behind the last bit.
          to - finish >= -2 && to - finish <= 2_000 + (to - from) / 1_000_000,
          "\(row["transfer"]) arrived at \(finish), its window ended at \(to) ns")
      }
    }
    for link in model.topology.links {
      let all = booked[link.name] ?? []
      for window in all {
        let sum = all.filter { $0.from <= window.from && window.from < $0.to }
          .reduce(0) { $0 + $1.rate }
        found.require(
          sum <= link.capacity.value * model.transfers.share * (1 + 1e-9) + 1,
          "\(link.name) of \(link.capacity.value) bps has \(sum) booked at \(window.from) ns")
      }
    }
  }
}
