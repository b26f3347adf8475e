// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `cpnsim plan` and the solver beside it, in whose place scripts stand that say what solvers say.
@Suite struct PlanSolverTests {
  private static let plan = """
    plan: ring
    scenario: s.yaml
    levels: [{loss: 0 %}]
    build: {lines: {capacity: 1 Gbps, price: 100}}
    solver: {use: SOLVER, within: 2 s}
    """

  /// A scenario whose best build costs 400 yuan, a plan of it, and nothing on the PATH but scripts.
  private func workspace(_ scripts: [String: String], solver: String = "any") throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(PlanTests.scenario, to: "s.yaml")
    try workspace.write(
      Self.plan.replacingOccurrences(of: "SOLVER", with: solver), to: "p.yaml")
    _ = try workspace.bash("mkdir bin && ln -s $(command -v sleep) $(command -v cat) bin/")
    for (name, script) in scripts {
      try workspace.writeProgram("#!/bin/sh\n\(script)\n", to: "bin/\(name)")
    }
    return workspace
  }

  private func outcome(_ workspace: Workspace, _ words: String = "") throws -> Outcome {
    let program = try Workspace.program
    return try workspace.bash("PATH=$PWD/bin '\(program)' plan p.yaml --quiet \(words)")
  }

  /// Writes what GLPK writes to the file behind --write, and prints a log.
  private static func glpsol(_ state: String, log: String) -> String {
    """
    while [ "$1" != --write ]; do shift; done
    echo 's mip 2 2 \(state) 390' > "$2"
    printf '\(log)\\n'
    """
  }

  @Test(arguments: [
    (Self.glpsol("o", log: "INTEGER OPTIMAL SOLUTION FOUND"), "none costs less than 390 yuan"),
    (
      Self.glpsol("f", log: "+ 5: mip = 3.9e+02 >= 3.8e+02 2.6%% (3; 0)"),
      "none costs less than 380 yuan, a gap of 5 %"
    ),
    (Self.glpsol("u", log: "TIME LIMIT EXCEEDED"), "came to no bound in its time"),
    (
      Self.glpsol("u", log: "PROBLEM HAS NO INTEGER FEASIBLE SOLUTION"),
      "no number of them is enough"
    ),
    ("echo hello", "gave no answer that can be read: hello"),
    ("echo 'no memory' >&2; exit 3", "it ended with code 3: no memory"),
    ("exec sleep 100", "did not end by itself within 2 s"),
  ])
  func whatGlpsolSaysIsSaid(_ script: String, _ said: String) throws {
    let outcome = try outcome(workspace(["glpsol": script]))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(said), "\(outcome.output)")
  }

  @Test(arguments: [
    ("echo state Optimal; echo bound 400; echo cost 400", "HiGHS proves that no build costs less"),
    ("echo state Time limit reached; echo bound 380.0", "a gap of 5 %"),
    ("echo state Time limit reached; echo bound -inf", "came to no bound in its time"),
    ("echo state Infeasible", "no number of them is enough"),
    ("echo state Solve error", "it says 'Solve error'"),
    ("true", "gave no answer that can be read"),
  ])
  func whatHighsSaysIsSaid(_ script: String, _ said: String) throws {
    let outcome = try outcome(workspace(["python3": script], solver: "highs"))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(said), "\(outcome.output)")
  }

  @Test(arguments: [
    ("any", "neither python3 with highspy"), ("glpsol", "no glpsol"), ("highs", "no python3"),
  ])
  func whereNoneIsThereThatIsSaid(_ solver: String, _ said: String) throws {
    // A python3 without highspy ends as the script that it gets would.
    let workspace = try workspace(["python3": "exit 86"], solver: solver)
    let outcome = try outcome(workspace)
    #expect(outcome.code == 0 && outcome.output.contains(said), "\(outcome.output)")
    let quiet = try self.outcome(workspace, "--solver none")
    #expect(quiet.code == 0 && !quiet.output.contains(said))
  }

  /// Regenerators and accelerators are none of what solvers know, and what costs nothing costs the least.
  @Test(arguments: [
    "build: {nodes: {price: 1}}", "build: {lines: {capacity: 1 Gbps, price: 100}}\nfill: 100 %",
  ])
  func nobodyIsAskedAboutNothing(_ build: String) throws {
    let workspace = try workspace(["python3": "echo asked > asked; exit 3"], solver: "highs")
    try workspace.write(
      """
      scenario: s
      duration: 1 h
      network: {links: [{name: ab, from: a, to: b, capacity: 9 Gbps, two_way: true}]}
      traffic: [{tokens: {total: 1e4 tokens/s, from: {a: 1}, to: {b: {nodes: 9}}, services: [chat]}}]

      """, to: "s.yaml")
    try workspace.write(
      "plan: p\nscenario: s.yaml\nsolver: highs\nlevels: [{refused: 0 %}]\n\(build)\n", to: "p.yaml"
    )
    #expect(try outcome(workspace, "--out build").code == 0)
    #expect(!workspace.names.contains("asked"))
    #expect(try workspace.rows(of: "build/bounds.csv").isEmpty)
  }

  /// What solvers get is a problem that can be read, in a folder that is gone behind them.
  @Test func theProblemIsThereForAsLongAsItIsNeeded() throws {
    let script = "cat \"$2\" > problem.lp; echo $2 > path; exit 3"
    let workspace = try workspace(["glpsol": script], solver: "glpsol")
    let outcome = try outcome(workspace, "--out build")
    #expect(outcome.code == 0)
    let text = try workspace.text(of: "problem.lp")
    #expect(text.hasPrefix("Minimize\n cost: + 100.0 x0") && text.hasSuffix("End\n"))
    // 2.5 Gbps at 80 % are 3.125, of which there is 1.
    #expect(text.contains("+ 1.0 x0 >= 2.12"))
    let path = try workspace.text(of: "path").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(!FileManager.default.fileExists(atPath: path))
    let rows = try workspace.rows(of: "build/bounds.csv")
    #expect(rows.map { $0["state"] } == ["not asked"])
  }

  @Test func aBoundIsWritten() throws {
    let script = "echo state Optimal; echo bound 300; echo cost 300; echo x0 2.0"
    let workspace = try workspace(["python3": script])
    #expect(try outcome(workspace, "--out build").code == 0)
    let row = try #require(try workspace.rows(of: "build/bounds.csv").first)
    #expect(row["solver"] == "HiGHS" && row["cost_yuan"] == "400" && row["bound_yuan"] == "300")
    #expect(row["gap"] == "0.25")
  }

  @Test func aChoiceThatIsNoneIsAMistake() throws {
    let outcome = try outcome(workspace([:], solver: "cplex"))
    #expect(outcome.code == 2 && outcome.errors.contains("solver"), "\(outcome.errors)")
    let other = try self.outcome(workspace([:]), "--solver cplex")
    #expect(other.code == 2 && other.errors.contains("glpsol"), "\(other.errors)")
  }
}
