// SPDX-License-Identifier: GPL-3.0-or-later
public import Scheduling
package import YAMLReader

/// Reads files of jobs that share accelerators of several types.
public enum SharedFleetFile {
  /// Reads and checks a file, whose jobs stand in a list, in a CSV file beside it, or in columns.
  public static func load(path: String) throws(ScenarioErrors) -> SharedFleet {
    var problems = Problems(file: path)
    guard let root = Node.read(file: path, problems: &problems) else {
      throw ScenarioErrors(problems)
    }
    return try load(root, directory: ScenarioFile.directory(of: path), problems: problems)
  }

  /// As `load(path:)`, of what a file holds.
  package static func load(
    _ root: Node, directory: String, problems: Problems
  ) throws(ScenarioErrors) -> SharedFleet {
    // Of a checker of scenarios it needs the readers of tables. That a scenario without anything is
    // none is nobody's problem here.
    var checker = Checker(Scenario(), directory: directory, problems: problems)
    checker.problems = problems
    let fleet =
      if isInColumns(root) {
        GavelCaseSection.read(root, path: .root, problems: &checker.problems)
          .flatMap { checker.fleet(of: $0) }
      } else {
        SharedFleetSection.read(root, path: .root, problems: &checker.problems)
          .flatMap { checker.fleet(of: $0) }
      }
    guard let fleet, checker.problems.isEmpty else { throw ScenarioErrors(checker.problems) }
    return fleet
  }

  private static func isInColumns(_ root: Node) -> Bool {
    guard case .mapping(let entries) = root.content else { return false }
    return entries.contains { $0.key == GavelCaseSection.mark }
  }
}
