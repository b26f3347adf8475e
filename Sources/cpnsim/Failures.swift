// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
public import Results
public import Scenario
public import Simulator
public import Traces

// Which exit code an error of the layers below stands for: all of these are the user's to mend.

extension ScenarioErrors: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension RunError: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension TraceError: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension ResultsError: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

/// The user stopped the work; what was not finished is not there.
struct Interrupted: ReportableError {
  var description: String
  var exitCode: ExitCode { .interrupted }
}
