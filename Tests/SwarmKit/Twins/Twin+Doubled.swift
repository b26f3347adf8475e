// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import Simulator
internal import YAMLReader

extension Twin {
  /// Twice as much over links of twice the rate takes as long.
  static let doubled = Twin(
    name: "twice the sizes at twice the rates take as long",
    make: { scenario, run in
      let model = run.model
      // A policy that weighs what data take may choose otherwise for a byte that is rounded.
      let isChosen = model.computing.entries.contains { $0.pool == nil && !$0.origins.isEmpty }
      let isPlain =
        !isChosen && !model.loss.isOn && model.light.links.isEmpty && model.light.requests.isEmpty
        && !model.transfers.servesJobs && model.tokens.isEmpty && model.training.jobs.isEmpty
        && scenario.files.isEmpty
      guard isPlain, let root = tree(run.resolved) else { return nil }
      return scenario.with(root.mapTexts(twice))
    },
    compare: { run, twin, found in
      let (rows, others) = (run.rows("flows"), twin.rows("flows"))
      found.require(rows.count == others.count, "\(rows.count) flows, then \(others.count)")
      // The input of a job that is placed again is sent again, by the same name.
      let finishes = Dictionary(grouping: others, by: { $0["flow"] })
      var seen: [String: Int] = [:]
      let end = run.outcome.end.nanoseconds
      // Sizes that are drawn are whole bytes, and so not all twice as much.
      let slowest = rows.compactMap { $0.number("mean_bps") }.min() ?? .infinity
      let rounding = 8 * Double(rows.count) / slowest * 1e9
      for row in rows {
        let place = seen[row["flow"], default: 0]
        seen[row["flow"]] = place + 1
        guard let named = finishes[row["flow"]], place < named.count else {
          found.add("\(row["flow"]) is missing")
          continue
        }
        let other = named[place].nanoseconds("finish_s")
        let (one, two) = (row.nanoseconds("finish_s") ?? end, other ?? end)
        let held = Double(one - (row.nanoseconds("start_s") ?? 0))
        // The rate of a booked window is a whole number of bit/s: up to one more than it takes.
        let booking = run.model.transfers.isEmpty ? 0 : held / slowest
        found.near(
          Double(two), Double(one), relative: 1e-9, absolute: 20 + rounding + booking,
          "finish of \(row["flow"])")
      }
    })

  private static let units: Set<String> = [
    "bps", "kbps", "Mbps", "Gbps", "Tbps", "Pbps", "B", "kB", "MB", "GB", "TB", "PB", "EB", "KiB",
    "MiB", "GiB", "TiB",
  ]

  /// A rate or a size times two; anything else as it is.
  @Sendable private static func twice(_ text: String) -> String {
    let parts = text.split(separator: " ")
    guard parts.count == 2, units.contains(String(parts[1])), let value = Double(parts[0]) else {
      return text
    }
    return "\(value * 2) \(parts[1])"
  }
}
