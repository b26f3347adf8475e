// SPDX-License-Identifier: GPL-3.0-or-later
internal import Light
internal import NetworkModel
package import Simulator

/// What links carry: as it is told, or as the light under them does.
///
/// A link with automatic capacity has as few channels as keep it no fuller than it likes; the time
/// until they are lit does not count.
package struct ScreenedCapacity: Sendable {
  private let told: [Double]
  private let links: [LitLink]
  /// By link of the topology, the lit link that it is a direction of; -1 for none.
  package let litLinks: [Int32]

  package init(_ model: Model) {
    told = model.topology.links.map(\.capacity.value)
    links = model.light.links
    var litLinks = [Int32](repeating: -1, count: told.count)
    for (index, link) in links.enumerated() {
      litLinks[Int(link.forward.index)] = Int32(index)
      litLinks[Int(link.back.index)] = Int32(index)
    }
    self.litLinks = litLinks
  }

  package var linkCount: Int { told.count }

  /// What takes the place of what the scenario has, where a plan builds more.
  package struct Limits: Sendable {
    /// By lit link, the most channels.
    package var most: [Int]?
    /// By link of the topology, what it carries where no light does.
    package var told: [Double]?

    package init(most: [Int]? = nil, told: [Double]? = nil) {
      self.most = most
      self.told = told
    }
  }

  /// Which links carry nothing, of those that are not down by themselves.
  func isDark(_ link: Int, _ sums: [[Double]]) -> Bool {
    litLinks[link] >= 0 && (sums[Int(litLinks[link])].last ?? 0) == 0
  }

  /// The channels that each lit link has in each hour for what its links have to carry; hours of
  /// a link together.
  func channels(
    for loads: [Double], _ sums: [[Double]], hours: Int, _ limits: Limits
  ) -> [Int] {
    links.indices.flatMap { index in
      let most = limits.most?[index] ?? Int.max
      return (0..<hours).map { hour in
        let need = max(
          loads[Int(links[index].forward.index) * hours + hour],
          loads[Int(links[index].back.index) * hours + hour])
        return min(most, channels(of: index, for: need, sums[index]))
      }
    }
  }

  private func channels(of index: Int, for need: Double, _ sums: [Double]) -> Int {
    guard let rule = links[index].automatic else { return sums.count - 1 }
    let least = min(links[index].channels, sums.count - 1)
    return (least..<sums.count).first { need <= rule.above * sums[$0] } ?? sums.count - 1
  }

  /// What all links carry in each hour with so many channels; hours of a link together.
  func capacities(
    _ channels: [Int], _ sums: [[Double]], down: [Bool], hours: Int, _ limits: Limits
  ) -> [Double] {
    let told = limits.told ?? told
    var capacities = [Double](repeating: 0, count: told.count * hours)
    for link in told.indices where !down[link] {
      let lit = Int(litLinks[link])
      for hour in 0..<hours {
        capacities[link * hours + hour] =
          lit < 0 ? told[link] : sums[lit][min(channels[lit * hours + hour], sums[lit].count - 1)]
      }
    }
    return capacities
  }
}
