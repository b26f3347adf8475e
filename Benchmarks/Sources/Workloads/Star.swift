// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Hosts with 100 Gbps up and down, each talking to all others on its island.
///
/// One island is a star; many are what a solver must not look at all together.
public struct Star: Network {
  public let capacities: [Double]
  private let hosts: Int
  private let hostsPerIsland: Int

  public init(hosts: Int, hostsPerIsland: Int) {
    precondition(hostsPerIsland > 1 && hosts % hostsPerIsland == 0, "islands are equally large")
    self.hosts = hosts
    self.hostsPerIsland = hostsPerIsland
    capacities = Array(repeating: 100 * gigabit, count: 2 * hosts)
  }

  public func path(using stream: inout RandomStream) -> [Int] {
    let island = Int.random(in: 0..<hosts / hostsPerIsland, using: &stream) * hostsPerIsland
    let (source, target) = twoDifferent(below: hostsPerIsland, using: &stream)
    return [island + source, hosts + island + target]
  }
}
