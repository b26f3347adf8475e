// SPDX-License-Identifier: GPL-3.0-or-later
package import Traffic

/// Flows share what floors leave by the weights of their tiers.
package struct WeightedScheduling: FlowScheduling {
  package func weight(of tier: ElasticTier) -> Double { tier.weight }
}
