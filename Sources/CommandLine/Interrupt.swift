// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Synchronization

/// The wish of whoever runs the program that it stop.
///
/// The first SIGINT, SIGTERM or SIGHUP is a wish, which the work polls and grants where it can
/// stop cleanly. The second ends the process at once. Signals belong to the process: hence no instances.
public enum Interrupt {
  /// Starts to listen, in place of the default of ending the process.
  public static func listen() {
    // The handler must not be the first to touch the flag: making it takes a lock.
    flag.store(false, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if Interrupt.flag.exchange(true, ordering: .relaxed) { _exit(ExitCode.interrupted.rawValue) }
    }
    // Calls of the system end early: one that waits for a pipe would never see the wish.
    action.sa_flags = 0
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
    sigaction(SIGHUP, &action, nil)
  }

  /// Whether a signal has come since `listen()`.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }

  private static let flag = Atomic(false)
}
