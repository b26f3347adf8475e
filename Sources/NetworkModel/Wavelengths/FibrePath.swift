// SPDX-License-Identifier: GPL-3.0-or-later

/// A way over fibres that visits no site twice.
public struct FibrePath: Hashable, Sendable {
  /// From the first site to the last, one more than there are fibres.
  public let sites: [NodeID]
  public let fibres: [FibreID]
  public let length: Kilometres

  public init(sites: [NodeID], fibres: [FibreID], length: Kilometres) {
    self.sites = sites
    self.fibres = fibres
    self.length = length
  }

  public var hops: Int { fibres.count }

  /// The same path the other way.
  public var reversed: FibrePath {
    FibrePath(sites: sites.reversed(), fibres: fibres.reversed(), length: length)
  }
}

/// The quantity of which a path should have little.
public enum PathMeasure: Hashable, Sendable {
  case km
  case hops
  /// Light's time in the fibre and in the equipment at its end, in any one unit of time.
  case delay(perKm: Double, perHop: Double)

  func cost(of fibre: Fibre) -> Double {
    switch self {
    case .km: fibre.length.value
    case .hops: 1
    case .delay(let perKm, let perHop): perKm * fibre.length.value + perHop
    }
  }

  /// What decides between paths of equal measure.
  func secondCost(of fibre: Fibre) -> Double {
    if case .hops = self { fibre.length.value } else { 1 }
  }
}
