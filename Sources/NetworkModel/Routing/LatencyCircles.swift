// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// The sites around each of several centres, by the one-way latency of the light between them.
///
/// A route is the one of least delay over the fibres, and costs their length and the equipment
/// of each (`OpticalDelay`). Capacity and reach play no part: this is how near light brings two
/// places, not whether a channel is left.
public struct LatencyCircles: Sendable {
  /// A site and how far it is from the centre.
  public struct Reach: Hashable, Sendable {
    public let site: NodeID
    public let latency: SimDuration
  }

  /// What surrounds one centre.
  public struct Circle: Hashable, Sendable {
    /// The sites of the centre; a hub of several clusters has several.
    public let centre: [NodeID]
    /// Every site that can be reached, but those of the centre: nearest first, and of equal ones
    /// that of lowest position.
    public let reaches: [Reach]

    /// The sites no farther away than a limit, nearest first.
    public func within(_ limit: SimDuration) -> ArraySlice<Reach> {
      reaches.prefix { $0.latency <= limit }
    }
  }

  /// One for each centre, in the order in which they were given.
  public let circles: [Circle]

  /// Measures from the nearest site of each centre.
  public init(
    around centres: [[NodeID]], in plant: FibrePlant, delay: OpticalDelay = .standard
  ) {
    let topology = plant.topology(delay: delay)
    let links = OutgoingLinks(topology)
    circles = centres.map { centre in
      var nearest = [SimDuration?](repeating: nil, count: topology.nodes.count)
      for source in centre {
        let paths = ShortestPaths(from: source, over: links)
        for site in nearest.indices {
          let target = NodeID(index: site)
          guard let route = paths.route(to: target, in: topology) else { continue }
          let latency = topology.delay(of: route)
          nearest[site] = min(nearest[site] ?? latency, latency)
        }
      }
      return Self.circle(around: centre, nearest: nearest)
    }
  }

  private static func circle(around centre: [NodeID], nearest: [SimDuration?]) -> Circle {
    let reaches = nearest.enumerated().compactMap { site, latency -> Reach? in
      let node = NodeID(index: site)
      guard let latency, !centre.contains(node) else { return nil }
      return Reach(site: node, latency: latency)
    }
    return Circle(
      centre: centre, reaches: reaches.sorted { ($0.latency, $0.site) < ($1.latency, $1.site) })
  }
}

extension FibrePlant {
  /// Every fibre as a two-way link of its delay and no limit, for searches by latency.
  func topology(delay: OpticalDelay) -> Topology {
    var topology = Topology()
    for site in 0..<siteCount {
      topology.addNode("\(site)")
    }
    for fibre in fibres {
      topology.addLink(
        Link(
          name: fibre.name, ends: .init(source: fibre.first, target: fibre.second),
          capacity: .unlimited, delay: delay.delay(over: fibre.length)),
        isTwoWay: true)
    }
    return topology
  }
}
