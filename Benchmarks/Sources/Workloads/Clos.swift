// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Leaves of 16 hosts under eight spines, every link 100 Gbps, the spine of each flow by chance.
///
/// Sixteen hosts share eight links up: flows that leave their leaf compete at both tiers.
public struct Clos: Network {
  public let capacities: [Double]
  private let hosts: Int

  private static let hostsPerLeaf = 16
  private static let spines = 8

  public init(hosts: Int) {
    precondition(hosts % Clos.hostsPerLeaf == 0, "leaves are full")
    self.hosts = hosts
    let tier = hosts / Clos.hostsPerLeaf * Clos.spines
    capacities = Array(repeating: 100 * gigabit, count: 2 * hosts + 2 * tier)
  }

  /// Links in order: hosts up, hosts down, leaves up to each spine, leaves down from each spine.
  public func path(using stream: inout RandomStream) -> [Int] {
    let (source, target) = twoDifferent(below: hosts, using: &stream)
    let (from, to) = (source / Clos.hostsPerLeaf, target / Clos.hostsPerLeaf)
    guard from != to else { return [source, hosts + target] }
    let spine = Int.random(in: 0..<Clos.spines, using: &stream)
    let up = 2 * hosts + from * Clos.spines + spine
    let down = 2 * hosts + (hosts / Clos.hostsPerLeaf + to) * Clos.spines + spine
    return [source, up, down, hosts + target]
  }
}
