// SPDX-License-Identifier: GPL-3.0-or-later
public import YAMLReader

/// All that is wrong with a scenario, in the order of the file.
public struct ScenarioErrors: Error, Equatable, Sendable, CustomStringConvertible {
  public var problems: [Problem]

  public init(_ problems: Problems) {
    self.problems = problems.sorted
  }

  /// One problem a line: `file:line:column: path: problem`.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
