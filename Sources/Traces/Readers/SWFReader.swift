// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results

/// Reads a log in the Standard Workload Format; its memory does not grow with the file.
///
/// Remarks begin with `;`, and those before the first job are its header. Blank lines are skipped,
/// and fields stand apart by any blanks.
public final class SWFReader: RecordStream {
  public let file: String
  public let header: SWFHeader
  private var input: TraceInput

  /// Opens a file and reads its header; a certified reading has a record.
  public init(
    file: String, tolerance: Tolerance = .strict, order: RecordOrder = .ofTime,
    isCertified: Bool = false
  ) throws(TraceError) {
    self.file = file
    input = try TraceInput(
      file: file, syntax: .words, tolerance: tolerance, order: order, isCertified: isCertified)
    header = try input.readHeader()
  }

  public var skipped: SkippedLines { input.skipped }

  /// What was read, for a manifest; of a certified reading only.
  public func record() throws(TraceError) -> FileRecord { try input.record() }

  /// The part of the file that has been read; 0 where its length is not known.
  public var fractionRead: Double { input.records.fractionRead }

  public func next() throws(TraceError) -> SWFRecord? { try input.next(SWFLayout()) }

  public func rewind() throws(TraceError) { try input.rewind() }
}

private struct SWFLayout: RecordLayout {
  var timeColumn: String { SWFRecord.column(1) }

  func record(of fields: borrowing TraceRecords) throws(TraceError.Problem) -> SWFRecord {
    try SWFRecord(fields)
  }
}

/// What the head of a log says of the machine, as `; MaxProcs: 240`.
public struct SWFHeader: Equatable, Sendable {
  /// The labels that the format knows; other remarks are not kept.
  public static let labels: Set<String> = [
    "Version", "Computer", "Installation", "Acknowledge", "Information", "Conversion", "MaxJobs",
    "MaxRecords", "Preemption", "UnixStartTime", "TimeZone", "TimeZoneString", "StartTime",
    "EndTime", "MaxNodes", "MaxProcs", "MaxRuntime", "MaxMemory", "AllowOveruse", "MaxQueues",
    "Queues", "Queue", "MaxPartitions", "Partitions", "Partition", "Note",
  ]
  /// A log may have any number of notes, and this many are kept.
  public static let mostKept = 1000

  /// Labels and their values in the order of the file; `Queue` and others can be there repeatedly.
  public private(set) var fields: [(label: String, value: String)] = []

  /// The value of a label, the first where there are several.
  public subscript(label: String) -> String? { fields.first { $0.label == label }?.value }

  /// The processors of the machine.
  public var processors: Int? { self["MaxProcs"].flatMap { Int($0) } }

  /// The second since 1970 that the times of the log count from.
  public var unixStart: Int64? { self["UnixStartTime"].flatMap { Int64($0) } }

  public static func == (left: SWFHeader, right: SWFHeader) -> Bool {
    left.fields.elementsEqual(right.fields, by: ==)
  }

  mutating func add(remark line: String) {
    guard fields.count < Self.mostKept, let colon = line.firstIndex(of: ":") else { return }
    let label = line[..<colon].drop { $0 == ";" || $0 == " " || $0 == "\t" }
    guard Self.labels.contains(String(label)) else { return }
    var value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
    while let last = value.last, last == " " || last == "\t" { value.removeLast() }
    fields.append((String(label), String(value)))
  }
}

extension TraceInput {
  /// Takes in the remarks before the first job.
  fileprivate mutating func readHeader() throws(TraceError) -> SWFHeader {
    var header = SWFHeader()
    do throws(TraceError.Problem) {
      while let line = try records.peek() {
        let first = line.first { !TraceRecords.isBlank($0) }
        guard first == nil || first == UInt8(ascii: ";") else { return header }
        header.add(remark: String(decoding: line, as: UTF8.self))
        _ = try records.next()
      }
      throw .emptyFile(expected: "jobs in the Standard Workload Format")
    } catch {
      throw TraceError(file: file, line: records.line, problem: error)
    }
  }
}
