// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Text

/// Numbers on their way into a page, where thousands of them have to be short.
enum Digits {
  /// Six digits that count, without a point: 3279274631782 is `327927e7`.
  ///
  /// What people see has three or four; sums and quotients of these are right to as many.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == 0 { return "0" }
    var exponent = Int(floor(log10(value.magnitude))) - 5
    // Of a whole number no digit is lost below a million.
    if value == value.rounded(), value.magnitude < 1e6 { return whole(value) }
    var digits = Int64(
      (exponent >= 0 ? value / pow(10, Double(exponent)) : value * pow(10, Double(-exponent)))
        .rounded())
    while digits % 10 == 0 { (digits, exponent) = (digits / 10, exponent + 1) }
    return exponent == 0 ? "\(digits)" : "\(digits)e\(exponent)"
  }

  static func whole(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 0x1p63 ? "\(Int64(value))" : "\(value)"
  }

  /// A list of numbers as JSON, not a number being null.
  static func list(_ values: some Sequence<Double>) -> JSON {
    var text = "["
    var isFirst = true
    for value in values {
      if !isFirst { text += "," }
      text += short(value)
      isFirst = false
    }
    return .raw(text + "]")
  }
}
