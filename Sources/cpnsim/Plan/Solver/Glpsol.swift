// SPDX-License-Identifier: GPL-3.0-or-later

internal import Planning

/// `glpsol` of GLPK: Debian's package glpk-utils.
struct Glpsol: Solver {
  static let name = "glpsol"

  var files: [(name: String, text: String)] { [] }

  func words(_ folder: String, seconds: Double) -> [String] {
    [
      "glpsol", "--lp", "\(folder)/problem.lp", "--tmlim", "\(max(1, Int(seconds)))", "--cuts",
      "--write", "\(folder)/answer.txt",
    ]
  }

  /// What it found stands in a file, its bound in the last line of its progress alone.
  func answer(
    _ output: String, _ folder: String, _ program: MixedProgram
  ) throws(NoAnswer) -> SolverAnswer {
    let found = GlpkSolution(SolverFolder.text(of: "\(folder)/answer.txt"), program)
    if output.contains("PROBLEM HAS NO") && output.contains("FEASIBLE SOLUTION") {
      return SolverAnswer(solver: Self.name, state: .infeasible)
    }
    guard let found else {
      throw NoAnswer("glpsol gave no answer that can be read: \(Self.lastLine(of: output))")
    }
    if found.isOptimal {
      return SolverAnswer(
        solver: Self.name, state: .optimal, bound: found.cost, cost: found.cost,
        values: found.values)
    }
    return SolverAnswer(
      solver: Self.name, state: .outOfTime, bound: Self.bound(in: output),
      cost: found.isFeasible ? found.cost : nil, values: found.isFeasible ? found.values : nil)
  }

  /// The last of the lines such as `+  1234: mip =  5.0e+01 >=   4.8e+01   4.0% (12; 3)`.
  static func bound(in output: String) -> Double? {
    let lines = output.split(separator: "\n").filter { $0.contains("mip =") }
    guard let line = lines.last, let sign = line.firstRange(of: ">=") else { return nil }
    return line[sign.upperBound...].split(separator: " ").first.flatMap { Double($0) }
  }

  private static func lastLine(of output: String) -> String {
    output.split(separator: "\n").last.map(String.init) ?? "it printed nothing"
  }
}

/// What GLPK writes of a solution: `s mip ROWS COLUMNS STATE COST`, then `j COLUMN VALUE`.
///
/// Columns are numbered in the order in which they first stand in the problem, which is not ours:
/// so the problem's own text tells which is which.
struct GlpkSolution: Equatable {
  var isOptimal = false
  var isFeasible = false
  var cost = 0.0
  var values: [Double]

  init?(_ text: String, _ program: MixedProgram) {
    values = Array(repeating: 0, count: program.variables.count)
    let order = program.variablesAsTheyCome
    var isThere = false
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch (words.first, words.count) {
      case ("s", 6...) where words[1] == "mip":
        isThere = true
        isOptimal = words[4] == "o"
        isFeasible = isOptimal || words[4] == "f"
        cost = Double(words[5]) ?? .nan
      case ("j", 3...):
        guard let column = Int(words[1]), order.indices.contains(column - 1) else { return nil }
        values[order[column - 1]] = Double(words[2]) ?? .nan
      default: break
      }
    }
    guard isThere, !cost.isNaN, !values.contains(where: \.isNaN) else { return nil }
  }
}
