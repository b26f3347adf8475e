// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel

/// How jobs book machines together with windows for their data.
public struct BookingTerms: Equatable, Sendable {
  /// What a job does for which not all is to be had.
  public enum Response: String, CaseIterable, Sendable {
    case refuse
    /// It goes where the policy sends it, and waits and moves its data as any other.
    case queue
  }

  /// The most that the ends of its data send and take.
  public var mostRate: BitsPerSecond
  public var ifRefused: Response

  public init(mostRate: BitsPerSecond = .unlimited, ifRefused: Response = .refuse) {
    self.mostRate = mostRate
    self.ifRefused = ifRefused
  }
}
