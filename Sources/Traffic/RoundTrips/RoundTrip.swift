// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Traces

/// A request or a job: bytes that go there, a time, and bytes that come back.
public struct RoundTrip: Equatable, Sendable {
  /// Bytes and the way that they take.
  public struct Leg: Equatable, Sendable {
    /// Above 0.
    public var bytes: Double
    /// The position of its route in the model's table.
    public var route: Int
  }

  /// Counted from 1.
  public var number: Int
  public var time: SimTime
  public var work: Work
  /// Nil where nothing goes there, or no further than its own node.
  public var there: Leg?
  public var back: Leg?
  /// From the arrival of what goes there to the start of what comes back.
  ///
  /// Nil for a job whose run time is not known, from which nothing comes back.
  public var pause: SimDuration?
  /// Whether it is served where it comes from.
  public var isLocal: Bool
}

/// What the round trips of a trace add up to.
public struct RoundTripAccount: Equatable, Sendable {
  public private(set) var rows = 0
  /// Those that are served where they come from.
  public private(set) var local = 0
  public private(set) var tokensIn = 0.0
  public private(set) var tokensOut = 0.0
  /// Processors times run time, of jobs of which both are known.
  public private(set) var processorSeconds = 0.0
  public private(set) var unknownRunTimes = 0
  public private(set) var unknownProcessors = 0

  public init() {}

  public mutating func add(_ roundTrip: RoundTrip) {
    rows += 1
    if roundTrip.isLocal { local += 1 }
    switch roundTrip.work {
    case .request(let inputTokens, let outputTokens):
      addTokens(in: inputTokens, out: outputTokens)
    case .job(let processors, let runTime): addWork(processors: processors, runTime)
    }
  }

  /// Counts a row that is a request to a service.
  mutating func addRequest(inputTokens: Double, outputTokens: Double) {
    rows += 1
    addTokens(in: inputTokens, out: outputTokens)
  }

  /// Counts a row that is a job on a pool.
  mutating func addJob(processors: Int?, _ runTime: SimDuration?) {
    rows += 1
    addWork(processors: processors, runTime)
  }

  private mutating func addTokens(in inputTokens: Double, out outputTokens: Double) {
    tokensIn += inputTokens
    tokensOut += outputTokens
  }

  private mutating func addWork(processors: Int?, _ runTime: SimDuration?) {
    if runTime == nil { unknownRunTimes += 1 }
    if processors == nil { unknownProcessors += 1 }
    if let processors, let runTime { processorSeconds += Double(processors) * runTime.seconds }
  }

  /// Counts a row that is a flow.
  public mutating func addFlow() { rows += 1 }
}
