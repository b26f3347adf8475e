// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// A request for a lightpath: what became of it, and what would have let it in.
public struct RequestAccount: Sendable {
  public var request: String
  public var source: String
  public var target: String
  /// In bit/s.
  public var rate: Double
  public var protection: String
  public var start: SimTime
  /// `lit`, `groomed`, `blocked`, or `refused` by a program.
  public var outcome: String
  /// Why it is blocked or refused, as requests.csv has it; empty where it is not.
  public var reason = ""
  public var lightpaths: [String] = []
  /// The paths that it is tried on, in order, as they were before.
  public var paths: [Path] = []
  /// What would have let it in, the least first.
  public var remedies: [Remedy] = []

  public struct Path: Sendable {
    public var fibres: [String]
    public var kilometres: Double
    public var isDown: Bool
    /// What a lightpath on it would carry, in bit/s; 0 where no mode closes.
    public var lineRate: Double
    /// Places for it that are free all the way.
    public var free: Int
    /// The fibre with the fewest such places, and how many.
    public var fullest: String
    public var freeOnFullest: Int
  }

  /// A change with which the request is served, all else being as it was at that instant.
  public enum Remedy: Equatable, Sendable {
    /// Channels that others have, on some fibres, are free.
    case channels([Channel])
    /// The same request at another instant: so much later.
    case later(SimTime)
    /// It asks for less, in bit/s.
    case rate(Double)
    /// So many regenerators more at some nodes.
    case regeneration([Regenerators])
    /// Sites may move light to other channels.
    case conversion
    /// It does without protection.
    case unprotected
  }

  public struct Regenerators: Equatable, Sendable {
    public var site: String
    public var count: Int

    public init(site: String, count: Int) {
      self.site = site
      self.count = count
    }
  }

  public struct Channel: Equatable, Sendable {
    /// As a reader counts them, from 1.
    public var channels: String
    public var fibres: [String]
    /// The lightpaths that have them.
    public var holders: [String]
    /// The path that is open then.
    public var path: [String]

    public init(channels: String, fibres: [String], holders: [String], path: [String]) {
      self.channels = channels
      self.fibres = fibres
      self.holders = holders
      self.path = path
    }
  }
}
