// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A day in equal steps, from midnight at time 0 on and every day anew.
struct DaySteps {
  let count: Int

  static let day: Int64 = 86_400_000_000_000

  /// - Precondition: A day has at least one step, and they are of whole nanoseconds.
  init(_ count: Int) {
    precondition(count > 0 && Int64(count) <= DaySteps.day, "a day has steps")
    self.count = count
  }

  /// In nanoseconds.
  var length: Int64 { DaySteps.day / Int64(count) }

  func step(at now: SimTime) -> Int {
    min(Int(now.nanoseconds % DaySteps.day / length), count - 1)
  }

  func end(ofStepAt now: SimTime) -> SimTime {
    SimTime(nanoseconds: (now.nanoseconds / length + 1) * length)
  }
}
