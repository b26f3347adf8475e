// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Statistics

/// What a whole trace comes to, read once and in bounded memory.
public struct TraceSummary: Sendable {
  /// A column of numbers, in its SI unit where it has one.
  public struct Quantity: Sendable {
    public let name: String
    public let unit: String?
    public fileprivate(set) var summary: SampleSummary

    init(_ name: String, _ unit: String?) {
      self.name = name
      self.unit = unit
      summary = SampleSummary(name: name)
    }
  }

  public let kind: TraceKind
  public private(set) var count = 0
  public private(set) var first: SimTime?
  public private(set) var last: SimTime?
  /// The times between one record and the next, in seconds.
  public private(set) var gaps = Quantity("gap", "s")
  /// What the records ask for; of what a record does not know there is no value.
  public private(set) var quantities: [Quantity] = []
  public private(set) var skipped = SkippedLines()

  /// Reads a trace to its end.
  public init(
    of file: String, kind: TraceKind, mapping: TraceMapping = TraceMapping(),
    tolerance: Tolerance = .strict, sorts: Bool = false
  ) throws(TraceError) {
    self.kind = kind
    let order: RecordOrder = sorts ? .any : .ofTime
    switch kind {
    case .flows:
      // Which way flows take is a matter of a network, and not of the trace alone.
      var rows = try FlowRows(
        file: file, mapping: mapping, tolerance: tolerance, sorts: sorts
      ) { _ in 0 }
      quantities = [Quantity("size", "B")]
      try takeAll(&rows) { $1[0].summary.add($0.bytes) }
      skipped = rows.skipped
    case .requests:
      let reader = try RequestReader(
        file: file, mapping: mapping, tolerance: tolerance, order: order)
      quantities = [Quantity("input", "token"), Quantity("output", "token")]
      try takeAll(reader, sorts) {
        $1[0].summary.add($0.inputTokens)
        $1[1].summary.add($0.outputTokens)
      }
      skipped = reader.skipped
    case .swf:
      let reader = try SWFReader(file: file, tolerance: tolerance, order: order)
      quantities = Self.quantitiesOfJobs + [Quantity("wait", "s")]
      try takeAll(reader, sorts) {
        Self.add($0.job, to: &$1)
        if let wait = $0.wait { $1[3].summary.add(wait.seconds) }
      }
      skipped = reader.skipped
    case .jobs:
      let reader = try JobReader(
        file: file, mapping: mapping, tolerance: tolerance, order: order)
      quantities = Self.quantitiesOfJobs
      try takeAll(reader, sorts) { Self.add($0, to: &$1) }
      skipped = reader.skipped
    case .batsim:
      var reader = try BatsimReader(file: file, speed: .unknown, tolerance: tolerance)
      quantities = Self.quantitiesOfJobs
      try takeAll(&reader) { Self.add($0, to: &$1) }
      skipped = reader.skipped
    }
  }

  /// The time from the first record to the last.
  public var span: SimDuration? {
    guard let first, let last else { return nil }
    return last - first
  }

  /// Records a second, between the first and the last.
  public var rate: Double? {
    guard let span, span > .zero else { return nil }
    return Double(count - 1) / span.seconds
  }
}

extension TraceSummary {
  private static var quantitiesOfJobs: [Quantity] {
    [Quantity("processors", nil), Quantity("run_time", "s"), Quantity("requested_time", "s")]
  }

  private static func add(_ job: TraceJob, to quantities: inout [Quantity]) {
    if let processors = job.processors { quantities[0].summary.add(Double(processors)) }
    if let runTime = job.runTime { quantities[1].summary.add(runTime.seconds) }
    if let requested = job.requestedTime { quantities[2].summary.add(requested.seconds) }
  }

  private mutating func takeAll<Stream: RecordStream>(
    _ stream: Stream, _ sorts: Bool, _ add: (Stream.Record, inout [Quantity]) -> Void
  ) throws(TraceError) where Stream.Record: StorableRecord {
    var stream = stream
    guard sorts else { return try takeAll(&stream, add) }
    var sorted = Sorted(stream)
    try takeAll(&sorted, add)
  }

  private mutating func takeAll<Stream: RecordStream>(
    _ stream: inout Stream, _ add: (Stream.Record, inout [Quantity]) -> Void
  ) throws(TraceError) {
    while let record = try stream.next() {
      if let last { gaps.summary.add((record.time - last).seconds) }
      if first == nil { first = record.time }
      last = record.time
      count += 1
      add(record, &quantities)
    }
  }
}
