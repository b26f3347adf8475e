// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Packet spraying: every path that is up carries the same part of each transfer.
///
/// The cards must put up with packets out of order. Around a failed link all transfers of its
/// leaf lose the same part.
package struct EvenSpray: LoadBalancer {
  package var dividesAnew: Bool { true }

  package func paths(of batch: BalancedBatch) -> BalancedPaths {
    var paths = BalancedPaths()
    for pair in batch.pairs {
      let tier = batch.fabric.tier(of: pair)
      let all = batch.fabric.choices(at: tier)
      let choices = batch.down.isEmpty ? Array(0..<all) : batch.choicesUp(of: pair, tier)
      for choice in choices { paths.append(choice) }
      paths.endTransfer()
    }
    return paths
  }
}
