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
