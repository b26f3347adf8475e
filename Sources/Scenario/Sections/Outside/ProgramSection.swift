// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import YAMLReader

/// A program outside that takes a kind of decision.
struct ProgramSection: Section {
  var origin = Origin.none
  var command = Written<[String]>([])
  var timeout = Positive(SimDuration(seconds: PolicyCommand.standardTimeout) ?? .zero)
  var files: Written<[String]>?

  static let shape = Shape<ProgramSection>(
    "A program that decides; seams that name the same command and timeout share one.",
    fields: [
      .required(
        "command", \.command,
        "The program with its arguments; it is started in the folder of the scenario."),
      .defaulted(
        "timeout", \.timeout, "How long an answer may take by the clock on the wall."),
      .optional(
        "files", \.files, "Files that the program reads beside those that its arguments name."),
    ])
}

/// Who takes a kind of decision: a rule that comes with this program, or a program outside.
enum Decider<Rule: ScenarioValue>: ScenarioValue {
  case rule(Rule)
  case program(ProgramSection)

  /// The rule that comes with this program; nil where another decides.
  var rule: Rule? {
    if case .rule(let rule) = self { rule } else { nil }
  }

  static var schema: Node {
    .mapping([("anyOf", .list([Rule.schema, ProgramSection.schema]))])
  }

  static func read(_ node: Node, path: Path, problems: inout Problems) -> Self? {
    guard case .mapping(let entries) = node.content,
      entries.contains(where: { entry in
        ProgramSection.shape.fields.contains { $0.key == entry.key }
      })
    else { return Rule.read(node, path: path, problems: &problems).map { .rule($0) } }
    return ProgramSection.read(node, path: path, problems: &problems).map { .program($0) }
  }

  var node: Node {
    switch self {
    case .rule(let rule): rule.node
    case .program(let section): section.node
    }
  }
}
