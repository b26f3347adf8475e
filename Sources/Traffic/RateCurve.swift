// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How a rate goes up and down over the day and over the week.
///
/// Time 0 is the midnight at which the first day of a week begins. The factor at an instant is that
/// of its part of the day times that of its day.
public struct RateCurve: Equatable, Sendable {
  /// Factors of equal parts of the day; none is 1 all day.
  public var daily: [Double]
  /// Factors of the seven days; none is 1 all week.
  public var weekly: [Double]

  /// - Precondition: The parts of a day are whole seconds, a week has 7 days, and no factor is
  ///   below 0.
  public init(daily: [Double] = [], weekly: [Double] = []) {
    precondition(daily.isEmpty || 86_400.isMultiple(of: daily.count), "parts of whole seconds")
    precondition(weekly.isEmpty || weekly.count == 7, "a week has seven days")
    precondition((daily + weekly).allSatisfy { $0 >= 0 && $0.isFinite }, "factors are not negative")
    self.daily = daily
    self.weekly = weekly
  }

  public static let flat = RateCurve()

  var isFlat: Bool { daily.isEmpty && weekly.isEmpty }

  static let week = 7 * DaySteps.day

  /// The integral of the factor over a week, in seconds.
  public var secondsOfWeek: Double {
    let days = weekly.isEmpty ? 7 : weekly.reduce(0, +)
    let mean = daily.isEmpty ? 1 : daily.reduce(0, +) / Double(daily.count)
    return 86_400 * mean * days
  }

  /// The factor at an instant, and the end of the part of the day that it is in.
  func part(at now: SimTime) -> (factor: Double, end: SimTime) {
    let day = DaySteps(max(1, daily.count))
    let ofDay = daily.isEmpty ? 1 : daily[day.step(at: now)]
    let ofWeek = weekly.isEmpty ? 1 : weekly[Int(now.nanoseconds / DaySteps.day % 7)]
    return (ofDay * ofWeek, day.end(ofStepAt: now))
  }

  /// The factor at an instant.
  public func factor(at now: SimTime) -> Double { part(at: now).factor }
}

extension ArrivalClock {
  /// Moves on until the integral of a curve's factor has grown by this many seconds.
  ///
  /// Arrivals of any process on that time, instead of the clock's, have their rate multiplied by
  /// the factor: a change of time, which is exact, and draws nothing that it throws away. Nil
  /// where the next one is past the last instant that can be represented.
  mutating func advance(seconds: Double, along curve: RateCurve) -> SimTime? {
    let ofWeek = curve.secondsOfWeek
    var rest = seconds
    if rest > ofWeek {
      // As a rule no gap is so long; those that are need not be walked through hour by hour.
      let weeks = (rest / ofWeek).rounded(.down)
      guard weeks < 1e5, skip(nanoseconds: Int64(weeks) * RateCurve.week) else { return nil }
      rest = max(0, rest - weeks * ofWeek)
    }
    while now.nanoseconds < .max - RateCurve.week {
      let part = curve.part(at: now)
      let room = (part.end - now).seconds * part.factor
      if part.factor > 0, rest <= room { return advance(seconds: rest / part.factor) }
      rest -= room
      guard skip(nanoseconds: (part.end - now).nanoseconds) else { return nil }
    }
    return nil
  }
}
