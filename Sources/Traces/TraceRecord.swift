// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// Something that happens at an instant of a trace: a flow, a request or a job.
public protocol TraceRecord {
  /// When it happens, on the clock of the trace.
  var time: SimTime { get set }

  /// Multiplies what it asks for: bytes, tokens, or how long a job runs.
  mutating func scale(by factor: Double)
}

/// The records of a trace, one after the other, in order of time.
///
/// Readers are streams, and so are the steps that change what another stream gives. None of them
/// holds more than the record at hand. A conformer gives records whose times never decrease, and
/// gives the same ones again after it is rewound.
public protocol RecordStream {
  associatedtype Record: TraceRecord

  /// The file that the records are from, for messages.
  var file: String { get }

  /// Returns the next record, or nil behind the last one.
  mutating func next() throws(TraceError) -> Record?

  /// Goes back to before the first record.
  mutating func rewind() throws(TraceError)
}

/// What is done with a line that can't be read.
public enum Tolerance: Sendable {
  /// It is an error, which ends the reading.
  case strict
  /// It is counted and skipped.
  case lenient
}

/// In which order the records of a file have to stand.
public enum RecordOrder: Sendable {
  /// That of their times; another is an error.
  case ofTime
  /// Any; whoever reads them puts them in order.
  case any
}

/// The lines of a trace that could not be read and were left out.
public struct SkippedLines: Sendable {
  /// So many are kept to be shown.
  public static let mostKept = 5

  public private(set) var count = 0
  /// What was wrong with the first of them.
  public private(set) var first: [TraceError] = []

  public init() {}

  mutating func add(_ error: TraceError) {
    count += 1
    if first.count < Self.mostKept { first.append(error) }
  }
}
