// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine

extension Tool {
  /// This program with all its commands, in the order of its help.
  static let cpnsim = Tool(
    name: "cpnsim", version: Version.text,
    abstract: "Simulate a computing-power network: what fits, what breaks, what holds flows back.",
    commands: [
      RunCommand.self, ValidateCommand.self, ShowCommand.self, ExplainCommand.self,
      ImportCommand.self, SchemaCommand.self, CompletionsCommand.self,
    ])
}

Tool.cpnsim.main()
