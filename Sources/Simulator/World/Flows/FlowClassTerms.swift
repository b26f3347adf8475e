// SPDX-License-Identifier: GPL-3.0-or-later
internal import FlowMath
internal import NetworkModel
internal import Traffic

extension FlowClassTable {
  /// A ceiling that holds nobody: the fastest link that there can be.
  static let highest = 1e18
}

extension TrafficClass {
  /// The terms of a flow class whose flows are a share of flows of this class, and never exceed a rate.
  func flowTerms(upTo most: Double, share: Double, changes: Bool, layer: Int) -> FlowTerms {
    FlowTerms(
      weight: weight * share, floor: min(floor.value, most) * share,
      // What may get another ceiling has one from the start.
      ceiling: (changes ? min(most, FlowClassTable.highest) : most) * share, layer: layer)
  }
}
