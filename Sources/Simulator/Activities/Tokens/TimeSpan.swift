// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A time with an end.
struct TimeSpan: Equatable, Sendable {
  var start: SimTime
  var end: SimTime

  var seconds: Double { (end - start).seconds }
}

extension [TimeSpan] {
  /// Adds a span behind the others, of which it goes on the last where they meet.
  mutating func extend(by span: TimeSpan) {
    if let last = indices.last, self[last].end == span.start {
      self[last].end = span.end
    } else {
      append(span)
    }
  }
}

extension [TimeSpan] {
  /// By the clock, the first two of them.
  var words: String {
    guard !isEmpty else { return "never" }
    let shown = prefix(2).map {
      "\($0.start.clock(after: nil))-\($0.end.clock(after: $0.start))"
    }
    let rest = count > 2 ? " +\(count - 2)" : ""
    return shown.joined(separator: ", ") + rest
  }
}

extension SimTime {
  /// The time of the day; the day too, counted from 1, where it is another one than before.
  fileprivate func clock(after before: SimTime?) -> String {
    let minutes = nanoseconds / 60_000_000_000
    let day = minutes / 1440
    let dayBefore = before.map { $0.nanoseconds / 86_400_000_000_000 } ?? 0
    // The last instant of a day is 24:00 of it.
    let endsDay = before != nil && day == dayBefore + 1 && minutes % 1440 == 0
    let minute = endsDay ? 1440 : minutes % 1440
    let name = day == dayBefore || endsDay ? "" : "day \(day + 1) "
    let padded = minute % 60 < 10 ? "0\(minute % 60)" : "\(minute % 60)"
    return "\(name)\(minute / 60):\(padded)"
  }
}
