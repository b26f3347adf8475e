// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
package import NetworkModel
package import Simulator

/// The light under the links of a scenario, with all channels that links may light by themselves.
package struct ScreenedLight: Sendable {
  private let network: LightNetwork
  private let links: [LitLink]

  /// What a failure leaves of the light.
  package struct Standing: Sendable {
    /// By lit link, what its first circuits carry: none of them, one, two and so on.
    package var sums: [[Double]]
    /// Circuits that lost their light, and those of them that are on another route.
    package var lost = 0
    package var switched = 0
  }

  package init(_ model: Model) {
    links = model.light.links
    var network = model.lit
    for (index, link) in links.enumerated() {
      guard let most = link.automatic?.most else { continue }
      while network.circuitCount(ofLink: index) < most, network.lightOneMore(ofLink: index) {}
    }
    self.network = network
  }

  package func standing(without fibres: [FibreID]) -> Standing {
    var network = network
    var standing = Standing(sums: [])
    var changes: [CircuitChange] = []
    for fibre in fibres { changes += network.fail(fibre, at: .zero) }
    for change in changes where change.isLost && isLit(change.circuit, in: network) {
      standing.lost += 1
      guard change.switchesAfter != nil else { continue }
      if network.switchOver(change.circuit, at: .zero) { standing.switched += 1 }
    }
    standing.sums = links.indices.map { network.sums(ofLink: $0) }
    return standing
  }

  /// Whether a circuit is there from the start, and not one that its link may light one day.
  private func isLit(_ circuit: CircuitID, in network: LightNetwork) -> Bool {
    let link = network.circuits[circuit].link
    guard !link.isNone, links[link.index].automatic != nil else { return true }
    let place = network.linkCircuits[link.index].firstIndex(of: circuit) ?? 0
    return place < links[link.index].channels
  }
}

extension LightNetwork {
  fileprivate mutating func lightOneMore(ofLink index: Int) -> Bool {
    guard case .lit(let circuit) = lightCircuit(demand(ofLink: index), at: .zero) else {
      return false
    }
    circuits[circuit].state = .up
    return true
  }

  fileprivate func sums(ofLink index: Int) -> [Double] {
    var sums = [0.0]
    for circuit in linkCircuits[index] {
      let carries = circuits[circuit].carries ? circuits[circuit].lineRate : 0
      sums.append((sums.last ?? 0) + carries)
    }
    return sums
  }
}
