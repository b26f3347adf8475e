// SPDX-License-Identifier: GPL-3.0-or-later

/// Flows share what floors leave by the weights of their tiers.
struct WeightedScheduling: FlowScheduling {
  func weight(of tier: ElasticTier) -> Double { tier.weight }
}
