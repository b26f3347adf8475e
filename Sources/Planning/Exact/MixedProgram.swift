// SPDX-License-Identifier: GPL-3.0-or-later

/// A linear program, some of whose variables are whole numbers.
///
///     the least  sum of cost_i x_i    where each row  sum of a_i x_i  is  <=, >= or = b,
///                                           and  0 <= x_i <= most_i
///
/// A solver beside this program works it out; it gets it in the LP format that most of them read.
package struct MixedProgram: Equatable, Sendable {
  package enum Relation: String, Sendable {
    case atMost = "<="
    case atLeast = ">="
    case equal = "="
  }

  package struct Variable: Equatable, Sendable {
    package var cost: Double
    /// Nil where there is no limit.
    package var most: Double?
    package var isWhole: Bool
  }

  package struct Term: Equatable, Sendable {
    package var variable: Int
    package var factor: Double

    init(_ factor: Double, _ variable: Int) {
      self.factor = factor
      self.variable = variable
    }
  }

  package struct Row: Equatable, Sendable {
    package var terms: [Term]
    package var relation: Relation
    package var bound: Double
  }

  package private(set) var variables: [Variable] = []
  package private(set) var rows: [Row] = []

  package init() {}

  /// A new variable, by its position.
  mutating func addVariable(cost: Double = 0, most: Double? = nil, isWhole: Bool = false) -> Int {
    variables.append(Variable(cost: cost, most: most, isWhole: isWhole))
    return variables.count - 1
  }

  /// A new row, in which each variable stands once.
  mutating func addRow(_ terms: [Term], _ relation: Relation, _ bound: Double) {
    rows.append(Row(terms: terms, relation: relation, bound: bound))
  }

  /// Whether some values are allowed, but for so much in each row.
  package func allows(_ values: [Double], but slack: Double = 1e-6) -> Bool {
    guard values.count == variables.count else { return false }
    let areInRange = zip(variables, values).allSatisfy { variable, value in
      value >= -slack && value <= (variable.most ?? .infinity) + slack
        && (!variable.isWhole || abs(value - value.rounded()) <= slack)
    }
    return areInRange
      && rows.allSatisfy { row in
        let sum = row.terms.reduce(0) { $0 + $1.factor * values[$1.variable] }
        switch row.relation {
        case .atMost: return sum <= row.bound + slack
        case .atLeast: return sum >= row.bound - slack
        case .equal: return abs(sum - row.bound) <= slack
        }
      }
  }

  package func cost(of values: [Double]) -> Double {
    zip(variables, values).reduce(0) { $0 + $1.0.cost * $1.1 }
  }

  // MARK: - As text

  /// The program in the LP format; variable 3 is `x3` in it.
  package var text: String {
    let costs = variables.indices.map { Term(variables[$0].cost, $0) }.filter { $0.factor != 0 }
    var lines = ["Minimize", " cost:" + Self.sum(costs), "Subject To"]
    for (index, row) in rows.enumerated() {
      lines.append(" r\(index):\(Self.sum(row.terms)) \(row.relation.rawValue) \(row.bound)")
    }
    let limits = variables.indices.compactMap { index in
      variables[index].most.map { " 0 <= x\(index) <= \($0)" }
    }
    if !limits.isEmpty { lines += ["Bounds"] + limits }
    let whole = variables.indices.filter { variables[$0].isWhole }
    if !whole.isEmpty { lines += ["General"] + whole.map { " x\($0)" } }
    return (lines + ["End", ""]).joined(separator: "\n")
  }

  /// The variables in the order in which the text first names them, as readers number them.
  package var variablesAsTheyCome: [Int] {
    var isKnown = [Bool](repeating: false, count: variables.count)
    var order: [Int] = []
    let costs = variables.indices.filter { variables[$0].cost != 0 }
    let named = (costs.isEmpty ? [0] : costs) + rows.flatMap { $0.terms.map(\.variable) }
    for variable in named + Array(variables.indices) where variables.indices.contains(variable) {
      guard !isKnown[variable] else { continue }
      isKnown[variable] = true
      order.append(variable)
    }
    return order
  }

  /// On lines of a few terms each, since readers have limits.
  private static func sum(_ terms: [Term]) -> String {
    guard !terms.isEmpty else { return " 0 x0" }
    return terms.enumerated().map { place, term in
      let sign = term.factor < 0 ? " - " : " + "
      return (place > 0 && place.isMultiple(of: 6) ? "\n  " : "") + sign
        + "\(term.factor.magnitude) x\(term.variable)"
    }.joined()
  }
}
