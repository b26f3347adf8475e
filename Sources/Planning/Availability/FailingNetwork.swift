// SPDX-License-Identifier: GPL-3.0-or-later
package import Light
internal import NetworkModel
package import Simulator

/// Places and the edges between them, each of which is up or down by itself, with a known chance.
package struct FailingNetwork: Equatable, Sendable {
  package struct Edge: Equatable, Sendable {
    package var first: Int
    package var second: Int
    /// The chance that it is up.
    package var up: Double

    package init(_ first: Int, _ second: Int, up: Double) {
      self.first = first
      self.second = second
      self.up = up
    }
  }

  package var placeCount: Int
  package var edges: [Edge]

  package init(placeCount: Int, edges: [Edge]) {
    self.placeCount = placeCount
    self.edges = edges
  }
}

/// How often fibres fail, and how long repairs take.
package struct FibreRates: Equatable, Sendable {
  package var cutsOf1000Km: FailureRates.Component?
  package var amplifiers: FailureRates.Component?
  /// Whether the scenario says so, and not this program.
  package var areGiven: Bool

  /// What is taken where a scenario says nothing of failures.
  ///
  /// 4.39 cuts a year of 1,000 sheath miles, and 12 hours of repair. Source: M. To and P. Neusy,
  /// IEEE JSAC 12(1), 1994, from memory.
  package static let standard = FibreRates(
    cutsOf1000Km: .init(meanGap_s: 365.25 * 86_400 * 1.609344 / 4.39, meanRepair_s: 12 * 3600),
    amplifiers: nil, areGiven: false)

  package init(of model: Model) {
    let rates = model.light.failures
    guard rates.cutsOf1000Km != nil || rates.amplifiers != nil else {
      self = .standard
      return
    }
    self.init(cutsOf1000Km: rates.cutsOf1000Km, amplifiers: rates.amplifiers, areGiven: true)
  }

  init(
    cutsOf1000Km: FailureRates.Component?, amplifiers: FailureRates.Component?, areGiven: Bool
  ) {
    self.cutsOf1000Km = cutsOf1000Km
    self.amplifiers = amplifiers
    self.areGiven = areGiven
  }

  /// The part of time in which a fibre is up: it has neither a cut nor an amplifier out of order.
  func up(_ fibre: Fibre) -> Double {
    let cuts = cutsOf1000Km.map { up($0, gap_s: $0.meanGap_s * 1000 / fibre.length.value) } ?? 1
    let spans = Double(fibre.section.spanCount)
    return cuts * (amplifiers.map { up($0, gap_s: $0.meanGap_s / spans) } ?? 1)
  }

  private func up(_ rate: FailureRates.Component, gap_s: Double) -> Double {
    gap_s / (gap_s + rate.meanRepair_s)
  }
}

extension FailingNetwork {
  /// The fibres of a model; what is no light has no rates, and counts as always up.
  ///
  /// Places keep the positions that they have among the nodes.
  package init(_ model: Model, _ rates: FibreRates) {
    let fibres = model.light.plant.fibres.map {
      Edge(Int($0.first.index), Int($0.second.index), up: rates.up($0))
    }
    let lit = Set(model.light.links.flatMap { [$0.forward, $0.back] })
    let others = model.topology.links.enumerated().compactMap { index, link -> Edge? in
      guard !lit.contains(LinkID(index: index)), link.kind != .fabric,
        let reverse = link.reverse, Int(reverse.index) > index, let ends = link.ends
      else { return nil }
      return Edge(Int(ends.source.index), Int(ends.target.index), up: 1)
    }
    self.init(placeCount: model.topology.nodes.count, edges: fibres + others)
  }
}
