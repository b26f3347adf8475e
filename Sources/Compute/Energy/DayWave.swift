// SPDX-License-Identifier: GPL-3.0-or-later

/// A cosine through the day, from a table so that it is the same on every machine.
enum DayWave {
  /// At half past an hour, where it is highest at another: `cos(2 pi (hour + 1/2 - highest) / 24)`.
  static func cosine(hour: Int, highest: Int) -> Double {
    let turn = ((2 * (hour - highest) + 1) % 48 + 48) % 48
    let half = turn <= 24 ? turn : 48 - turn
    return half <= 12 ? quarter[half / 2] : -quarter[(24 - half) / 2]
  }

  /// cos((2 k + 1) pi / 24) for k from 0 to 5: all that half hours need.
  private static let quarter = [
    0.9914448613738104, 0.9238795325112867, 0.7933533402912352, 0.6087614290087207,
    0.3826834323650898, 0.1305261922200516,
  ]
}
