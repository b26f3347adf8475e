// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How the deadlines of generated flows follow from when they start and how long they take.
public enum DeadlineRule: Equatable, Sendable {
  /// So many times as long behind the start as the flow takes alone on its path.
  case slack(Double)
  /// A fixed time behind the start.
  case after(SimDuration)

  /// The deadline of a flow; the last instant that can be represented where it would be later.
  public func deadline(start: SimTime, idealSeconds: Double) -> SimTime {
    switch self {
    case .after(let time): start + time
    case .slack(let factor):
      start + (SimDuration(seconds: factor * idealSeconds) ?? SimDuration(nanoseconds: .max))
    }
  }
}
