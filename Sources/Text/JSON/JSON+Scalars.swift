// SPDX-License-Identifier: GPL-3.0-or-later

extension JSON {
  /// A text in quotes, with the escapes of JSON, which are those of YAML too.
  public static func quoted(_ text: String, _ escapes: Escapes = .json) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where mustEscape(scalar, escapes):
        quoted += "\\u" + Hexadecimal.text(of: UInt64(scalar.value), digits: 4)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func mustEscape(_ scalar: Unicode.Scalar, _ escapes: Escapes) -> Bool {
    switch scalar.value {
    case 0..<0x20: true
    case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: escapes == .yaml
    default: false
    }
  }

  /// The shortest decimal that reads back as the same number; `null` where it is not finite.
  ///
  /// Whole numbers below 2^54 have neither point nor exponent; minus zero loses its sign.
  static func text(of number: Double) -> String {
    guard number.isFinite else { return "null" }
    // Where `description` turns to exponents; below, it would put ".0" behind whole numbers.
    if abs(number) < 0x1p54, let whole = Int64(exactly: number) { return whole.description }
    return number.description
  }
}
