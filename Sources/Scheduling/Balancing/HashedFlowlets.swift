// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// Flowlet switching: a transfer changes its path at each gap, to one that is hashed anew.
///
/// A fluid has no gaps, so flowlets are told by their number: equal pieces of a transfer, sent
/// one behind another. That flowlets grow where there is room, as in LetFlow (E. Vanini et al.,
/// NSDI 2017), is left out. A transfer meets good paths and bad ones, and their mean is what
/// counts.
package struct HashedFlowlets: LoadBalancer {
  package let count: Int

  package var flowlets: Int { count }

  package func paths(of batch: BalancedBatch) -> BalancedPaths {
    var paths = BalancedPaths()
    for pair in batch.pairs {
      paths.append(batch.hashed(pair, part: 0, flowlet: batch.flowlet))
      paths.endTransfer()
    }
    return paths
  }
}
