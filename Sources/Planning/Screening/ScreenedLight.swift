// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
package import NetworkModel
package import Simulator

/// The light under the links of a scenario, with all channels that links may light by themselves.
///
/// Links light theirs in turns, one each, since several may need the same fibres; first as many as carry
/// what is wanted of them, where anybody knows that.
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

  /// `wanted` is in bit/s, by lit link; nothing is wanted of any where it is empty.
  package init(_ model: Model, wanted: [Double] = []) {
    links = model.light.links
    var network = model.lit
    if !wanted.isEmpty {
      network.lightInTurns(links) { $0.capacity(ofLink: $1).value < wanted[$1] * (1 - 1e-12) }
    }
    network.lightInTurns(links) { _, _ in true }
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
  /// Lights one channel more of each link that may have it and takes it, as long as any does.
  fileprivate mutating func lightInTurns(
    _ links: [LitLink], while takes: (LightNetwork, Int) -> Bool
  ) {
    var open = links.indices.filter { links[$0].automatic != nil }
    while !open.isEmpty {
      open = open.filter { index in
        let most = links[index].automatic?.most ?? 0
        return circuitCount(ofLink: index) < most && takes(self, index)
          && lightOneMore(ofLink: index)
      }
    }
  }

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
