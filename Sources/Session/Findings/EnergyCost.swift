// SPDX-License-Identifier: GPL-3.0-or-later

internal import Text

/// What pools took of electricity, and what that cost.
struct EnergyCost: FindingRule {
  func findings(in facts: RunFacts) -> [Finding] {
    let energy = facts["energy_facility"]
    guard energy > 0 else { return [] }
    let taken = formatted(energy, unit: "kWh")
    var text = Sentence("Pools took \(taken)", "算力池耗电 \(taken)")
    if facts["pue"] > 0 {
      let pue = formatted(digits: 3, of: facts["pue"])
      text += Sentence(" (PUE \(pue))", "（PUE \(pue)）")
    }
    let yuan = facts["energy_cost"] + facts["demand_cost"]
    if yuan > 0 {
      text += Sentence(" for \(formatted(count: yuan)) yuan", "，电费 \(formatted(count: yuan)) 元")
    }
    if facts["demand_cost"] > 0 {
      let highest = formatted(count: facts["demand_cost"])
      text += Sentence(", of which \(highest) for their highest demand", "（其中最大需量 \(highest) 元）")
    }
    if facts["carbon"] > 0 {
      let carbon = formatted(facts["carbon"], unit: "kg")
      text += Sentence(", and \(carbon) of carbon", "，碳排放 \(carbon)")
    }
    return [Finding(.energyCost, text.ended, command: "report RUN --out page.html")]
  }
}
