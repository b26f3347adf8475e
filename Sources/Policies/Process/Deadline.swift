// SPDX-License-Identifier: GPL-3.0-or-later

/// An instant by the clock on the wall, which other programs are held to and no result depends on.
struct Deadline {
  private let end: SuspendingClock.Instant

  init(in seconds: Double) {
    end = .now + .seconds(seconds)
  }

  /// What is left, rounded up, and at most a minute; nil where nothing is.
  var milliseconds: Int32? {
    let left = (end - .now) / .milliseconds(1)
    return left > 0 ? Int32(min(left.rounded(.up), 60_000)) : nil
  }
}

/// Whether it is worth looking for an answer again and again before sleeping until it comes.
///
/// To fall asleep and be woken takes some ten microseconds, which is more than a quick program
/// needs to answer. With a slow one the looks are in vain, and most of them are left out.
struct Spin {
  /// Looks of some 0.2 microseconds each.
  static let rounds = 60
  private var failures = 0
  private var skipped = 0

  /// So many failures in a row end it, but for a try now and then.
  private static let mostFailures = 8
  private static let retryAfter = 64

  var isWorthwhile: Bool {
    mutating get {
      guard failures >= Self.mostFailures else { return true }
      skipped += 1
      guard skipped >= Self.retryAfter else { return false }
      skipped = 0
      return true
    }
  }

  mutating func note(_ hasCome: Bool) {
    failures = hasCome ? 0 : failures + 1
  }
}
