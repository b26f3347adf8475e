// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
package import NetworkModel
internal import Simulator

/// The light under the links of a scenario, with all channels that links may light by themselves.
///
/// Links light theirs in turns, one each, since several may need the same fibres; first as many as carry
/// what is wanted of them, where anybody knows that, and no more than those where light that is restored
/// needs the others' channels.
package struct ScreenedLight: Sendable {
  /// What links are to carry, in bit/s, by lit link; nothing is wanted of any where it is empty.
  struct Wanted: Sendable {
    enum Order: Sendable {
      /// One channel each, again and again.
      case inTurns
      /// All of one link before the next, as a run lights those that are told, and nothing behind.
      case byLink
    }

    var rates: [Double] = []
    var isAll = false
    var order = Order.inTurns
  }

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

  init(_ model: Model, wanted: Wanted = Wanted()) {
    links = model.light.links
    guard wanted.order == .inTurns else {
      network = LightNetwork(inOrderOf: model, wanted.rates)
      return
    }
    var network = model.lit
    if !wanted.rates.isEmpty {
      network.lightInTurns(links) {
        $0.capacity(ofLink: $1).value < wanted.rates[$1] * (1 - 1e-12)
      }
    }
    if !wanted.isAll { network.lightInTurns(links) { _, _ in true } }
    self.network = network
  }

  /// `most` says how many channels links have, where these are not all that they might.
  package func standing(without fibres: [FibreID], most: [Int]? = nil) -> Standing {
    var network = network
    var standing = Standing(sums: [])
    if let most, !fibres.isEmpty, links.contains(where: { $0.protection == .restoration }) {
      for index in links.indices {
        network.linkCircuits[index].dropFirst(most[index]).forEach { network.darken($0) }
      }
    }
    var changes: [CircuitChange] = []
    for fibre in fibres { changes += network.fail(fibre, at: .zero) }
    for change in inOrder(changes.filter(\.isLost), in: network) {
      let isLit = place(of: change.circuit, in: network) == 0
      if isLit { standing.lost += 1 }
      guard change.switchesAfter != nil, network.switchOver(change.circuit, at: .zero) else {
        continue
      }
      if isLit { standing.switched += 1 }
    }
    standing.sums = links.indices.map { network.sums(ofLink: $0) }
    return standing
  }

  /// Those that are lit from the start as in a run, and the others in turns behind them.
  private func inOrder(_ changes: [CircuitChange], in network: LightNetwork) -> [CircuitChange] {
    changes.map { (place: place(of: $0.circuit, in: network), change: $0) }.enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element.change)
  }

  /// 0 for a circuit that is there from the start, else how many its link has lit by itself with it.
  private func place(of circuit: CircuitID, in network: LightNetwork) -> Int {
    let link = network.circuits[circuit].link
    guard !link.isNone, links[link.index].automatic != nil else { return 0 }
    let place = network.linkCircuits[link.index].firstIndex(of: circuit) ?? 0
    return max(0, place + 1 - links[link.index].channels)
  }
}

extension LightNetwork {
  /// Light anew, link by link: what each has from the start, and more until it carries what is wanted of it.
  fileprivate init(inOrderOf model: Model, _ rates: [Double]) {
    self.init(model.light, siteCount: model.topology.nodes.count, seed: model.seed)
    for (index, link) in model.light.links.enumerated() {
      _ = lightAtStart(link: index)
      while circuitCount(ofLink: index) < link.automatic?.most ?? 0,
        capacity(ofLink: index).value < rates[index] * (1 - 1e-12), lightOneMore(ofLink: index)
      {}
    }
  }

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
