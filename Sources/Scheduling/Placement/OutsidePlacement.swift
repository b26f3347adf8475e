// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Policies

/// A program that decides where jobs go, and how it is asked.
public struct OutsidePlacement: Equatable, Sendable {
  /// What one question is about.
  public enum Asking: String, CaseIterable, Sendable {
    /// Each job alone, in the order of submission: the policy sees what it said of one before it
    /// is asked about the next.
    case each
    /// All jobs that have to be placed at an instant.
    case together
  }

  public static let standardCandidates = 16

  public var command: PolicyCommand
  /// How many pools a question names for a job at most, the nearest first.
  public var candidates: Int
  /// How long a decision takes in simulated time, where the answer does not say.
  public var delay: SimDuration
  public var asking: Asking

  public init(
    command: PolicyCommand, candidates: Int = standardCandidates, delay: SimDuration = .zero,
    asking: Asking = .each
  ) {
    self.command = command
    self.candidates = candidates
    self.delay = delay
    self.asking = asking
  }
}
