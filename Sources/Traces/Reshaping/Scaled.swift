// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// The records of a stream with their times and what they ask for multiplied.
///
/// A time factor of 0.5 lets twice as many arrive a second; how long a job runs is its size and is
/// left to the other factor.
public struct Scaled<Base: RecordStream>: RecordStream {
  private var base: Base
  private let time: Double
  private let size: Double

  /// - Precondition: Both factors are above 0 and finite.
  public init(_ base: Base, time: Double = 1, size: Double = 1) {
    precondition(time > 0 && time.isFinite && size > 0 && size.isFinite, "a factor is no scale")
    self.base = base
    self.time = time
    self.size = size
  }

  public var file: String { base.file }

  public mutating func next() throws(TraceError) -> Base.Record? {
    guard var record = try base.next() else { return nil }
    // Rounding keeps the order: a greater time never becomes the lesser one.
    if time != 1 { record.time = record.time.scaled(by: time) }
    if size != 1 { record.scale(by: size) }
    return record
  }

  public mutating func rewind() throws(TraceError) { try base.rewind() }
}

/// The records of a stream as if the first one were at 0, or as they are.
public struct Shifted<Base: RecordStream>: RecordStream {
  private var base: Base
  private var first: SimTime?

  public init(_ base: Base, startsAtZero: Bool = true) {
    self.base = base
    first = startsAtZero ? nil : .zero
  }

  public var file: String { base.file }

  public mutating func next() throws(TraceError) -> Base.Record? {
    guard var record = try base.next() else { return nil }
    let start = first ?? record.time
    first = start
    record.time = .zero + (record.time - start)
    return record
  }

  public mutating func rewind() throws(TraceError) { try base.rewind() }
}

extension SimTime {
  /// The nearest nanosecond that 53 bits can tell; one past the last instant becomes that.
  func scaled(by factor: Double) -> SimTime {
    .zero + SimDuration(nanoseconds: nanoseconds).scaled(by: factor)
  }
}
