// SPDX-License-Identifier: GPL-3.0-or-later

/// The links that a flow takes, in order, and the nodes it joins where they are known.
public struct Route: Hashable, Sendable {
  public var source: NodeID?
  public var target: NodeID?
  public var links: [LinkID]

  public init(source: NodeID?, target: NodeID?, links: [LinkID]) {
    self.source = source
    self.target = target
    self.links = links
  }
}
