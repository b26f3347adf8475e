// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Results
internal import Statistics
public import Traces

/// The requests of a source, one after the other, in order of their times.
public struct InferenceFeed {
  // One of them is there. Each is moved on where it stands: to take it out of an enum and put it back
  // would copy it with all that it holds, for each request.
  private var generated: GeneratedRequests?
  private var sampled: SampledRequests?
  private var traced: TracedRequests?

  /// Rows of a trace are counted up to the horizon.
  public init(
    _ source: InferenceSource, name: String, seed: UInt64, horizon: SimTime, isCertified: Bool
  ) throws(TraceError) {
    switch source {
    case .generated(let generator): generated = GeneratedRequests(generator, seed: seed)
    case .tokens(let traffic, let isEven):
      sampled = SampledRequests(traffic, isEven: isEven, seed: seed)
    case .trace(let trace):
      traced = try TracedRequests(
        trace, name: name, seed: seed, horizon: horizon, isCertified: isCertified)
    }
  }

  public mutating func next() throws(TraceError) -> OfferedRequest? {
    if generated != nil { return generated?.next() }
    if sampled != nil { return sampled?.next() }
    return try traced?.next()
  }

  /// How much of it has been brought in, as far as that can be told.
  public var fractionDone: Double {
    generated?.fractionDrawn ?? traced?.reader.fractionRead ?? 0
  }

  /// What was read of a trace; nil for what is none.
  public var reading: TraceReading? {
    traced.map {
      TraceReading(file: $0.reader.file, account: $0.account, skipped: $0.reader.skipped)
    }
  }

  /// What was read, for a manifest; nil for what is no trace.
  public func record() throws(TraceError) -> FileRecord? { try traced?.reader.record() }
}

/// A generator of requests at work.
///
/// Each quantity has a stream of its own, so that other lengths of answers move no arrival.
private struct GeneratedRequests {
  private let samplers: (input: Sampler, output: Sampler)
  private let choice: WeightedChoice?
  private var arrivals: ArrivalState
  private var input: RandomStream
  private var output: RandomStream
  private var place: RandomStream

  init(_ generator: InferenceGenerator, seed: UInt64) {
    samplers = (Sampler(generator.input), Sampler(generator.output))
    choice = generator.places.count > 1 ? WeightedChoice(weights: generator.places) : nil
    func stream(_ what: String) -> RandomStream {
      RandomStream(seed: seed, name: "inference/\(generator.name)/\(what)")
    }
    (input, output, place) = (stream("input"), stream("output"), stream("places"))
    arrivals = ArrivalState(
      generator.arrivals, curve: generator.curve, start: generator.start, stop: generator.stop,
      count: generator.count, using: stream("arrivals"))
  }

  var fractionDrawn: Double { arrivals.fractionDrawn }

  mutating func next() -> OfferedRequest? {
    let number = arrivals.drawn
    guard let time = arrivals.next() else { return nil }
    return OfferedRequest(
      number: number, time: time,
      inputTokens: max(1, samplers.input.next(using: &input).rounded()),
      outputTokens: max(1, samplers.output.next(using: &output).rounded()),
      place: choice?.next(using: &place) ?? 0)
  }
}

/// Requests that are drawn out of token traffic, at work.
private struct SampledRequests {
  private var sampler: TokenSampler
  private var count = 0

  init(_ traffic: TokenTraffic, isEven: Bool, seed: UInt64) {
    sampler = TokenSampler(traffic, isEven: isEven, seed: seed)
  }

  mutating func next() -> OfferedRequest? {
    guard let time = sampler.nextInstant(before: .distantFuture) else { return nil }
    let request = sampler.nextRequest()
    count += 1
    return OfferedRequest(
      number: count - 1, time: time, inputTokens: request.inputTokens,
      outputTokens: request.outputTokens, place: request.source, kind: request.service)
  }
}

/// The requests of a trace at work.
private struct TracedRequests {
  /// The reader itself, for what it has counted.
  let reader: RequestReader
  private(set) var account = RoundTripAccount()
  private let horizon: SimTime
  private var records: Reshaped<RequestReader>
  private let choice: WeightedChoice?
  private var stream: RandomStream
  private var count = 0
  private var clock: TraceClock

  init(
    _ trace: InferenceTrace, name: String, seed: UInt64, horizon: SimTime, isCertified: Bool
  ) throws(TraceError) {
    self.horizon = horizon
    reader = try RequestReader(
      file: trace.file, mapping: trace.options.mapping, tolerance: trace.options.tolerance,
      isCertified: isCertified)
    records = reader.reshaped(by: trace.options.reshaping)
    clock = TraceClock(start: trace.options.start)
    choice = trace.places.count > 1 ? WeightedChoice(weights: trace.places) : nil
    stream = RandomStream(seed: seed, name: "inference/\(name)/places")
  }

  mutating func next() throws(TraceError) -> OfferedRequest? {
    guard let row = try records.next() else { return nil }
    count += 1
    let time = clock.time(of: row.time)
    if time < horizon {
      account.addRequest(inputTokens: row.inputTokens, outputTokens: row.outputTokens)
    }
    return OfferedRequest(
      number: count - 1, time: time,
      inputTokens: row.inputTokens, outputTokens: row.outputTokens,
      place: choice?.next(using: &stream) ?? 0)
  }
}
