// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Planning
internal import Policies
internal import Scenario
internal import Text

/// `cpnsim schema`: prints the JSON Schema of scenario files, of plan files, or of the messages of policies.
struct SchemaCommand: Command {
  /// What there is a schema of.
  enum Subject: String, CaseIterable, ArgumentValue {
    case scenario, policy, plan
  }

  static let name = "schema"
  static let abstract =
    "Print the JSON Schema of scenario files, of plan files, or of what policies say."
  static let discussion = """
    Editors that know YAML complete and check a scenario as it is typed, when its first line is \
    '# yaml-language-server: $schema=cpnsim.schema.json'.

    That of 'plan' is for the files that cpnsim plan reads. That of 'policy' is for a line that a run and a policy outside say to each other, in either \
    direction.
    """
  static let examples = [
    Example("cpnsim schema > cpnsim.schema.json", "Write the schema for an editor."),
    Example("cpnsim schema plan > plan.schema.json", "Write that of plan files."),
    Example("cpnsim schema policy", "Print that of the messages of policies."),
  ]
  static var parameters: [Parameter<Self>] {
    [.optionalArgument("subject", \.subject, "Of what: scenario without it.")]
  }

  var subject: Subject?

  func run() throws -> ExitCode {
    switch subject ?? .scenario {
    case .scenario: try StandardOutput.write(JSONSchema.text)
    case .plan: try StandardOutput.write(BuildPlan.schema)
    case .policy: try StandardOutput.write(PolicySchema.json.text(.innermostFlat) + "\n")
    }
    return .done
  }
}
