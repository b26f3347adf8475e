// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel

/// How far a run is.
public struct RunProgress: Equatable, Sendable {
  /// From 0 to 1: never less than a moment before, and 1 once nothing more happens.
  public let fraction: Double
  /// The simulated time.
  public let now: SimTime
  /// How long the run simulates; nil where it ends with its flows.
  public let duration: SimDuration?
  public let events: Int
  public let finishedFlows: Int
}

/// What whoever drives a run wants of it.
public enum Wish: Sendable {
  case goOn, stop
}

/// A run that was to stop before its end; nothing was written.
public struct StoppedRun: Error, Equatable {
  /// How far it was.
  public let progress: RunProgress
}
