// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel

/// A watch on one flow by name: what held it back, from when to when, and at what rate.
public struct FlowProbe: Sendable {
  /// A stretch of time in which rate and bottleneck stayed the same.
  public struct Stretch: Equatable, Sendable {
    public enum Hold: Hashable, Sendable {
      case link(String)
      case ceiling
      /// The buffer of a link takes no more without loss.
      case buffer(String)
      /// No more may be under way.
      case window
      /// Losses on a link, for which the sender slows down.
      case loss(String)
      /// A link on the path is down.
      case failed(String)
      /// The first byte is on its way.
      case delay
      /// It waits for the window that it has booked.
      case reservation
    }

    public var from: SimTime
    public var to: SimTime
    public var hold: Hold
    /// Bits per second.
    public var rate: Double
  }

  public let flow: String
  public private(set) var stretches: [Stretch] = []
  public internal(set) var bytes: Double?
  public internal(set) var arrival: SimTime?
  public internal(set) var finish: SimTime?
  public internal(set) var trafficClass = ""
  public internal(set) var path: [String] = []
  /// The slot and the flow class of the flow while it sends.
  var slot: Int?
  var flowClass = FlowClassID.none

  public init(flow: String) {
    self.flow = flow
  }

  /// Notes how things stand from an instant on.
  mutating func note(_ hold: Stretch.Hold, rate: Double, at now: SimTime) {
    dropEmpty(at: now)
    if let last = stretches.last, last.hold == hold, last.rate == rate { return }
    close(at: now)
    stretches.append(Stretch(from: now, to: now, hold: hold, rate: rate))
  }

  /// Ends the last stretch; one of no length is taken back.
  mutating func close(at now: SimTime) {
    dropEmpty(at: now)
    guard let last = stretches.indices.last else { return }
    stretches[last].to = now
  }

  /// Takes back what has had no time to begin.
  ///
  /// An instant may come twice, where two flows end within it; and a flow that ends early in a
  /// nanosecond ends, to the nearest one, before the instant at which its last stretch was noted.
  private mutating func dropEmpty(at now: SimTime) {
    while let last = stretches.last, last.from >= now { stretches.removeLast() }
  }
}
