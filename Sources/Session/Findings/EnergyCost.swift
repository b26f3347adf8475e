// SPDX-License-Identifier: GPL-3.0-or-later

internal import Text

/// What pools took of electricity, and what that cost.
struct EnergyCost: FindingRule {
  func findings(in facts: RunFacts) -> [Finding] {
    let energy = facts["energy_facility"]
    guard energy > 0 else { return [] }
    var text = "Pools took \(formatted(energy, unit: "kWh"))"
    if facts["pue"] > 0 { text += " (PUE \(formatted(digits: 3, of: facts["pue"])))" }
    let yuan = facts["energy_cost"] + facts["demand_cost"]
    if yuan > 0 { text += " for \(formatted(count: yuan)) yuan" }
    if facts["demand_cost"] > 0 {
      text += ", of which \(formatted(count: facts["demand_cost"])) for their highest demand"
    }
    if facts["carbon"] > 0 { text += ", and \(formatted(facts["carbon"], unit: "kg")) of carbon" }
    return [Finding(.cost, text + ".", command: "report RUN --out page.html")]
  }
}
