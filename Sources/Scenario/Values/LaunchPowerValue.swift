// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text
internal import YAMLReader

/// The power that each channel is launched with: `optimum`, or such as `0 dBm`, also below zero.
enum LaunchPowerValue: ScenarioValue, Equatable {
  case optimum
  case fixed(value_dBm: Double)

  private static let range = -30.0...30.0

  static let schema = Node.mapping([
    ("type", .text("string")),
    ("pattern", .text("^(optimum|[+-]?\(DecimalText.pattern) *dBm)$")),
    ("examples", .list([.text("optimum"), .text("0 dBm")])),
  ])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> LaunchPowerValue? {
    if let scalar = node.scalar {
      if scalar.text == "optimum" { return .optimum }
      if let (number, rest) = DecimalText.prefix(of: Substring(scalar.text)),
        rest.drop(while: { $0 == " " }) == "dBm", let power = number.value(),
        range.contains(power)
      {
        return .fixed(value_dBm: power)
      }
    }
    node.report(
      expected: "optimum, or a power from -30 dBm to 30 dBm such as \"0 dBm\"", path: path,
      problems: &problems)
    return nil
  }

  var node: Node {
    switch self {
    case .optimum: .text("optimum")
    case .fixed(let power): .text("\(power) dBm")
    }
  }
}
