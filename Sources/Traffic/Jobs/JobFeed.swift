// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Results
internal import Statistics
public import Traces

/// The jobs of a source, one after the other, in order of their submission.
///
/// A row of a trace without a number of accelerators, or with none, or without a run time can't be run: it
/// is counted, and left out.
public struct JobFeed {
  private enum Kind {
    case listed([OfferedJob], next: Int)
    case generated(JobGeneratorState)
    case trace(TraceFeed)
  }

  private var kind: Kind

  /// Rows of a trace are counted up to the horizon.
  public init(
    _ source: JobSource, name: String, seed: UInt64, horizon: SimTime, isCertified: Bool
  ) throws(TraceError) {
    kind =
      switch source {
      case .listed(let jobs): .listed(jobs, next: 0)
      case .generated(let generator): .generated(JobGeneratorState(generator, seed: seed))
      case .trace(let trace):
        .trace(
          try TraceFeed(
            trace, name: name, seed: seed, horizon: horizon, isCertified: isCertified))
      }
  }

  public mutating func next() throws(TraceError) -> OfferedJob? {
    switch kind {
    case .listed(let jobs, let next):
      guard next < jobs.count else { return nil }
      kind = .listed(jobs, next: next + 1)
      return jobs[next]
    case .generated(var state):
      let job = state.next()
      kind = .generated(state)
      return job
    case .trace(var feed):
      let job = try feed.next()
      kind = .trace(feed)
      return job
    }
  }

  /// How much of it has been brought in, as far as that can be told.
  public var fractionDone: Double {
    switch kind {
    case .listed(let jobs, let next): Double(next) / Double(max(1, jobs.count))
    case .generated(let state): state.fractionDrawn
    case .trace(let feed): feed.rows.fractionRead
    }
  }

  /// What was read of a trace; nil for what is none.
  public var reading: TraceReading? {
    guard case .trace(let feed) = kind else { return nil }
    return TraceReading(
      file: feed.rows.file, account: feed.account, skipped: feed.rows.skipped)
  }

  /// What was read, for a manifest; nil for what is no trace.
  public func record() throws(TraceError) -> FileRecord? {
    if case .trace(let feed) = kind { try feed.rows.record() } else { nil }
  }
}

/// What was read of a trace of jobs on pools, or of requests to a service.
public struct TraceReading: Sendable {
  public var file: String
  public var account: RoundTripAccount
  public var skipped: SkippedLines
}

/// The jobs of a trace at work.
private struct TraceFeed {
  /// The reader itself, for what it has counted.
  let rows: JobRows
  private(set) var account = RoundTripAccount()
  private let horizon: SimTime
  private let trace: JobTrace
  private var records: Reshaped<OrderedJobs>
  private let choice: WeightedChoice?
  private var stream: RandomStream
  private var count = 0
  private var clock: TraceClock

  init(
    _ trace: JobTrace, name: String, seed: UInt64, horizon: SimTime, isCertified: Bool
  ) throws(TraceError) {
    self.trace = trace
    self.horizon = horizon
    clock = TraceClock(start: trace.options.start)
    rows = try JobRows(
      file: trace.file, format: trace.format, options: trace.options, isCertified: isCertified)
    records = OrderedJobs(rows, sorts: trace.options.sorts).reshaped(by: trace.options.reshaping)
    choice = trace.places.count > 1 ? WeightedChoice(weights: trace.places) : nil
    stream = RandomStream(seed: seed, name: "jobs/\(name)/places")
  }

  mutating func next() throws(TraceError) -> OfferedJob? {
    while let row = try records.next() {
      let submitted = clock.time(of: row.time)
      let asked = row.processors.flatMap { $0 > 0 ? $0 : nil }
      let known = row.runTime ?? (rows.hasRunTimes ? nil : row.requestedTime)
      if submitted < horizon { account.addJob(processors: asked, known) }
      guard let accelerators = asked, let run = known else { continue }
      count += 1
      let factor = trace.isPerAccelerator ? Double(accelerators) : 1
      return OfferedJob(
        number: count, name: row.name, submitted: submitted,
        accelerators: accelerators, run: run, requested: row.requestedTime,
        inputBytes: trace.inputBytes * factor, outputBytes: trace.outputBytes * factor,
        place: choice?.next(using: &stream) ?? 0,
        deadline: trace.deadline?.deadline(start: submitted, idealSeconds: run.seconds),
        user: row.user)
    }
    return nil
  }
}
