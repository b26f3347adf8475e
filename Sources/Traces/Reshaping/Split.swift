// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Statistics

/// A record and the place that it fell to.
public struct Placed<Record: TraceRecord>: TraceRecord {
  public var record: Record
  /// A position in the list of weights.
  public var place: Int

  public var time: SimTime {
    get { record.time }
    set { record.time = newValue }
  }

  public mutating func scale(by factor: Double) { record.scale(by: factor) }
}

/// The records of a stream, each of which falls to one of several places by chance.
///
/// The random stream alone decides: the same one gives each record the same place again.
public struct Split<Base: RecordStream>: RecordStream {
  private var base: Base
  private let choice: WeightedChoice
  private let seed: RandomStream
  private var stream: RandomStream

  /// - Precondition: `WeightedChoice.problem(weights:)` is nil.
  public init(_ base: Base, weights: [Double], using stream: RandomStream) {
    self.base = base
    choice = WeightedChoice(weights: weights)
    seed = stream
    self.stream = stream
  }

  public var file: String { base.file }

  public mutating func next() throws(TraceError) -> Placed<Base.Record>? {
    guard let record = try base.next() else { return nil }
    return Placed(record: record, place: choice.next(using: &stream))
  }

  public mutating func rewind() throws(TraceError) {
    try base.rewind()
    stream = seed
  }
}
