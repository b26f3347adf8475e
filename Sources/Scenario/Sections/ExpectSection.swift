// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Text
internal import YAMLReader

/// What a metric of the run is expected to be.
struct ExpectSection: Section {
  var origin = Origin.none
  var metric = ""
  var atMost: ExpectedNumber?
  var atLeast: ExpectedNumber?

  static let shape = Shape<ExpectSection>(
    "A bound that a metric of the run is expected to keep.",
    fields: [
      .required("metric", \.metric, "The metric, as summary.csv names it."),
      .optional("at_most", \.atMost, "The most that it may be: 0.1 %, 10 ms, 3."),
      .optional("at_least", \.atLeast, "The least that it may be."),
    ],
    rules: [.exactlyOne(["at_most", "at_least"])])

  var expectation: Expectation {
    Expectation(
      metric: metric, side: atMost == nil ? .atLeast : .atMost,
      limit: (atMost ?? atLeast ?? ExpectedNumber()).limit)
  }
}

/// A number of either sign, alone or with a unit that metrics can be told in.
struct ExpectedNumber: ScenarioValue, Equatable {
  var limit = Expectation.Limit(value: 0, unit: nil, symbol: "", scale: 1, text: "0")

  /// A unit, what one of it is, and the unit that metrics have.
  private struct Scale {
    var symbol: String
    var power = 0
    var factor = 1.0
    var unit: String?
  }

  private static let scales: [Scale] =
    [Scale(symbol: ""), Scale(symbol: "%", power: -2, unit: "")]
    + scales(of: SimDuration.units, "s", less: 9) + scales(of: Bytes.units, "B")
    + scales(of: BitsPerSecond.units, "bit/s") + scales(of: Kilometres.units, "km")
    + scales(of: Decibels.units, "dB")

  private static func scales(of units: [Unit], _ base: String, less: Int = 0) -> [Scale] {
    units.flatMap { unit in
      ([unit.symbol] + unit.aliases).map {
        Scale(symbol: $0, power: unit.power - less, factor: unit.factor, unit: base)
      }
    }
  }

  static let schema = Node.mapping([("type", .list([.text("number"), .text("string")]))])

  static func read(_ node: Node, path: Path, problems: inout Problems) -> ExpectedNumber? {
    guard let text = node.scalar?.text, let (number, rest) = DecimalText.prefix(of: Substring(text))
    else {
      node.report(expected: expected, path: path, problems: &problems)
      return nil
    }
    let symbol = rest.drop { $0 == " " }
    guard let scale = scales.first(where: { $0.symbol == symbol }) else {
      let known = scales.map(\.symbol).filter { !$0.isEmpty }
      let nearest = symbol.count > 1 ? nearestName(to: String(symbol), among: known) : nil
      problems.add(
        found: node.summary,
        expected: expected + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""),
        at: node.place, path: path)
      return nil
    }
    guard let value = number.value(timesTenTo: scale.power), value.magnitude <= 1e21 else {
      node.report(expected: "a number up to 1e21", path: path, problems: &problems)
      return nil
    }
    return ExpectedNumber(scale, value: value * scale.factor, text: text)
  }

  private static let expected =
    "a number, alone, in % or in the unit of the metric, such as \"0.1 %\" or \"10 ms\""

  init() {}

  private init(_ scale: Scale, value: Double, text: String) {
    let one = DecimalText("1")?.value(timesTenTo: scale.power) ?? 1
    limit = Expectation.Limit(
      value: value, unit: scale.unit, symbol: scale.symbol, scale: one * scale.factor, text: text)
  }

  var node: Node { limit.symbol.isEmpty ? .plain(limit.text) : .text(limit.text) }
}
