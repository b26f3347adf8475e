// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Who uses a link at an instant, since when it is used so much, and what brought that about.
public struct LinkAccount: Sendable {
  public enum State: String, Sendable {
    case down
    /// Above 90 %.
    case full
    case used
    case idle
  }

  public var link: String
  public var at: SimTime
  /// What it can carry, in bit/s.
  public var capacity: Double
  /// What those on it send or are to send, in bit/s: of demands perhaps more than it carries.
  public var asked: Double
  public var state: State
  /// Since when it is so; the start of the run where it never was otherwise.
  public var since: SimTime
  /// The mean use since then.
  public var useSince: Double
  /// The last time that it was used clearly less, or clearly more where that is over; nil where there was
  /// none in the six hours before.
  public var before: Before?
  /// Those on it now, the largest first.
  public var users: [Use] = []
  /// The same by what sends them and why they come this way, those of before among them.
  public var groups: [Use] = []
  /// What makes the difference, the largest part first.
  public var causes: [LinkCause] = []
  /// Its hours so far.
  public var hours: [Hour] = []

  public struct Before: Sendable {
    public var from: SimTime
    public var to: SimTime
    public var use: Double
  }

  public struct Use: Sendable {
    public var user: LinkUser
    /// In bit/s, now, and as a mean before; not a number where there was no before.
    public var rate: Double
    public var rateBefore: Double
    /// 0 for demands.
    public var flows: Int
    /// How many pairs of places they are between.
    public var pairs = 0
  }

  public struct Hour: Sendable {
    public var from: SimTime
    public var use: Double
    /// The part of it in which the link was above 90 %.
    public var full: Double
    /// Who used most of it, and which part of what was carried.
    public var most: (user: LinkUser, part: Double)?
  }

  /// The part of its capacity that is used.
  public var use: Double { capacity > 0 ? min(1, asked / capacity) : 0 }
}

/// Those who cross a link together.
public struct LinkUser: Hashable, Sendable {
  /// The entry of the scenario, a service of tokens, "flows", "transfers" or "training".
  public var what: String
  public var trafficClass: String
  public var from: String
  public var to: String
  /// The link that is down for which they are on a detour.
  public var around: String?
}

/// Something that made a link fuller than it was.
public struct LinkCause: Sendable {
  public enum Kind: String, Sendable {
    /// The link itself is down.
    case down
    /// It carries less than before.
    case capacity
    /// It was down, and carries again what it did.
    case back
    /// Traffic of a link that is down goes this way.
    case detour
    /// Traffic that was not there before.
    case start
    /// Traffic that was there, and is more.
    case growth
    /// Traffic that is no more than before: the link was never used clearly less.
    case steady
  }

  public var kind: Kind
  /// The link that is down or carries less, or the traffic by its entry.
  public var subject: String
  /// The pair of places with most of it.
  public var pair: String?
  /// What it sends now and sent before, in bit/s; of `capacity` what the link could carry.
  public var rate: Double
  public var rateBefore: Double
  /// The part of all that made the link fuller.
  public var share: Double
  /// When it came about, as far as an event says so, and when that was over.
  public var at: SimTime?
  public var until: SimTime?
  /// What happened then: `fibre-cut Beijing-ZJK`.
  public var event: String?
}
