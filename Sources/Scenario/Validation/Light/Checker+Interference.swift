// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
internal import Simulator
internal import YAMLReader

extension Checker {
  /// Reports what can't be judged by the channels that are lit.
  ///
  /// Light that changes its channel on the way, and rings whose light comes with a cut, would have
  /// to be judged for more than what is lit at the moment.
  mutating func check(
    _ interference: Written<InterferenceChoice>, with section: LightSection, _ model: LightModel
  ) {
    let conflicts: [(isThere: Bool, what: String)] = [
      (section.reach != nil, "reach, which knows no interference"),
      (section.regeneration.isAnywhere, "regeneration"), (section.conversion, "conversion"),
      (section.search == .channelFirst, "search: channel-first"),
      (model.usesRings, "protection: ring"),
    ]
    for conflict in conflicts where conflict.isThere {
      report(
        "found lit together with \(conflict.what), expected interference: full there",
        at: interference)
    }
  }
}
