// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results
internal import Scenario
internal import Simulator

/// What `show circles` prints: which places light reaches in 5 ms and in 20 ms.
///
/// "East Data, West Computing" asks that the demand around a hub be within 5 ms of it, and any two
/// hubs within 20 ms of each other, one way.
struct CircleListing {
  private typealias Centre = (name: String, nodes: [NodeID])

  private static let near = SimDuration(nanoseconds: 5_000_000)
  private static let far = SimDuration(nanoseconds: 20_000_000)

  private let model: Model
  /// The cities of the national network, which are what its policy counts; nil for all nodes.
  private let cities: Set<String>?
  private let centres: [Centre]

  init(_ loaded: LoadedScenario) throws(UsageError) {
    model = loaded.model
    guard !model.light.plant.fibres.isEmpty else {
      throw .other("the network of '\(model.name)' has no fibres to measure along")
    }
    let nodes = model.topology.nodes
    let positions = Dictionary(
      nodes.enumerated().map { ($1, NodeID(index: $0)) }, uniquingKeysWith: { first, _ in first })
    if loaded.isNational {
      let national = NationalNetwork()
      cities = Set(national.sites.filter(\.kind.isCity).map(\.name))
      centres = national.hubs.map { hub in
        let clusters = national.clusters.filter { $0.hub == hub.id }
        return (hub.id, clusters.compactMap { positions[$0.id] })
      }
    } else {
      cities = nil
      centres = nodes.indices.map { (nodes[$0], [NodeID(index: $0)]) }
    }
  }

  /// One row for each hub of the national network, or for each node of another.
  func listing() -> Listing {
    var listing = Listing([
      .init("around"), .init("within 5 ms", "within_5_ms"), .init("within 20 ms", "within_20_ms"),
      .init("farthest", "farthest_s"), .init("which are within 5 ms", "which_within_5_ms"),
    ])
    for (centre, circle) in zip(centres, circles(around: centres.map(\.nodes))) {
      let near = circle.within(CircleListing.near).filter(isCounted)
      listing.append([
        .text(centre.name), .count(near.count),
        .count(circle.within(CircleListing.far).count(where: isCounted)),
        circle.reaches.last(where: isCounted).map { .duration($0.latency) } ?? .absent,
        .names(near.map { model.topology[$0.site] }),
      ])
    }
    return listing
  }

  /// One row for each place around one node or hub, nearest first.
  func listing(from name: String) throws(UsageError) -> Listing {
    let nodes: [NodeID]
    if let centre = centres.first(where: { $0.name == name }) ?? hub(called: name) {
      nodes = centre.nodes
    } else {
      nodes = [try model.node(name)]
    }
    var listing = Listing([
      .init("place"), .init("latency", "latency_s"), .init("within 5 ms", "within_5_ms"),
      .init("within 20 ms", "within_20_ms"),
    ])
    for circle in circles(around: [nodes]) {
      for reach in circle.reaches {
        listing.append([
          .text(model.topology[reach.site]), .duration(reach.latency),
          .text(reach.latency <= CircleListing.near ? "yes" : "no"),
          .text(reach.latency <= CircleListing.far ? "yes" : "no"),
        ])
      }
    }
    return listing
  }

  /// The hub that has a name in words, such as 京津冀枢纽.
  private func hub(called name: String) -> Centre? {
    guard cities != nil else { return nil }
    let hub = NationalNetwork().hubs.first { hub in
      [hub.name, hub.name + " hub", hub.chineseName, String(hub.chineseName.dropLast(2))]
        .contains(name)
    }
    return centres.first { $0.name == hub?.id }
  }

  private func circles(around centres: [[NodeID]]) -> [LatencyCircles.Circle] {
    let light = model.light
    let delay = OpticalDelay(perKilometre: light.delayPerKm, perHop: light.delayPerHop)
    return LatencyCircles(around: centres, in: light.plant, delay: delay).circles
  }

  private func isCounted(_ reach: LatencyCircles.Reach) -> Bool {
    cities?.contains(model.topology[reach.site]) ?? true
  }
}
