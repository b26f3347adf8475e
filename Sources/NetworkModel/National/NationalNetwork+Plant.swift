// SPDX-License-Identifier: GPL-3.0-or-later

extension NationalNetwork {
  /// Fibres and rings with the sites that they join.
  public struct PlacedPlant: Sendable {
    /// In the order of the plant's positions; those of the backbone come first.
    public let sites: [Site]
    public let plant: FibrePlant
    /// What the tables have on each fibre of the plant, in its order.
    public let fibres: [NationalFibre]

    /// The position of each site by its name.
    public var nodes: [String: NodeID] {
      Dictionary(
        uniqueKeysWithValues: sites.enumerated().map { ($1.name, NodeID(index: $0)) })
    }
  }

  /// The backbone and its rings, and unless told otherwise the local ring of each cluster.
  ///
  /// A site or trunk fibre has the same position with and without the local rings.
  public func placedPlant(
    withLocalRings: Bool = true, line: LineDesign = .standard
  ) -> PlacedPlant {
    let places = withLocalRings ? sites + dataCentres : sites
    let records = withLocalRings ? fibres + localFibres : fibres
    var builder = PlantBuilder(sites: places, line: line)
    for record in records {
      builder.add(record)
    }
    for ring in rings {
      builder.addRing(ring.name, through: ring.sites)
    }
    if withLocalRings {
      for cluster in clusters {
        builder.addRing(localRing(of: cluster.id), through: localRingSites(of: cluster.id))
      }
    }
    return PlacedPlant(sites: places, plant: builder.plant, fibres: records)
  }

  /// The name of the local ring of a cluster.
  public func localRing(of cluster: String) -> String { cluster + "-ring" }

  /// The cluster of each place on a local ring.
  public var clustersOfLocalRings: [String: String] {
    Dictionary(
      clusters.flatMap { cluster in localRingSites(of: cluster.id).map { ($0, cluster.id) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The sites of a local ring in their order, from the gateway of the cluster on.
  public func localRingSites(of cluster: String) -> [String] {
    [cluster] + dataCentres.filter { $0.cluster == cluster }.map(\.name)
  }
}

/// Puts fibres and rings that go by names into a plant that goes by positions.
private struct PlantBuilder {
  private struct Ends: Hashable {
    let lower: NodeID
    let upper: NodeID

    init(_ first: NodeID, _ second: NodeID) {
      lower = min(first, second)
      upper = max(first, second)
    }
  }

  var plant: FibrePlant
  private let line: LineDesign
  private let nodes: [String: NodeID]
  private var between: [Ends: FibreID] = [:]

  init(sites: [Site], line: LineDesign) {
    plant = FibrePlant(siteCount: sites.count)
    self.line = line
    nodes = Dictionary(
      uniqueKeysWithValues: sites.enumerated().map { ($1.name, NodeID(index: $0)) })
  }

  mutating func add(_ record: NationalFibre) {
    let fibre = Fibre(
      name: record.name, first: node(record.first), second: node(record.second),
      length: record.length, line: line)
    let isNew =
      between.updateValue(plant.add(fibre), forKey: Ends(fibre.first, fibre.second)) == nil
    precondition(isNew, "The tables join two sites by one fibre, but \(record.name) is a second.")
  }

  mutating func addRing(_ name: String, through sites: [String]) {
    let stops = sites.map(node)
    let fibres = stops.indices.map { index -> FibreID in
      let next = stops[(index + 1) % stops.count]
      guard let fibre = between[Ends(stops[index], next)] else {
        preconditionFailure("The ring \(name) has no fibre from \(sites[index]) to the next site.")
      }
      return fibre
    }
    plant.add(FibreRing(name: name, fibres: fibres))
  }

  private func node(_ name: String) -> NodeID {
    guard let node = nodes[name] else {
      preconditionFailure("The tables have no site \(name).")
    }
    return node
  }
}
