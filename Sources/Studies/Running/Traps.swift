// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// What a run that ends the whole process leaves behind: a line of the records that names it.
///
/// A fatal error of Swift, a wrong address or a stack that is full are signals that a thread gives
/// itself, and no code of the run sees them. Their handler appends a line that was prepared when
/// the run began, and lets the signal do what it did before. So the next sweep knows the run, and
/// goes on without it. A process that is killed from outside writes no such line, and neither does
/// one that has no memory left: both may be the fault of anything but the run.
public enum Traps {
  /// The signals by which code ends its process.
  static let signals: [(number: Int32, name: String)] = [
    (SIGILL, "SIGILL"), (SIGTRAP, "SIGTRAP"), (SIGABRT, "SIGABRT"), (SIGBUS, "SIGBUS"),
    (SIGFPE, "SIGFPE"), (SIGSEGV, "SIGSEGV"),
  ]

  /// Begins to write down which runs end the process; signals belong to all of it.
  public static func listen() { _ = isListening }

  private static let isListening = {
    TrapHandler.prepare()
    TrapWatch.begin()
    for (place, signal) in signals.enumerated() { TrapHandler.handle(signal.number, as: place) }
    return true
  }()
}
