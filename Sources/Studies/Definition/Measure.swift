// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Text

/// A number and the unit that was written behind it, which may be none.
package struct Measure: Equatable, Sendable {
  package var number: Double
  package var unit: String

  package init(_ number: Double, _ unit: String = "") {
    self.number = number
    self.unit = unit
  }

  /// Nil for a text that is no number with one word behind it at most.
  package init?(_ text: String) {
    guard let (written, rest) = DecimalText.prefix(of: Substring(text)),
      let number = written.value()
    else { return nil }
    let unit = rest.drop { $0 == " " }
    guard unit.allSatisfy({ $0.isLetter || "/%-".contains($0) }) else { return nil }
    self.init(number, String(unit))
  }

  /// As a scenario has it: `1.5 dB`.
  ///
  /// Of what was worked out twelve digits count: more would show how it was rounded.
  package var text: String {
    let digits = Measure.digits(of: number)
    return unit.isEmpty ? digits : "\(digits) \(unit)"
  }

  private static func digits(of number: Double) -> String {
    let rounded = Measure.rounded(number)
    let isWhole = rounded == rounded.rounded() && rounded.magnitude < 1e15
    return isWhole ? "\(Int64(rounded))" : "\(rounded)"
  }

  /// The nearest number of twelve digits.
  static func rounded(_ number: Double) -> Double {
    guard number != 0, number.isFinite else { return number }
    let exponent = Int(log10(number.magnitude).rounded(.down))
    // By powers of ten that are exact: a negative one would be rounded itself.
    let places = 11 - exponent
    guard (-22...22).contains(places) else { return number }
    let scale = pow(10, Double(abs(places)))
    return places >= 0
      ? (number * scale).rounded() / scale : (number / scale).rounded() * scale
  }
}
