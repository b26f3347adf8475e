// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

extension SimTime {
  /// Times of a trace from here on are dates, in seconds since 1970: those before are of a clock of
  /// their own.
  static let firstDate = SimTime(nanoseconds: 1_000_000_000_000_000_000)
}
