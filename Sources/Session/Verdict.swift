// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Results
public import Simulator
internal import Text

/// What came of something that a scenario expects of its run.
public struct Verdict: Equatable, Sendable, CustomStringConvertible {
  public enum Outcome: Equatable, Sendable {
    case holds
    /// The metric is something else.
    case fails(found: Double)
    /// There was nothing to measure, such as a mean over no flows.
    case empty
    /// The run has no such metric; perhaps this one was meant.
    case unknown(nearest: String?)
    /// The metric has another unit than the bound.
    case otherUnit(String)
  }

  public let expectation: Expectation
  public let outcome: Outcome

  init(_ expectation: Expectation, in summary: SummaryTable) {
    self.expectation = expectation
    outcome = Self.outcome(of: expectation, in: summary)
  }

  private static func outcome(
    of expectation: Expectation, in summary: SummaryTable
  ) -> Outcome {
    guard let row = summary.rows.first(where: { $0.metric == expectation.metric }) else {
      return .unknown(
        nearest: nearestName(to: expectation.metric, among: summary.rows.map(\.metric)))
    }
    if let unit = expectation.limit.unit, unit != row.unit { return .otherUnit(row.unit) }
    guard row.value.isFinite else { return .empty }
    return expectation.holds(row.value) ? .holds : .fails(found: row.value)
  }

  /// Whether the scenario asks for something that cannot be told of the run.
  public var isMistake: Bool {
    switch outcome {
    case .unknown, .otherUnit: true
    case .holds, .fails, .empty: false
    }
  }

  /// One line: what was expected and what was found.
  public var description: String {
    let metric = expectation.metric
    let expected = "expected \(metric) \(expectation.side.rawValue) \(expectation.limit.text)"
    switch outcome {
    case .holds: return "\(metric) is \(expectation.side.rawValue) \(expectation.limit.text)"
    case .fails(let found): return "\(expected), found \(text(of: found))"
    case .empty: return "\(expected), found no value: there was nothing to measure"
    case .unknown(let nearest):
      let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
      return "\(expected), but the run has no metric \"\(metric)\"\(hint)"
    case .otherUnit(let unit):
      let theirs = unit.isEmpty ? "has no unit" : "is in \(unit)"
      return "\(expected), but the metric \(theirs)"
    }
  }

  /// A value in the unit of the bound: six digits, or all where six would not tell them apart.
  private func text(of value: Double) -> String {
    let limit = expectation.limit
    let number = value / limit.scale
    let short = Self.rounded(number)
    let shown = expectation.holds(short * limit.scale) ? number : short
    let digits = shown == shown.rounded() && shown.magnitude < 1e15 ? "\(Int64(shown))" : "\(shown)"
    return limit.symbol.isEmpty ? digits : "\(digits) \(limit.symbol)"
  }

  private static func rounded(_ number: Double) -> Double {
    guard number != 0 else { return 0 }
    let places = 5 - Int(log10(number.magnitude).rounded(.down))
    guard (-22...22).contains(places) else { return number }
    let scale = pow(10, Double(abs(places)))
    return places >= 0
      ? (number * scale).rounded() / scale : (number / scale).rounded() * scale
  }
}
