// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel

/// A move of data between two places that may have a deadline, and bandwidth booked in advance.
public struct Transfer: Sendable {
  public var name: String
  /// The position of its class in the model's table of classes.
  public var trafficClass: Int
  /// The position of its route of least delay in the model's table of routes; `noRoute` where it is
  /// found in the run.
  public var route: Int
  public var bytes: Bytes
  /// The instant at which it is known, and asks for its window; not behind its start.
  public var asked: SimTime
  /// The earliest instant at which its data may leave.
  public var start: SimTime
  public var deadline: SimTime?
  public var terms: TransferTerms

  public static let noRoute = -1

  public init(
    name: String, trafficClass: Int = 0, route: Int, bytes: Bytes, asked: SimTime = .zero,
    start: SimTime = .zero, deadline: SimTime? = nil, terms: TransferTerms = TransferTerms()
  ) {
    self.name = name
    self.trafficClass = trafficClass
    self.route = route
    self.bytes = bytes
    self.asked = asked
    self.start = start
    self.deadline = deadline
    self.terms = terms
  }
}

/// On what terms a transfer moves its data.
public struct TransferTerms: Equatable, Sendable {
  public var reserves: Bool
  /// The most that its ends send and take.
  public var mostRate: BitsPerSecond
  public var window: WindowChoice
  public var ifRefused: RefusalResponse
  /// Whether it takes its own route and no other.
  public var isPinned: Bool

  public init(
    reserves: Bool = false, mostRate: BitsPerSecond = .unlimited,
    window: WindowChoice = .earliest, ifRefused: RefusalResponse = .send, isPinned: Bool = false
  ) {
    self.reserves = reserves
    self.mostRate = mostRate
    self.window = window
    self.ifRefused = ifRefused
    self.isPinned = isPinned
  }
}

/// Which of the windows that fit is booked.
public enum WindowChoice: String, CaseIterable, Sendable {
  /// That of least rate, which leaves most to others.
  case leastRate = "least-rate"
  /// The one that ends first, whatever rate it takes.
  case earliest
  /// The first one at the most that the transfer takes.
  case fullRate = "full-rate"
}

/// What a transfer does that is refused a window, or whose window is broken.
public enum RefusalResponse: String, CaseIterable, Sendable {
  /// It shares bandwidth as any flow of its class.
  case send
  case drop
}

/// Where transfers come from.
public enum TransferSource: Sendable {
  /// Written in the scenario file, in the order in which they ask.
  case listed([Transfer])
  case generated(TransferGenerator)
}

/// Flows of a generator that are transfers: each asks when it is drawn.
public struct TransferGenerator: Sendable {
  public var generator: Generator
  public var terms: TransferTerms
  /// The time from when one asks to when it may start.
  public var ahead: SimDuration

  public init(_ generator: Generator, terms: TransferTerms, ahead: SimDuration = .zero) {
    self.generator = generator
    self.terms = terms
    self.ahead = ahead
  }
}
