// SPDX-License-Identifier: GPL-3.0-or-later

internal import Planning

/// HiGHS, by python3 with PyPI's highspy.
struct Highs: Solver {
  static let name = "HiGHS"
  /// The exit code of the script where there is no highspy.
  static let isMissing: Int32 = 86

  var files: [(name: String, text: String)] { [("solve.py", Self.script)] }

  func words(_ folder: String, seconds: Double) -> [String] {
    ["python3", "\(folder)/solve.py", "\(folder)/problem.lp", "\(seconds)"]
  }

  private static let script = """
    import sys
    try:
        import highspy
    except ImportError:
        sys.exit(86)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", float(sys.argv[2]))
    solver.setOptionValue("mip_rel_gap", 1e-7)
    solver.readModel(sys.argv[1])
    solver.run()
    info = solver.getInfo()
    said = [("state", solver.modelStatusToString(solver.getModelStatus()))]
    said.append(("bound", repr(info.mip_dual_bound)))
    if info.primal_solution_status == 2:
        said.append(("cost", repr(info.objective_function_value)))
        said += zip(solver.getLp().col_names_, map(repr, map(float, solver.getSolution().col_value)))
    sys.stdout.writelines(f"{name} {value}\\n" for name, value in said)

    """

  func answer(
    _ output: String, _ folder: String, _ program: MixedProgram
  ) throws(NoAnswer) -> SolverAnswer {
    var state: String?
    var facts: [Substring: Double] = [:]
    for line in output.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      if parts[0] == "state" {
        state = String(parts[1])
      } else {
        facts[parts[0]] = Double(parts[1])
      }
    }
    guard let state else {
      throw NoAnswer("HiGHS gave no answer that can be read: \(output.prefix(80))")
    }
    if state == "Infeasible" || state == "Primal infeasible or unbounded" {
      return SolverAnswer(solver: Self.name, state: .infeasible)
    }
    guard state == "Optimal" || state == "Time limit reached" else {
      throw NoAnswer("HiGHS gave no answer: it says '\(state)'")
    }
    let values =
      facts["cost"] == nil
      ? nil : program.variables.indices.map { facts["x\($0)"] ?? 0 }
    let bound = facts["bound"].flatMap { $0.isFinite ? $0 : nil }
    return SolverAnswer(
      solver: Self.name, state: state == "Optimal" ? .optimal : .outOfTime, bound: bound,
      cost: facts["cost"], values: values)
  }
}
