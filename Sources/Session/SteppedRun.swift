// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
public import Scenario
public import Simulator

/// A run that is lived through instant by instant, for its events and its running digest.
///
/// Slower than a session, and the same run: what it is after some instants, a session passes too.
public struct SteppedRun: ~Copyable {
  private let run: Run

  public init(_ loaded: LoadedScenario) throws {
    run = try Run(loaded.model)
  }

  /// Where it stands: the instant, the events up to it, and the digest of them.
  public var mark: RunMark {
    RunMark(events: run.events, time: run.now, digest: run.digest.value)
  }

  /// Lives through the next instant; false where there is none.
  public func step() throws -> Bool { try run.advance(instants: 1) }

  /// Lives through the next instant, and tells of its events behind so many.
  public func step(after passed: Int, _ hear: (DigestedEvent) -> Void) throws -> Bool {
    try run.step(after: passed, hear)
  }

  /// How far it is.
  var progress: RunProgress {
    RunProgress(
      fraction: min(max(run.fractionDone, 0), 1), now: run.now, duration: nil,
      events: run.events, finishedFlows: run.finishedFlows)
  }

  /// Ends it where it stands; the digest is then that of the whole run.
  public consuming func finish() throws -> RunMark {
    let outcome = try run.finish()
    return RunMark(events: outcome.events, time: outcome.end, digest: outcome.digest.value)
  }
}

/// The state of a run behind some instant, in a few numbers.
public struct RunMark: Equatable, Sendable {
  public var events: Int
  public var time: SimTime
  public var digest: UInt64

  public init(events: Int, time: SimTime, digest: UInt64) {
    self.events = events
    self.time = time
    self.digest = digest
  }
}
