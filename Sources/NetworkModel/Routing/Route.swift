// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// The links that a flow takes, in order, and the nodes it joins where they are known.
public struct Route: Hashable, Sendable {
  public var source: NodeID?
  public var target: NodeID?
  public var links: [LinkID]
  /// Whether somebody chose these very links: no fabric spreads them over its other ways.
  public var isPinned: Bool

  public init(source: NodeID?, target: NodeID?, links: [LinkID], isPinned: Bool = false) {
    self.source = source
    self.target = target
    self.links = links
    self.isPinned = isPinned
  }
}

extension Topology {
  /// The delay of all links of a route together.
  public func delay(of route: Route) -> SimDuration {
    route.links.reduce(SimDuration.zero) { $0 + self[$1].delay }
  }
}
