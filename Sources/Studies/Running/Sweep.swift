// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Session

/// One sweep over a study: does the runs of a shard that are not done, on several threads.
///
///     let plan = try StudyPlan(study, jobs: 4) { _, _ in true }
///     let outcome = try Sweep(plan, into: StudyFolder("out")).run { progress in true }
///     try StudyTables(plan, of: folder).write()
public struct Sweep: Sendable {
  public struct Options: Sendable {
    public var jobs = 1
    public var shard = Shard.whole
    /// Whether the first run that fails ends the sweep.
    public var failsFast = false
    /// Whether no further run is to begin; those that have begun are finished.
    public var endsEarly: @Sendable () -> Bool = { false }

    public init() {}
  }

  /// How far a sweep is.
  public struct Progress: Equatable, Sendable {
    /// Ended now or before.
    public var done: Int
    /// Ended before.
    public var doneBefore: Int
    public var failed: Int
    /// The most runs that there can be.
    public var of: Int
  }

  private let plan: StudyPlan
  private let folder: StudyFolder
  private let options: Options

  public init(_ plan: StudyPlan, into folder: StudyFolder, _ options: Options = Options()) {
    self.plan = plan
    self.folder = folder
    self.options = options
  }

  /// Does what is left to do; `watch` hears how far it is, and says whether to go on.
  public func run(_ watch: (Progress) -> Bool) throws -> Progress {
    try folder.prepare(for: plan)
    let file = try folder.recordFile(of: options.shard)
    let earlier = try folder.records(needsFolders: plan.study.keepsRuns)
    let agenda = Agenda(
      plan, shard: options.shard, earlier: earlier, jobs: options.jobs, isClosed: options.endsEarly)
    let runner = PieceRunner(
      plan, folder: folder, file: file, agenda: agenda, earlier: earlier, options: options)
    try checkMetrics(runner, earlier, agenda, watch)
    let goesOn = Workers.run(
      max(1, min(options.jobs, agenda.most - agenda.doneBefore)), each: { _ in runner.work() },
      watch: {
        guard watch(progress(agenda)) else {
          agenda.stop()
          return false
        }
        return true
      })
    if let error = runner.error { throw error }
    try file.sync()
    let end = progress(agenda)
    guard goesOn else { throw StoppedStudy(done: end.done, of: end.of) }
    guard !agenda.isCut else { throw UnfinishedStudy(done: end.done, of: end.of) }
    return end
  }

  /// Finds a slip in the name of a metric before all is run.
  private func checkMetrics(
    _ runner: PieceRunner, _ earlier: RecordIndex, _ agenda: Agenda, _ watch: (Progress) -> Bool
  ) throws {
    var named = NamedMetrics(of: plan.study)
    named.trustWords()
    if named.areKnown || agenda.most == agenda.doneBefore { return }
    named.add(earlier.metricNames)
    let now = progress(agenda)
    for cell in plan.study.firstCells where !named.areKnown {
      do {
        named.add(try runner.metricNames(of: cell) { watch(now) } ?? [])
      } catch is StoppedRun {
        throw StoppedStudy(done: now.done, of: now.of)
      }
    }
    try named.check()
  }

  private func progress(_ agenda: Agenda) -> Progress {
    let (done, failed) = agenda.progress
    return Progress(
      done: agenda.doneBefore + done, doneBefore: agenda.doneBefore, failed: failed,
      of: agenda.most)
  }
}

/// A sweep that was to stop before its end; what was done is kept.
public struct StoppedStudy: Error, CustomStringConvertible {
  public let done: Int
  public let of: Int

  public var description: String {
    "interrupted; \(done) of \(of) runs are done and kept, and the same command goes on from there"
  }
}

/// A sweep that was told to begin no further run, with runs left to do.
public struct UnfinishedStudy: Error, CustomStringConvertible {
  public let done: Int
  public let of: Int

  public var description: String {
    "told to end early; \(done) of \(of) runs are done and kept, and the same command goes on from "
      + "there"
  }
}
