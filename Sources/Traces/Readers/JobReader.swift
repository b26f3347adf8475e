// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Results

/// A job as a trace has it; what the trace does not know is nil.
public struct TraceJob: TraceRecord, Equatable, Sendable {
  public var name: String
  /// When it is submitted.
  public var time: SimTime
  /// The processors, nodes or accelerators that it asks for.
  public var processors: Int?
  /// How long it ran.
  public var runTime: SimDuration?
  /// How long its user said that it would run at most.
  public var requestedTime: SimDuration?
  /// Whose it is, as a number.
  public var user: Int?

  public init(
    name: String, time: SimTime, processors: Int?, runTime: SimDuration?,
    requestedTime: SimDuration?, user: Int? = nil
  ) {
    self.name = name
    self.time = time
    self.processors = processors
    self.runTime = runTime
    self.requestedTime = requestedTime
    self.user = user
  }

  public mutating func scale(by factor: Double) {
    runTime = runTime?.scaled(by: factor)
    requestedTime = requestedTime?.scaled(by: factor)
  }
}

/// Reads jobs from a table with the column names of Batsim's jobs.csv, or others by a mapping.
///
/// Needed are a name, the time of submission, a number of processors, and a run time or a requested
/// time; where only start and end are there, they give the run time. JSON lines are read too.
/// Other columns are ignored. Its memory does not grow with the file.
public final class JobReader: RecordStream {
  public let file: String
  /// The mapping with all that was found by known names.
  public let mapping: TraceMapping
  private var input: TraceInput
  private let layout: JobLayout

  /// Opens a file and finds its columns; a certified reading has a record.
  public init(
    file: String, mapping: TraceMapping = TraceMapping(), tolerance: Tolerance = .strict,
    order: RecordOrder = .ofTime, isCertified: Bool = false
  ) throws(TraceError) {
    self.file = file
    input = try TraceInput(
      file: file, tolerance: tolerance, order: order, isCertified: isCertified)
    (self.mapping, layout) = try input.openTable(mapping)
  }

  public var skipped: SkippedLines { input.skipped }

  /// Whether the table has run times, and not only what jobs ask for.
  public var hasRunTimes: Bool { layout.hasRunTimes }

  /// What was read, for a manifest; of a certified reading only.
  public func record() throws(TraceError) -> FileRecord { try input.record() }

  /// The part of the file that has been read; 0 where its length is not known.
  public var fractionRead: Double { input.records.fractionRead }

  public func next() throws(TraceError) -> TraceJob? { try input.next(layout) }

  public func rewind() throws(TraceError) { try input.rewindTable() }
}

/// Where the columns of jobs stand.
private struct JobLayout: TableLayout {
  static let kind = "jobs"
  static let known = TraceMapping.knownJobs

  private let fieldCount: Int?
  private let job: MappedColumn
  private let submission: MappedColumn
  private let processors: MappedColumn
  private let runTime: MappedColumn?
  private let requestedTime: MappedColumn?
  private let start: MappedColumn?
  private let end: MappedColumn?
  private let unit: TimeUnit

  init(_ table: MappedTable) throws(TraceError.Problem) {
    fieldCount = table.fieldCount
    job = try table.column(.job)
    submission = try table.column(.timestamp)
    processors = try table.column(.processors)
    runTime = table.optionalColumn(.runTime)
    requestedTime = table.optionalColumn(.requestedTime)
    start = table.optionalColumn(.start)
    end = table.optionalColumn(.end)
    unit = table.timeUnit
    guard hasRunTimes || requestedTime != nil else {
      throw .noMapping(
        kind: "jobs", expected: "execution_time, requested_time, or starting_time and finish_time",
        found: table.names)
    }
  }

  var timeColumn: String { submission.name }

  var hasRunTimes: Bool { runTime != nil || start != nil && end != nil }

  func record(of fields: borrowing TraceRecords) throws(TraceError.Problem) -> TraceJob {
    try fields.require(fieldCount)
    var processorCount: Int?
    let field = try fields.field(processors)
    if !field.isUnknown { processorCount = try field.wholeNumber(processors.name) }
    var requested: SimDuration?
    if let (name, text) = fields.knownField(requestedTime) {
      requested = try text.duration(name, in: unit)
    }
    return TraceJob(
      name: try fields.field(job).name(job.name),
      time: try fields.field(submission).instant(submission.name, in: unit),
      processors: processorCount, runTime: try runTime(of: fields), requestedTime: requested)
  }

  private func runTime(
    of fields: borrowing TraceRecords
  ) throws(TraceError.Problem) -> SimDuration? {
    if let (name, text) = fields.knownField(runTime) { return try text.duration(name, in: unit) }
    guard let (startName, startText) = fields.knownField(start),
      let (endName, endText) = fields.knownField(end)
    else { return nil }
    let start = try startText.instant(startName, in: unit)
    let end = try endText.instant(endName, in: unit)
    guard end >= start else {
      throw .unexpected(
        column: endName, expected: "no time before \(startName), \(start.text)", found: end.text)
    }
    return end - start
  }
}
