// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Statistics
internal import Text

/// How a comparison is printed.
enum CompareFormat: String, CaseIterable, ArgumentValue {
  case table, csv, json, markdown
}

/// A part of a whole, as a word of the command line: `1 %`.
struct ShareArgument: ArgumentValue {
  let part: Double

  static var valueName: String { "share" }
  static var example: String? { "1 %" }
  var argumentText: String { formatted(number: part * 100) + " %" }

  init(part: Double) {
    self.part = part
  }

  init?(argument: String) {
    guard let (number, rest) = DecimalText.prefix(of: Substring(argument)),
      rest.drop(while: { $0 == " " }) == "%", let part = number.value(timesTenTo: -2),
      (0...1).contains(part)
    else { return nil }
    self.part = part
  }
}

/// Which way a metric gets better, as a word of the command line: `link_utilisation_mean=lower`.
struct DirectionArgument: ArgumentValue {
  let metric: String
  let better: PairedComparison.Goal

  static var valueName: String { "metric=lower|higher" }
  static var example: String? { "link_utilisation_mean=lower" }
  var argumentText: String { "\(metric)=\(better.rawValue)" }

  init?(argument: String) {
    guard let equals = argument.lastIndex(of: "="), equals > argument.startIndex,
      let better = PairedComparison.Goal(rawValue: String(argument[equals...].dropFirst()))
    else { return nil }
    metric = String(argument[..<equals])
    self.better = better
  }
}
