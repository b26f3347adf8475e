// SPDX-License-Identifier: GPL-3.0-or-later
package import NetworkModel

/// Traffic of one class over one route, as a rate for each hour.
package struct ScreenedStream: Sendable {
  /// How it answers to links that are full.
  package enum Kind: Hashable, Sendable {
    /// A demand: what does not fit is lost.
    case demand
    /// Flows: what does not fit is held back.
    case flows
  }

  package var source: NodeID?
  package var target: NodeID?
  /// Positions of links in the topology.
  package var links: [Int32]
  package var trafficClass: Int
  package var kind: Kind
  /// Bits a second, hour by hour.
  package var rates: [Double]
}

/// Streams, of which those over one route are one.
struct StreamBook {
  private struct Key: Hashable {
    var links: [Int32]
    var trafficClass: Int
    var kind: ScreenedStream.Kind
  }

  private(set) var streams: [ScreenedStream] = []
  private var positions: [Key: Int] = [:]

  mutating func add(
    _ route: Route, trafficClass: Int, kind: ScreenedStream.Kind, rates: [Double]
  ) {
    guard rates.contains(where: { $0 > 0 }), !route.links.isEmpty else { return }
    let links = route.links.map(\.index)
    let key = Key(links: links, trafficClass: trafficClass, kind: kind)
    if let known = positions[key] {
      for hour in rates.indices { streams[known].rates[hour] += rates[hour] }
      return
    }
    positions[key] = streams.count
    streams.append(
      ScreenedStream(
        source: route.source, target: route.target, links: links, trafficClass: trafficClass,
        kind: kind, rates: rates))
  }
}
