// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// A job with the 18 fields of the Standard Workload Format, in their order.
///
/// What a log does not know, which it writes as -1, is nil. S. Chapin et al., "Benchmarks and
/// standards for the evaluation of parallel job schedulers", JSSPP 1999; version 2.2 of the
/// Parallel Workloads Archive.
public struct SWFRecord: TraceRecord, Equatable, Sendable, BitwiseCopyable {
  /// How a job ended.
  public enum Status: Int, Sendable, BitwiseCopyable {
    case failed = 0
    case completed = 1
    /// A part of a job that was interrupted and went on later, which has a line for each part.
    case partial = 2
    case lastPartCompleted = 3
    case lastPartFailed = 4
    /// Cancelled before it started or while it ran.
    case cancelled = 5
  }

  public var number: Int
  /// When it is submitted, from the `UnixStartTime` of the header on.
  public var time: SimTime
  public var wait: SimDuration?
  public var runTime: SimDuration?
  public var allocatedProcessors: Int?
  /// Of all processors on average, in user and system mode.
  public var processorTime: SimDuration?
  /// Of a processor on average, in kilobytes.
  public var usedMemory_kB: Double?
  public var requestedProcessors: Int?
  public var requestedTime: SimDuration?
  /// Of a processor, in kilobytes.
  public var requestedMemory_kB: Double?
  public var status: Status?
  public var user: Int?
  public var group: Int?
  public var executable: Int?
  public var queue: Int?
  public var partition: Int?
  /// The job that this one waited for before it was submitted.
  public var precedingJob: Int?
  /// From the end of the preceding job to the submission of this one.
  public var thinkTime: SimDuration?

  public mutating func scale(by factor: Double) {
    runTime = runTime?.scaled(by: factor)
    processorTime = processorTime?.scaled(by: factor)
    requestedTime = requestedTime?.scaled(by: factor)
  }

  /// The job that this line is about: of the processors asked for, or else those it got.
  public var job: TraceJob {
    TraceJob(
      name: String(number), time: time, processors: requestedProcessors ?? allocatedProcessors,
      runTime: runTime, requestedTime: requestedTime, user: user)
  }
}

extension SWFRecord {
  private static let names = [
    "job number", "submit time", "wait time", "run time", "allocated processors",
    "average CPU time used", "used memory", "requested processors", "requested time",
    "requested memory", "status", "user", "group", "executable", "queue", "partition",
    "preceding job", "think time",
  ]

  /// A field with its number, counted from 1, and its name, as a message shows it.
  static func column(_ position: Int) -> String { "field \(position + 1), \(names[position])" }

  init(_ fields: borrowing TraceRecords) throws(TraceError.Problem) {
    guard fields.fieldCount == SWFRecord.names.count else {
      throw .unexpected(
        column: "line", expected: "18 fields", found: "\(fields.fieldCount)")
    }
    number = try fields[0].wholeNumber(SWFRecord.column(0))
    time = try fields[1].instant(SWFRecord.column(1), in: .seconds)
    wait = try fields.duration(2)
    runTime = try fields.duration(3)
    allocatedProcessors = try fields.whole(4)
    processorTime = try fields.duration(5)
    usedMemory_kB = try fields.number(6)
    requestedProcessors = try fields.whole(7)
    requestedTime = try fields.duration(8)
    requestedMemory_kB = try fields.number(9)
    if let code = try fields.whole(10) {
      guard let known = Status(rawValue: code) else {
        throw .unexpected(
          column: SWFRecord.column(10), expected: "a status from 0 to 5, or -1", found: "\(code)")
      }
      status = known
    }
    user = try fields.whole(11)
    group = try fields.whole(12)
    executable = try fields.whole(13)
    queue = try fields.whole(14)
    partition = try fields.whole(15)
    precedingJob = try fields.whole(16)
    thinkTime = try fields.duration(17)
  }
}

extension TraceRecords {
  fileprivate func whole(_ position: Int) throws(TraceError.Problem) -> Int? {
    let text = self[position]
    return text.isUnknown ? nil : try text.wholeNumber(SWFRecord.column(position))
  }

  fileprivate func number(_ position: Int) throws(TraceError.Problem) -> Double? {
    let text = self[position]
    return text.isUnknown ? nil : try text.number(SWFRecord.column(position))
  }

  fileprivate func duration(_ position: Int) throws(TraceError.Problem) -> SimDuration? {
    let text = self[position]
    guard !text.isUnknown else { return nil }
    return try text.duration(SWFRecord.column(position), in: .seconds)
  }
}
