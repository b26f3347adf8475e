// SPDX-License-Identifier: GPL-3.0-or-later

/// What the program tells the shell when it ends.
public enum ExitCode: Int32, Sendable {
  case done = 0
  /// A check found that something became worse.
  case regression = 1
  case wrongInput = 2
  case failed = 3
  /// Some runs of a study failed; the others are done.
  case someRunsFailed = 4
  /// Told to end early, with work left to do: the same command goes on from there.
  case unfinished = 75
  case interrupted = 130
}

/// An error that says by itself what to print and how the program ends.
///
/// The description stands after "error: "; it says where, what was found and what was expected.
/// Errors that do not conform are the program's own failures, `ExitCode.failed`.
public protocol ReportableError: Error, CustomStringConvertible {
  var exitCode: ExitCode { get }
}
