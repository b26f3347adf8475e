// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Synchronization

/// The wish of whoever runs the program that it stop.
///
/// The first SIGINT or SIGTERM is a wish, which the work polls and grants where it can stop
/// cleanly. The second ends the process at once. Signals belong to the process: hence no instances.
public enum Interrupt {
  /// Starts to listen, in place of the default of ending the process.
  public static func listen() {
    // The handler must not be the first to touch the flag: making it takes a lock.
    flag.store(false, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if Interrupt.flag.exchange(true, ordering: .relaxed) { _exit(ExitCode.interrupted.rawValue) }
    }
    // Reads and writes go on after the signal: only the work's own polling stops it.
    action.sa_flags = SA_RESTART
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
  }

  /// Whether a signal has come since `listen()`.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  private static let flag = Atomic(false)
}
