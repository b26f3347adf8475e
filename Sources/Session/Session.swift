// SPDX-License-Identifier: GPL-3.0-or-later

public import Policies
public import Results
public import Scenario
internal import Simulator
internal import Traces
internal import Traffic

/// One run of a loaded scenario, from its first event to a finished results folder.
///
///     let session = try Session(loaded, writing: "results/ring")
///     try session.drive { progress in isWanted ? .goOn : .stop }
///     let finished = try session.finish()
///
/// It prints nothing and looks at no signal: whoever drives it hears how far the run is, says
/// whether it goes on, and gets all that there is to say at the end. The results folder is complete
/// or not there: an error on the way, a wish to stop, and a session that nobody finishes leave
/// nothing. Sessions share no state, so each thread of a program may drive one of its own.
public struct Session: ~Copyable {
  private let loaded: LoadedScenario
  private let folder: ResultsFolder?
  private let run: Run
  private let began: SuspendingClock.Instant

  /// Begins the folder of that path, if there is to be one, and makes the run ready to start.
  ///
  /// `packing` says how its tables are packed, and `policies` what is done with what policies outside are asked and answer.
  public init(
    _ loaded: LoadedScenario, writing path: String? = nil, packing: TablePacking? = nil,
    policies: PolicyRecording = PolicyRecording()
  ) throws {
    let folder = try path.map { (path) throws(ResultsError) in
      try ResultsFolder(at: path, packing: packing)
    }
    let began = SuspendingClock.now
    var model = loaded.model
    model.policyRecording = policies
    let run = try discarding(folder) {
      try Run(model, writing: Session.tables(of: model, in: folder))
    }
    self.loaded = loaded
    self.folder = folder
    self.run = run
    self.began = began
  }

  private static func tables(
    of model: Model, in folder: ResultsFolder?
  ) throws(ResultsError) -> RunTables {
    guard let folder else { return RunTables() }
    return try RunTables(model.outputs, in: folder)
  }

  /// Lives through the run; throws `StoppedRun` where `watch` wants it to stop.
  public func drive(_ watch: (RunProgress) -> Wish = { _ in .goOn }) throws {
    try discarding(folder) { try Drive(of: run).live(watch) }
  }

  /// Ends the run, completes its folder and gives the folder its name.
  public consuming func finish() throws -> FinishedRun {
    try discarding(folder) {
      let outcome = try run.finish()
      let finished = FinishedRun(
        outcome: outcome, wallSeconds: (SuspendingClock.now - began) / .seconds(1),
        warnings: warnings(of: outcome),
        findings: Finding.all(in: RunFacts(loaded.model, outcome)),
        verdicts: loaded.model.expectations.map { Verdict($0, in: outcome.summary) })
      if let folder { try RunRecord(loaded, finished).complete(folder) }
      return finished
    }
  }

  private func warnings(of outcome: RunOutcome) -> [RunWarning] {
    let skipped = outcome.traces.filter { $0.skipped.count > 0 }.map {
      RunWarning.skippedLines(file: $0.file, $0.skipped)
    }
    let isEndless = loaded.model.duration == nil && outcome.unfinishedFlows > 0
    let columns = folder?.unbounded.columns ?? []
    return skipped + (isEndless ? [.flowsThatNeverFinish(outcome.unfinishedFlows)] : [])
      + columns.map { .numbersWithoutBounds(column: $0.name, rows: $0.count) }
  }
}

/// Does work on a folder, and leaves nothing of it where that fails.
private func discarding<Value>(_ folder: ResultsFolder?, _ work: () throws -> Value) throws -> Value
{
  do {
    return try work()
  } catch {
    folder?.discard()
    throw error
  }
}
