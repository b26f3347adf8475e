// SPDX-License-Identifier: GPL-3.0-or-later

/// Which combinations of values a study runs: `load <= 200 or rule == first-fit`.
///
/// `or` binds less than `and`, and that less than `not`; parentheses group. Numbers are compared
/// with numbers of the same unit; text is equal or not.
indirect enum Condition: Equatable, Sendable {
  case any(Condition, Condition)
  case all(Condition, Condition)
  case none(Condition)
  case compare(Operand, Comparison, Operand)

  enum Comparison: String, Sendable, CaseIterable {
    case notAbove = "<="
    case notBelow = ">="
    case equal = "=="
    case unequal = "!="
    case below = "<"
    case above = ">"
  }

  enum Operand: Equatable, Sendable {
    /// The value of an axis, by its position.
    case axis(Int)
    case literal(String)
  }

  /// Whether it holds for a combination; `value` gives the label of an axis there.
  func holds(_ value: (Int) -> String) throws(ConditionError) -> Bool {
    switch self {
    case .any(let first, let second):
      // Both sides, so that what is wrong with one is said whatever the other gives.
      let (one, other) = (try first.holds(value), try second.holds(value))
      return one || other
    case .all(let first, let second):
      let (one, other) = (try first.holds(value), try second.holds(value))
      return one && other
    case .none(let inner): return try !inner.holds(value)
    case .compare(let first, let comparison, let second):
      return try comparison.holds(text(first, value), text(second, value))
    }
  }

  private func text(_ operand: Operand, _ value: (Int) -> String) -> String {
    switch operand {
    case .axis(let position): value(position)
    case .literal(let text): text
    }
  }

  /// What it is compared with, each axis beside a literal.
  var comparisons: [(axis: Int, literal: String, comparison: Comparison)] {
    switch self {
    case .any(let first, let second), .all(let first, let second):
      first.comparisons + second.comparisons
    case .none(let inner): inner.comparisons
    case .compare(.axis(let axis), let comparison, .literal(let text)),
      .compare(.literal(let text), let comparison, .axis(let axis)):
      [(axis, text, comparison)]
    case .compare: []
    }
  }
}

/// What is wrong with a condition.
struct ConditionError: Error, Equatable {
  var text: String
}

extension Condition.Comparison {
  fileprivate func holds(_ first: String, _ second: String) throws(ConditionError) -> Bool {
    if let one = Measure(first), let other = Measure(second) {
      guard one.unit == other.unit else {
        throw ConditionError(
          text: "compares \"\(first)\" with \"\(second)\", expected both in one unit")
      }
      return switch self {
      case .notAbove: one.number <= other.number
      case .notBelow: one.number >= other.number
      case .equal: one.number == other.number
      case .unequal: one.number != other.number
      case .below: one.number < other.number
      case .above: one.number > other.number
      }
    }
    switch self {
    case .equal: return first == second
    case .unequal: return first != second
    default:
      throw ConditionError(
        text: "compares \"\(first)\" \(rawValue) \"\(second)\", expected two numbers")
    }
  }
}
