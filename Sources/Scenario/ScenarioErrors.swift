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
  /// The same with what is wrong with settings, by their paths, told of another option than `--set`.
  package func told(of option: String, _ settings: [String]) -> ScenarioErrors {
    var errors = self
    for index in errors.problems.indices {
      let problem = errors.problems[index]
      guard case .setting(let setting) = problem.place, settings.contains(setting) else { continue }
      errors.problems[index] = Problem(
        file: "\(option) \(setting)", place: .file, path: .root, text: problem.text(beside: setting)
      )
    }
    return errors
  }

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
      errors.problems[index] = Problem(
        file: file, place: written.place, path: written.path,
        text: "\(setting): \(problem.text(beside: setting))")
    }
    return errors
  }
}

extension Problem {
  /// What it says where the path of a setting stands before it.
  fileprivate func text(beside setting: String) -> String {
    let inside = path.description
    return inside.isEmpty || inside == setting ? text : "\(inside): \(text)"
  }
}
