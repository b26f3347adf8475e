// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Session

extension Tool {
  /// This program with all its commands, in the order of its help.
  static let cpnsim = Tool(
    name: "cpnsim", version: Version.text,
    abstract: "Simulate a computing-power network: what fits, what breaks, what holds flows back.",
    entries: [
      .command(RunCommand.self), .command(ValidateCommand.self), .command(SweepCommand.self),
      .command(SensitivityCommand.self), .command(CompareCommand.self),
      .command(CheckCommand.self), .command(PlanCommand.self), .family(.show),
      .command(ExplainCommand.self), .command(ReportCommand.self), .command(ImportCommand.self),
      .command(SchemaCommand.self),
      .command(CompletionsCommand.self),
    ])
}

// A limit on the size of files is an error like a full disk, and no end without a word.
FileOutput.reportSizeLimitAsError()
// From the first moment: whatever the program is at, Ctrl-C ends it and leaves nothing half made.
Interrupt.listen { Partials.removeAll() }
Tool.cpnsim.main()
