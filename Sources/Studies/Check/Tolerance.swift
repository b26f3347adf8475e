// SPDX-License-Identifier: GPL-3.0-or-later
internal import Scenario
internal import Text
package import YAMLReader

/// How much worse a metric may become before it counts.
public enum Tolerance: Equatable, Sendable {
  /// In the unit of the metric.
  case absolute(Double)
  /// As a share of the mean of the baseline.
  case relative(Double)

  /// Nothing but what chance explains.
  public static let statistical = Tolerance.absolute(0)

  /// In the unit of the metric.
  public func amount(ofBaseline mean: Double) -> Double {
    switch self {
    case .absolute(let value): value
    case .relative(let share): share * mean.magnitude
    }
  }

  public var text: String {
    switch self {
    case .absolute(0): "0"
    case .absolute(let value): Measure(value).text
    case .relative(let share): "\(Measure(Measure.rounded(100 * share)).text) %"
    }
  }
}

extension Tolerance: ScenarioValue {
  package static var schema: Node {
    .mapping([("type", .list([.text("number"), .text("string")]))])
  }

  package static func read(_ node: Node, path: Path, problems: inout Problems) -> Tolerance? {
    let text = node.scalar?.text ?? ""
    if text == "statistical" { return .statistical }
    guard let measure = Measure(text), measure.number >= 0, measure.number <= 1e18,
      measure.unit.isEmpty || measure.unit == "%"
    else {
      node.report(
        expected: "a number in the metric's unit, a share such as 1 %, or statistical", path: path,
        problems: &problems)
      return nil
    }
    return measure.unit.isEmpty ? .absolute(measure.number) : .relative(measure.number / 100)
  }

  package var node: Node { .text(text) }
}
