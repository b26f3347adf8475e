// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
internal import EventKernel
public import Pages
internal import Policies
public import Results
public import Scenario
public import Scheduling
public import Session
public import Simulator
public import Studies
internal import Text
public import Traces

// Which exit code an error of the layers below stands for: all of these are the user's to mend.

extension ScenarioErrors: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension RunError: ReportableError {
  public var exitCode: ExitCode {
    // Nothing is wrong: a policy answers otherwise than it did.
    if case .policy(let error) = self, error.isDifference { return .regression }
    return .wrongInput
  }
}

extension TraceError: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension ResultsError: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension TableFault: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension PageError: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension NoResults: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension ChangedInput: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension InvalidTraces: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

/// The user stopped the work; what was not finished is not there.
extension StoppedRun: ReportableError {
  public var description: String {
    "interrupted at \(formatted(seconds: progress.now.seconds)) of simulated time, "
      + "after \(progress.finishedFlows) finished flows; no results were written"
  }
  public var exitCode: ExitCode { .interrupted }
}

extension StudyIsBusy: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension ChangedRecords: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension NoStudyFolder: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension OldTables: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension ChangedTable: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension OtherStudy: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension UnreadableStudy: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension WrongVariants: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension ChangedStudyInput: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension UnrepeatableInput: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension UnknownMetric: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension IncomparableSides: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension FailedComparison: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension StoppedComparison: ReportableError {
  public var exitCode: ExitCode { .interrupted }
}

/// The user stopped the sweep; what was done is kept.
extension StoppedStudy: ReportableError {
  public var exitCode: ExitCode { .interrupted }
}

extension NoRuns: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension WrongDesign: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension WrongCases: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension NoBaseline: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension OtherBaseline: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension UnfitBaseline: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension UnrepeatableRun: ReportableError {
  public var exitCode: ExitCode { .failed }
}

extension FailedCase: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension StoppedCheck: ReportableError {
  public var exitCode: ExitCode { .interrupted }
}

/// A scheduler told the sweep to end early; what was done is kept.
extension UnfinishedStudy: ReportableError {
  public var exitCode: ExitCode { .unfinished }
}

extension NoArrayTask: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension NoSharedFolder: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension AxisLikeMetric: ReportableError {
  public var exitCode: ExitCode { .wrongInput }
}

extension AllocationError: ReportableError {
  public var description: String {
    switch self {
    case .runsNowhere(let job):
      "the job '\(job)' runs on no type that there is any of, expected one at least"
    case .noSteps(let job): "the job '\(job)' has no steps, expected how much it has to do"
    case .neverFits(let job):
      "the job '\(job)' needs more accelerators than there are of any type that it runs on"
    case .unsolved(let error): "the linear program of the allocation is \(error)"
    }
  }
  public var exitCode: ExitCode {
    if case .unsolved = self { return .failed }
    return .wrongInput
  }
}
