// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// How often a trace is gone through.
public enum Repetition: Equatable, Sendable {
  case times(Int)
  /// Again and again; records from this instant on are left out.
  case until(SimTime)
}

/// The records of a stream again and again, each time a period later.
///
/// Its memory does not grow: the file is read anew each time. Without a period the next pass begins
/// a mean gap after the last record, so that the rate stays what it is.
public struct Looped<Base: RecordStream>: RecordStream {
  private var base: Base
  private let repetition: Repetition
  private let givenPeriod: SimDuration?
  private var pass = 0
  private var offset = SimDuration.zero
  /// Of the pass at hand, before they are shifted.
  private var first: SimTime?
  private var last = SimTime.zero
  private var count = 0
  private var isDone = false

  /// - Precondition: The period, where there is one, is above 0.
  public init(_ base: Base, _ repetition: Repetition, period: SimDuration? = nil) {
    precondition(period.map { $0 > .zero } ?? true, "a period is not above 0")
    self.base = base
    self.repetition = repetition
    givenPeriod = period
    if case .times(let times) = repetition, times < 1 { isDone = true }
  }

  public var file: String { base.file }

  public mutating func next() throws(TraceError) -> Base.Record? {
    while !isDone {
      if var record = try base.next() {
        if first == nil { first = record.time }
        last = record.time
        count += 1
        record.time = record.time + offset
        if case .until(let end) = repetition, record.time >= end { break }
        return record
      }
      guard let period = try nextPeriod() else { break }
      offset = offset + period
      first = nil
      count = 0
      try base.rewind()
    }
    isDone = true
    return nil
  }

  public mutating func rewind() throws(TraceError) {
    try base.rewind()
    self = Looped(base, repetition, period: givenPeriod)
  }

  /// The time from the start of this pass to that of the next; nil where there is no next.
  private mutating func nextPeriod() throws(TraceError) -> SimDuration? {
    pass += 1
    guard let first else { return nil }
    if case .times(let times) = repetition, pass >= times { return nil }
    let span = last - first
    if let givenPeriod {
      guard givenPeriod >= span else {
        throw problem(.periodTooShort(period: givenPeriod, span: span))
      }
      return givenPeriod
    }
    guard span > .zero else { throw problem(.noPeriod) }
    return span + SimDuration(nanoseconds: span.nanoseconds / Int64(count - 1))
  }

  private func problem(_ problem: TraceError.Problem) -> TraceError {
    TraceError(file: file, line: nil, problem: problem)
  }
}
