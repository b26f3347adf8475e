// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
public import Traces

/// A trace of requests or jobs at work: gives its round trips one after the other, in order of time.
///
/// Memory does not grow with the file. Where round trips come from and where they are served is
/// drawn from two streams named after the trace: another list of targets moves no source.
public struct RoundTripFeed {
  private let trace: RoundTripTrace
  private let reader: WorkReader
  private var records: Split<Split<Reshaped<WorkReader>>>
  private var count = 0

  /// Opens the file, or finds it among those that are shared; a certified reading has a record.
  public init(
    _ trace: RoundTripTrace, seed: UInt64, isCertified: Bool = false,
    sharing traces: SharedTraces? = nil
  ) throws(TraceError) {
    self.trace = trace
    reader = try WorkReader(
      file: trace.file, format: trace.format, options: trace.options, isCertified: isCertified,
      sharing: traces)
    let stream = "trace/\(trace.name)/"
    records = reader.reshaped(by: trace.options.reshaping)
      .split(
        over: trace.places.from, using: RandomStream(seed: seed, name: stream + "from")
      )
      .split(over: trace.places.to, using: RandomStream(seed: seed, name: stream + "to"))
  }

  public var skipped: SkippedLines { reader.skipped }

  /// What was read, for a manifest; nil of a reading that is not certified.
  public func record() throws(TraceError) -> FileRecord? { try reader.record() }

  /// The part of the file that has been read in the pass at hand.
  public var fractionRead: Double { reader.fractionRead }

  /// Returns the next round trip, or nil behind the last row.
  public mutating func next() throws(TraceError) -> RoundTrip? {
    guard let row = try records.next() else { return nil }
    count += 1
    let pairs = trace.places.pairs[row.record.place * trace.places.to.count + row.place]
    let work = row.record.record.work
    let (there, back) = try bytes(of: work)
    let pause: SimDuration? =
      switch work {
      case .request: .zero
      case .job(_, let runTime): runTime
      }
    return RoundTrip(
      number: count, time: row.time + trace.options.start, work: work,
      there: pairs.flatMap { there > 0 ? .init(bytes: there, route: $0.there) : nil },
      back: pairs.flatMap { back > 0 && pause != nil ? .init(bytes: back, route: $0.back) : nil },
      pause: pause, isLocal: pairs == nil)
  }

  /// The bytes that go there and come back.
  private func bytes(of work: Work) throws(TraceError) -> (Double, Double) {
    let each = trace.bytes
    let (there, back): (Double, Double) =
      switch (work, each.basis) {
      case (.request(let inputTokens, let outputTokens), _):
        (inputTokens * each.input, outputTokens * each.output)
      case (.job(let processors, _), .processor):
        // Of a job whose processors are not known nothing is known.
        (Double(processors ?? 0) * each.input, Double(processors ?? 0) * each.output)
      case (.job, _): (each.input, each.output)
      }
    guard max(there, back) <= Self.mostBytes else {
      throw TraceError(
        file: trace.file, line: nil,
        problem: .movesTooMuch(record: count, bytes: max(there, back)))
    }
    return (there, back)
  }

  /// 1000 EB, as for flows.
  private static let mostBytes = 1e21
}
