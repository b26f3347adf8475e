// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// The position of a node in its topology.
public struct NodeID: Hashable, Comparable, Sendable {
  public let index: Int32

  public init(index: Int) {
    self.index = Int32(index)
  }

  public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// The position of a link in its topology.
public struct LinkID: Hashable, Comparable, Sendable {
  public let index: Int32

  public init(index: Int) {
    self.index = Int32(index)
  }

  public static func < (left: LinkID, right: LinkID) -> Bool { left.index < right.index }
}

/// What the flow layer sees between two sites: one direction, with a capacity and a delay.
public struct Link: Sendable {
  /// Where a link starts and ends.
  public struct Ends: Hashable, Sendable {
    public let source: NodeID
    public let target: NodeID

    public init(source: NodeID, target: NodeID) {
      self.source = source
      self.target = target
    }
  }

  public var name: String
  /// Nil for a link that stands alone and is only reached through paths that name it.
  public var ends: Ends?
  public var capacity: BitsPerSecond
  public var delay: SimDuration
  /// The other direction of a two-way link.
  public var reverse: LinkID?
  /// What stands at its head.
  public var port: Port
  public var kind: LinkKind

  public init(
    name: String, ends: Ends?, capacity: BitsPerSecond, delay: SimDuration,
    reverse: LinkID? = nil, port: Port = .shallowBuffer, kind: LinkKind = .backbone
  ) {
    self.name = name
    self.ends = ends
    self.capacity = capacity
    self.delay = delay
    self.reverse = reverse
    self.port = port
    self.kind = kind
  }
}

/// The nodes and directed links of a network, each known by its position.
///
/// A two-way link is two links, each the `reverse` of the other; the second is named
/// after the first with `:back` behind it.
public struct Topology: Sendable {
  public private(set) var nodes: [String] = []
  public private(set) var links: [Link] = []

  public init() {}

  /// Adds a node; the caller has made sure that the name is new.
  @discardableResult
  public mutating func addNode(_ name: String) -> NodeID {
    nodes.append(name)
    return NodeID(index: nodes.count - 1)
  }

  /// Adds a link, and its other direction where it is two-way.
  @discardableResult
  public mutating func addLink(_ link: Link, isTwoWay: Bool = false) -> LinkID {
    let forward = LinkID(index: links.count)
    links.append(link)
    guard isTwoWay, let ends = link.ends else { return forward }
    let back = LinkID(index: links.count)
    links[Int(forward.index)].reverse = back
    links.append(
      Link(
        name: link.name + Topology.backSuffix,
        ends: .init(source: ends.target, target: ends.source),
        capacity: link.capacity, delay: link.delay, reverse: forward, port: link.port,
        kind: link.kind))
    return forward
  }

  /// Gives a link another capacity and delay, such as those of the light that it is made of.
  public mutating func setLink(
    _ link: LinkID, capacity: BitsPerSecond, delay: SimDuration
  ) {
    links[Int(link.index)].capacity = capacity
    links[Int(link.index)].delay = delay
  }

  public static let backSuffix = ":back"

  public subscript(id: LinkID) -> Link { links[Int(id.index)] }
  public subscript(id: NodeID) -> String { nodes[Int(id.index)] }
}
