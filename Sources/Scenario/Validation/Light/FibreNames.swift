// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// The sites and the fibres of a plant by their names, for any number of paths spelled in them.
public struct FibreNames: Sendable {
  let plant: FibrePlant
  /// The names of the sites.
  let sites: [String]
  private let siteByName: [String: NodeID]
  private let fibreByName: [String: FibreID]
  private let joining: [Pair: Joining]

  /// Two sites, whichever comes first.
  private struct Pair: Hashable {
    var lower: NodeID
    var upper: NodeID

    init(_ one: NodeID, _ other: NodeID) {
      (lower, upper) = one.index < other.index ? (one, other) : (other, one)
    }
  }

  /// The first of the fibres between two sites, and whether there are others.
  struct Joining {
    var first: FibreID
    var isOnlyOne: Bool
  }

  /// Of several that have one name the first is meant.
  public init(_ plant: FibrePlant, sites: [String]) {
    self.plant = plant
    self.sites = sites
    siteByName = Dictionary(
      sites.enumerated().map { ($1, NodeID(index: $0)) }, uniquingKeysWith: { first, _ in first })
    fibreByName = Dictionary(
      plant.fibres.enumerated().map { ($1.name, FibreID(index: $0)) },
      uniquingKeysWith: { first, _ in first })
    joining = Dictionary(
      plant.fibres.enumerated().map { index, fibre in
        (
          Pair(fibre.first, fibre.second),
          Joining(first: FibreID(index: index), isOnlyOne: true)
        )
      }, uniquingKeysWith: { first, _ in Joining(first: first.first, isOnlyOne: false) })
  }

  func site(named name: String) -> NodeID? { siteByName[name] }
  func fibre(named name: String) -> FibreID? { fibreByName[name] }
  func fibre(between one: NodeID, and other: NodeID) -> Joining? { joining[Pair(one, other)] }
}
