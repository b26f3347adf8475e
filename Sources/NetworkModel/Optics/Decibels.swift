// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

/// The two ways of writing a ratio of powers, and how to get from one to the other.
enum Decibels {
  static func of(ratio: Double) -> Double { 10 * log10(ratio) }

  static func ratio(of decibels: Double) -> Double { pow(10, decibels / 10) }

  /// The power in decibels above a milliwatt.
  static func dBm(watts: Double) -> Double { of(ratio: watts * 1e3) }

  static func watts(dBm: Double) -> Double { ratio(of: dBm) * 1e-3 }
}
