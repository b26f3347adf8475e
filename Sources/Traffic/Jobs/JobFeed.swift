// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Statistics
public import Traces

/// The jobs of a source, one after the other, in order of their submission.
///
/// A row of a trace without a number of accelerators or a run time can't be run, and is counted.
public struct JobFeed {
  private enum Kind {
    case listed([OfferedJob], next: Int)
    case generated(JobGeneratorState)
    case trace(TraceFeed)
  }

  private var kind: Kind

  public init(_ source: JobSource, name: String, seed: UInt64, isCertified: Bool) throws(TraceError)
  {
    kind =
      switch source {
      case .listed(let jobs): .listed(jobs, next: 0)
      case .generated(let generator): .generated(JobGeneratorState(generator, seed: seed))
      case .trace(let trace):
        .trace(try TraceFeed(trace, name: name, seed: seed, isCertified: isCertified))
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

  /// Rows of a trace that say too little to be run.
  public var unknown: Int {
    if case .trace(let feed) = kind { feed.unknown } else { 0 }
  }

  public var skipped: SkippedLines {
    if case .trace(let feed) = kind { feed.rows.skipped } else { SkippedLines() }
  }

  /// What was read, for a manifest; nil for what is no trace.
  public func record() throws(TraceError) -> FileRecord? {
    if case .trace(let feed) = kind { try feed.rows.record() } else { nil }
  }
}

/// The jobs of a trace at work.
private struct TraceFeed {
  /// The reader itself, for what it has counted.
  let rows: JobRows
  private(set) var unknown = 0
  private let trace: JobTrace
  private var records: Reshaped<JobRows>
  private let choice: WeightedChoice?
  private var stream: RandomStream
  private var count = 0
  private var clock: TraceClock

  init(
    _ trace: JobTrace, name: String, seed: UInt64, isCertified: Bool
  ) throws(TraceError) {
    self.trace = trace
    clock = TraceClock(start: trace.options.start)
    rows = try JobRows(
      file: trace.file, format: trace.format, options: trace.options, isCertified: isCertified)
    records = rows.reshaped(by: trace.options.reshaping)
    choice = trace.places.count > 1 ? WeightedChoice(weights: trace.places) : nil
    stream = RandomStream(seed: seed, name: "jobs/\(name)/places")
  }

  mutating func next() throws(TraceError) -> OfferedJob? {
    while let row = try records.next() {
      guard let accelerators = row.processors, accelerators > 0,
        let run = row.runTime ?? row.requestedTime
      else {
        unknown += 1
        continue
      }
      count += 1
      let factor = trace.isPerAccelerator ? Double(accelerators) : 1
      let submitted = clock.time(of: row.time)
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
