// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// Processes of tests that should have ended long ago are ended, so that a test fails in place of hanging.
enum Overdue {
  /// Many times what the longest takes on a slow machine with others at work.
  private static let patience = Duration.seconds(600)

  private struct Entry {
    let deadline = ContinuousClock.now + patience
    var isEnded = false
  }

  private static let entries = Mutex<[pid_t: Entry]>([:])

  static func watch(_ pid: pid_t) {
    _ = watcher
    entries.withLock { $0[pid] = Entry() }
  }

  /// Says whether it was ended for being late; to be called while its number is still its own.
  static func forget(_ pid: pid_t) -> Bool {
    entries.withLock { $0.removeValue(forKey: pid)?.isEnded ?? false }
  }

  private static let watcher: Void = Thread.detachNewThread {
    while true {
      sleep(1)
      let now = ContinuousClock.now
      entries.withLock { entries in
        for (pid, entry) in entries where entry.deadline < now && !entry.isEnded {
          entries[pid]?.isEnded = true
          kill(pid, SIGKILL)
        }
      }
    }
  }
}
