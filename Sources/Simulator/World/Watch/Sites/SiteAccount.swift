// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import NetworkModel

/// A place with machines at an instant: whom it serves and why, what runs on its pools, and how full
/// the links are that lead there.
public struct SiteAccount: Sendable {
  public var site: String
  public var at: SimTime
  public var tokens: [Tokens] = []
  public var pools: [Pool] = []
  public var links: [Link] = []

  /// The tokens of one traffic that it serves.
  public struct Tokens: Sendable {
    public var traffic: String
    /// The part of its time that it is busy; not a number where it has no limit.
    public var use: Double
    /// Tokens a second, in and out together.
    public var rate: Double
    /// Since when it has been as full, or as little full, as it is.
    public var since: SimTime
    public var isFull: Bool
    /// Who is served, the most first.
    public var sources: [Source]
    /// From one placement to the next, up to the instant.
    public var steps: [Step]
  }

  /// What one place asks of a service and is served here.
  public struct Source: Sendable {
    public var place: String
    public var service: String
    /// Tokens a second.
    public var rate: Double
    /// The part of all that the place asks of the service.
    public var part: Double
    /// Of the network, there and back.
    public var delay: SimDuration
    /// Sites that are nearer to it.
    public var nearer: [Nearer]
  }

  /// A site that is nearer than the one that serves.
  public struct Nearer: Sendable {
    public var site: String
    public var delay: SimDuration
    /// The part of its time that it is busy.
    public var use: Double
    public var isFull: Bool
  }

  /// How it was from a placement on.
  public struct Step: Sendable {
    public var from: SimTime
    public var use: Double
    public var rate: Double
    /// Tokens a second of this traffic that no site had room for.
    public var refused: Double
    public var isFull: Bool
  }

  /// A pool of the place.
  public struct Pool: Sendable {
    public var name: String
    public var accelerator: String
    public var count: Int
    public var used: Int
    public var waiting: Int
    /// Not a number where nothing is known of its power.
    public var facility_kW: Double
  }

  /// A link that begins or ends at the place.
  public struct Link: Sendable {
    public var name: String
    public var from: String
    public var to: String
    /// In bit/s: what it can carry, and what is sent over it.
    public var capacity: Double
    public var asked: Double
    public var isDown: Bool

    /// The part of its capacity that is used.
    public var use: Double { capacity > 0 ? min(1, asked / capacity) : 0 }
  }
}

extension World {
  /// The links of a place as they are now, the fullest first.
  func links(at place: String) -> [SiteAccount.Link] {
    var found: [SiteAccount.Link] = []
    for (index, link) in model.topology.links.enumerated() {
      guard let ends = link.ends else { continue }
      let (from, to) = (model.topology[ends.source], model.topology[ends.target])
      guard from == place || to == place else { continue }
      let id = LinkID(index: index)
      found.append(
        SiteAccount.Link(
          name: link.name, from: from, to: to, capacity: links.effectiveCapacity(of: index),
          asked: load(on: id).reduce(0) { $0 + $1.rate }, isDown: links.isDown(id)))
    }
    return found.sorted { ($1.use, $0.name) < ($0.use, $1.name) }
  }
}
