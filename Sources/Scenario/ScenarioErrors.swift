// SPDX-License-Identifier: GPL-3.0-or-later
public import YAMLReader

/// All that is wrong with a scenario, in the order of the file.
public struct ScenarioErrors: Error, Equatable, Sendable, CustomStringConvertible {
  public var problems: [Problem]
  /// How many more there are than the first few thousand.
  public var unlisted: Int

  public init(_ problems: Problems) {
    self.problems = problems.sorted
    unlisted = problems.count - problems.all.count
  }

  /// One problem a line: `file:line:column: path: problem`.
  public var description: String {
    let lines = problems.map(\.description)
    let rest = unlisted > 0 ? ["and \(unlisted) more problems"] : []
    return (lines + rest).joined(separator: "\n")
  }
}

extension ScenarioErrors {
  /// The same with what is wrong with settings told where these stand, by their paths: in another file than
  /// the scenario.
  package func relocated(
    to file: String, _ places: [String: (place: Place, path: Path)]
  ) -> ScenarioErrors {
    var errors = self
    for index in errors.problems.indices {
      let problem = errors.problems[index]
      guard case .setting(let setting) = problem.place, let written = places[setting] else {
        continue
      }
      let inside = problem.path.description
      let text = inside.isEmpty || inside == setting ? problem.text : "\(inside): \(problem.text)"
      errors.problems[index] = Problem(
        file: file, place: written.place, path: written.path, text: "\(setting): \(text)")
    }
    return errors
  }
}
