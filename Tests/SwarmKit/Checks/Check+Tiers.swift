// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Simulator
internal import Traffic

extension Check {
  /// Elastic flows get what they were sold.
  static let tiers = [
    Check(name: "elastic flows keep to their tiers") { run, found in checkTiers(run, &found) }
  ]

  private static func checkTiers(_ run: SwarmRun, _ found: inout Findings) {
    let model = run.model
    let isSound =
      model.changes.isEmpty && model.light.links.isEmpty && !model.loss.isOn
    for entry in model.elastic.entries {
      let tiers = Dictionary(
        entry.tiers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      var income: [String: Double] = [:]
      let sizes = Dictionary(
        run.rows("flows").map { ($0["flow"], $0.number("bytes") ?? 0) },
        uniquingKeysWith: { first, _ in first })
      for row in run.rows("elastic") where row["flow"].hasPrefix(entry.generator.name + "-") {
        guard let tier = tiers[row["tier_given"]] else { continue }
        if let most = row.number("most_bps") {
          found.require(
            most <= tier.ceiling.value * (1 + 1e-9),
            "\(row["flow"]) had \(most) bps of \(tier.name)")
        }
        if let least = row.number("least_bps"), isSound, !entry.admission.isNone {
          found.require(
            least >= tier.floor.value * (1 - 1e-9),
            "\(row["flow"]) had \(least) bps of \(tier.name)")
        }
        let isDecided = row["decision"] == "refuse" || !row["tier_given"].isEmpty
        found.require(isDecided, "\(row["flow"]) was let in without a tier")
        guard !row["finish_s"].isEmpty, let price = tier.price else { continue }
        income[tier.name, default: 0] += price * (sizes[row["flow"]] ?? .nan) / 1e12
      }
      for (tier, sum) in income {
        guard run.has("flows"), let metric = run.metric("\(entry.generator.name)/\(tier)/income")
        else { continue }
        found.near(metric, sum, relative: 1e-9, "income of \(entry.generator.name)/\(tier)")
      }
    }
  }
}
