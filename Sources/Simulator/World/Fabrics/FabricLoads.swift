// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Scheduling

/// What is under way on the links of fabrics, where their policy of balancing wants to know.
///
/// A flow counts as one on each link of its path, and so does a part of a transfer.
struct FabricLoads {
  /// By fabric and link; none of a fabric whose policy does not ask.
  private var loads: [[Float]]

  init(_ fabrics: [BalancedFabric]) {
    loads = fabrics.map { entry in
      entry.balancing.policy.readsLoads
        ? Array(repeating: 0, count: entry.fabric.links.count) : []
    }
  }

  func isKept(of fabric: Int) -> Bool { !loads[fabric].isEmpty }

  /// The loads of a fabric, by its own numbers of links.
  subscript(fabric: Int) -> [Float] {
    _read { yield loads[fabric] }
    _modify { yield &loads[fabric] }
  }
}
