// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Locks
internal import Results
internal import Scenario
internal import Session
internal import Simulator
internal import Traces
internal import YAMLReader

/// What a thread of a sweep does: piece by piece, it runs the seeds of a variant and keeps what
/// came of them.
final class PieceRunner: Sendable {
  private let plan: StudyPlan
  private let folder: StudyFolder
  private let file: RecordFile
  private let agenda: Agenda
  private let earlier: RecordIndex
  private let options: Sweep.Options
  private let variants: Variants
  /// Each trace is parsed once for all threads.
  private let traces = SharedTraces()
  private let failure = Guarded<(any Error)?>(nil)

  init(
    _ plan: StudyPlan, folder: StudyFolder, file: RecordFile, agenda: Agenda,
    earlier: RecordIndex, options: Sweep.Options
  ) {
    self.plan = plan
    variants = Variants(of: plan.study, most: options.jobs)
    self.folder = folder
    self.file = file
    self.agenda = agenda
    self.earlier = earlier
    self.options = options
  }

  /// What ended the sweep as a whole, such as a full disk.
  var error: (any Error)? { failure.withLock { $0 } }

  /// The life of one thread.
  func work() {
    let watch = TrapWatch(of: file)
    while let piece = agenda.next() {
      do {
        try run(piece, of: variants.variant(at: piece.cell), watch)
      } catch is StoppedRun {
        return
      } catch {
        failure.withLock { $0 = $0 ?? error }
        agenda.stop()
        return
      }
    }
  }

  private func run(_ piece: Agenda.Piece, of variant: Variant, _ watch: TrapWatch) throws {
    switch plan.study.replications {
    case .seeds:
      for seed in piece.seeds where agenda.mayBegin() { _ = try run(variant, watch, seed: seed) }
    case .until(let rule):
      var values: [Double?] = []
      while values.count < rule.wanted(values) {
        let isThere = earlier.isSettled(plan.identity(of: piece.cell, seed: values.count + 1))
        guard isThere || agenda.mayBegin() else { return }
        values.append(try value(of: rule.metric, variant, watch, seed: values.count + 1))
      }
    }
  }

  // MARK: - One run

  /// The metric of a run, of now or of before; nil where the run failed.
  private func value(
    of metric: String, _ variant: Variant, _ watch: TrapWatch, seed: Int
  ) throws -> Double? {
    let identity = plan.identity(of: variant.cell.position, seed: seed)
    let (record, metrics) =
      if earlier.isSettled(identity), let known = earlier.record(identity) {
        known
      } else {
        try run(variant, watch, seed: seed)
      }
    guard case .done(_, let values) = record.outcome else { return nil }
    guard let place = metrics.firstIndex(where: { $0.name == metric }) else {
      throw UnknownMetric(
        metric, among: metrics.map(\.name), in: "\(plan.study.path): until.metric")
    }
    return values[place]
  }

  private func run(
    _ variant: Variant, _ watch: TrapWatch, seed: Int
  ) throws -> (record: RunRecord, metrics: [RunRecord.Metric]) {
    let identity = plan.identity(of: variant.cell.position, seed: seed)
    let began = SuspendingClock.now
    var metrics: [RunRecord.Metric] = []
    var outcome: RunRecord.Outcome
    do {
      let finished = try finish(variant, watch, seed: seed, identity)
      try checkNames(finished.outcome.summary.rows.map(\.metric))
      metrics = finished.outcome.summary.rows.map { .init(name: $0.metric, unit: $0.unit) }
      outcome = .done(
        digest: finished.outcome.digest.value, values: finished.outcome.summary.rows.map(\.value))
    } catch let stopped as StoppedRun {
      throw stopped
    } catch let unknown as UnknownMetric {
      throw unknown
    } catch let clash as AxisLikeMetric {
      throw clash
    } catch {
      outcome = .failed("\(error)")
    }
    let record = RunRecord(
      identity: identity, seconds: (SuspendingClock.now - began) / .seconds(1), outcome: outcome)
    try file.append(record, metrics: metrics)
    let isFailed = if case .failed = outcome { true } else { false }
    agenda.count(failed: isFailed)
    if isFailed, options.failsFast { agenda.stop() }
    return (record, metrics)
  }

  /// The metrics of the first run of a variant, of which nothing is kept; nil where it fails.
  func metricNames(of cell: Cell, _ watch: () -> Bool) throws -> [String]? {
    let identity = plan.identity(of: cell.position, seed: 1)
    if earlier.isTrapped(identity) { return nil }
    let trap = TrapWatch(of: file)
    trap.begins(identity)
    defer { trap.ends() }
    do {
      let session = try Session(plan.study.load(cell).seeded(1).sharing(traces))
      try session.drive { _ in watch() ? .goOn : .stop }
      return try session.finish().outcome.summary.rows.map(\.metric)
    } catch let stopped as StoppedRun {
      throw stopped
    } catch {
      return nil
    }
  }

  /// With one scenario, a slip in a name is found by its first run and not after all of them.
  private func checkNames(_ known: [String]) throws {
    if let axis = plan.study.axes.first(where: { known.contains($0.name) }) {
      throw AxisLikeMetric(name: axis.name)
    }
    guard plan.study.scenarios.count == 1, let wanted = plan.study.metrics else { return }
    if let unknown = wanted.first(where: { !known.contains($0) }) {
      throw UnknownMetric(unknown, among: known, in: "\(plan.study.path): metrics")
    }
  }

  private func finish(
    _ variant: Variant, _ watch: TrapWatch, seed: Int, _ identity: RunIdentity
  ) throws -> FinishedRun {
    watch.begins(identity)
    defer { watch.ends() }
    let loaded = try variant.loaded().seeded(UInt64(seed)).sharing(traces)
    let session = try Session(loaded, writing: plan.study.keepsRuns ? place(identity) : nil)
    try session.drive { _ in agenda.isStopped ? .stop : .goOn }
    let finished = try session.finish()
    try plan.inputs.check(loaded)
    return finished
  }

  /// Where the folder of a run goes; one without a record is of a process that ended too soon.
  private func place(_ identity: RunIdentity) -> String {
    let path = folder.runPath(identity)
    ResultsFolder.remove(path)
    return path
  }
}

/// An axis with the name of a metric, whose columns could not be told apart.
public struct AxisLikeMetric: Error, CustomStringConvertible {
  let name: String

  public var description: String {
    "the axis \(Node.quoted(name)) has the name of a metric of the runs; choose another name"
  }
}

/// A metric that the runs of a study do not have.
public struct UnknownMetric: Error, CustomStringConvertible {
  public let description: String

  /// `place` says where the name stands.
  init(_ metric: String, among known: [String], in place: String? = nil) {
    let text = unknownName(metric, kind: "metric", among: known)
    description = place.map { "\($0): \(text)" } ?? text
  }
}
