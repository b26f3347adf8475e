// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit that a number of time counts.
public enum TimeUnit: String, CaseIterable, Sendable {
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "us"
  case nanoseconds = "ns"

  /// The power of ten that makes nanoseconds of it.
  var power: Int {
    switch self {
    case .seconds: 9
    case .milliseconds: 6
    case .microseconds: 3
    case .nanoseconds: 0
    }
  }

  /// The unit that the name of a column ends with, as `timestamp_ms` does.
  init?(endOf column: String) {
    guard let unit = TimeUnit.allCases.first(where: { column.hasSuffix("_" + $0.rawValue) }) else {
      return nil
    }
    self = unit
  }
}
