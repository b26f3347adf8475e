// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import NetworkModel
internal import Text

/// Values as they stand in a YAML file.
enum YAMLText {
  /// A text, in quotes unless every reader of YAML takes it for text without them.
  static func scalar(_ text: String) -> String {
    isPlain(text) ? text : JSON.quoted(text, .yaml)
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter, !reserved.contains(text.lowercased()) else {
      return false
    }
    // A blank stands between two others, since names have neither at their ends nor two in a row.
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || "0123456789-_. ".unicodeScalars.contains(scalar)
    } && !text.hasSuffix(" ") && !text.contains("  ")
  }

  /// Words of YAML 1.1 and 1.2 that are no text.
  private static let reserved: Set<String> = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
  ]

  /// A number without a needless `.0`.
  static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// A number of so many significant digits: sums of decimal fractions have tails of noise.
  static func number(_ value: Double, digits: Int) -> String {
    guard value != 0 else { return "0" }
    let place = Int(floor(log10(value.magnitude))) - digits + 1
    let scale = pow(10, Double(abs(place)))
    return number(
      place < 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale)
  }
}

extension BitsPerSecond {
  /// In the largest unit of which it is one at least.
  var text: String {
    let units = [(1e12, "Tbps"), (1e9, "Gbps"), (1e6, "Mbps"), (1e3, "kbps")]
    let (factor, symbol) = units.first { value >= $0.0 } ?? (1, "bps")
    return "\(YAMLText.number(value / factor, digits: 9)) \(symbol)"
  }
}

extension Kilometres {
  /// To a tenth: no length from a map is known better.
  var text: String { "\(YAMLText.number((value * 10).rounded() / 10)) km" }
}
