// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Equal-cost multipath: each queue pair of a transfer is hashed on a way, and stays there.
///
/// With n transfers of one queue pair on n uplinks, a part 1 - (1 - 1/n)^n of the uplinks has
/// something to carry, and that is the mean throughput.
package struct HashedPaths: LoadBalancer {
  package let queuePairs: Int

  package func paths(of batch: BalancedBatch) -> BalancedPaths {
    var paths = BalancedPaths()
    for pair in batch.pairs {
      for part in 0..<queuePairs { paths.append(batch.hashed(pair, part: part)) }
      paths.endTransfer()
    }
    return paths
  }
}
