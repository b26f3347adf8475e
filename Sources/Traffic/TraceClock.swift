// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The times of a trace as those of a run: dates count from the first row on, others as they are.
struct TraceClock {
  /// What is added to all of them.
  let start: SimDuration
  /// What is taken from all of them; nil before the first row.
  private var origin: SimDuration?

  /// Times from here on are dates, in seconds since 1970: those before are of a clock of their own.
  private static let firstDate = SimTime(nanoseconds: 1_000_000_000_000_000_000)

  init(start: SimDuration) {
    self.start = start
  }

  mutating func time(of row: SimTime) -> SimTime {
    let origin = origin ?? (row >= Self.firstDate ? row - .zero : .zero)
    self.origin = origin
    return SimTime.zero + (row - .zero - origin) + start
  }
}
