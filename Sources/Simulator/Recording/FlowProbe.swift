// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel

/// A watch on one flow by name: what held it back, from when to when, and at what rate.
public struct FlowProbe: Sendable {
  /// A stretch of time in which rate and bottleneck stayed the same.
  public struct Stretch: Equatable, Sendable {
    public enum Hold: Hashable, Sendable {
      case link(String)
      case ceiling
      /// A link on the path is down.
      case failed(String)
      /// The first byte is on its way.
      case delay
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
  /// The slot and the lane of the flow while it sends.
  var slot: Int?
  var lane: Int32 = -1

  public init(flow: String) {
    self.flow = flow
  }

  /// Notes how things stand from an instant on.
  mutating func note(_ hold: Stretch.Hold, rate: Double, at now: SimTime) {
    if let last = stretches.last {
      if last.hold == hold, last.rate == rate { return }
      close(at: now)
    }
    stretches.append(Stretch(from: now, to: now, hold: hold, rate: rate))
  }

  /// Ends the last stretch; one of no length is taken back.
  mutating func close(at now: SimTime) {
    guard let last = stretches.indices.last else { return }
    stretches[last].to = now
    if stretches[last].from == now { stretches.removeLast() }
  }
}
