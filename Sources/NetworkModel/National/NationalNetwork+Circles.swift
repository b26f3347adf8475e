// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

extension NationalNetwork {
  /// The cities around a hub or cluster.
  public struct CityCircle: Hashable, Sendable {
    /// A city and the one-way latency to it.
    public struct City: Hashable, Sendable {
      public let name: String
      public let latency: SimDuration
    }

    /// The hub or the cluster.
    public let centre: String
    /// Nearest first.
    public let cities: [City]

    /// The cities no farther away than a limit, nearest first.
    public func within(_ limit: SimDuration) -> ArraySlice<City> {
      cities.prefix { $0.latency <= limit }
    }
  }

  /// The cities around each hub, by the latency from the nearest of its clusters.
  ///
  /// Only the cities of the backbone are there, fewer than those that the policies count.
  public func hubCircles(delay: OpticalDelay = .standard) -> [CityCircle] {
    cityCircles(
      around: hubs.map { hub in (hub.id, clusters.filter { $0.hub == hub.id }.map(\.id)) },
      delay: delay)
  }

  /// The cities around each cluster.
  public func clusterCircles(delay: OpticalDelay = .standard) -> [CityCircle] {
    cityCircles(around: clusters.map { ($0.id, [$0.id]) }, delay: delay)
  }

  private func cityCircles(
    around centres: [(name: String, clusters: [String])], delay: OpticalDelay
  ) -> [CityCircle] {
    let placed = placedPlant(withLocalRings: false)
    let nodes = placed.nodes
    let circles = LatencyCircles(
      around: centres.map { $0.clusters.compactMap { nodes[$0] } }, in: placed.plant, delay: delay)
    return zip(centres, circles.circles).map { centre, circle in
      let cities = circle.reaches.filter { placed.sites[Int($0.site.index)].kind.isCity }
      return CityCircle(
        centre: centre.name,
        cities: cities.map {
          .init(name: placed.sites[Int($0.site.index)].name, latency: $0.latency)
        })
    }
  }
}
