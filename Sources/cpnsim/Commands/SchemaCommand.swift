// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Scenario

/// `cpnsim schema`: prints the JSON Schema that editors check scenario files with.
struct SchemaCommand: Command {
  static let name = "schema"
  static let abstract = "Print the JSON Schema of scenario files."
  static let discussion = """
    Editors that know YAML complete and check a scenario as it is typed, when its first line is \
    '# yaml-language-server: $schema=cpnsim.schema.json'.
    """
  static let examples = [
    Example("cpnsim schema > cpnsim.schema.json", "Write the schema for an editor.")
  ]

  func run() throws -> ExitCode {
    try StandardOutput.write(JSONSchema.text)
    return .done
  }
}
