// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Statistics

/// A source of random jobs: when they come, how many accelerators they take and for how long.
public struct JobGenerator: Sendable {
  /// Its random streams and its jobs are named after it.
  public var name: String
  public var arrivals: ArrivalProcess
  /// Rounded to a whole number, 1 at least.
  public var accelerators: Distribution
  /// In seconds, on accelerators of speed 1.
  public var run: Distribution
  /// The time asked for over the true one; 1 at least.
  public var requestedFactor: Double
  /// Bytes; nil where nothing moves.
  public var input: Distribution?
  public var output: Distribution?
  /// The weights of the places that input comes from; none where nothing comes from anywhere.
  public var places: [Double]
  public var priority: Int
  public var deadline: DeadlineRule?
  public var start: SimTime
  /// No job is submitted at this instant or later.
  public var stop: SimTime
  public var count: Int?
  public var curve: RateCurve

  public init(
    name: String, arrivals: ArrivalProcess, accelerators: Distribution, run: Distribution,
    requestedFactor: Double = 1, input: Distribution? = nil, output: Distribution? = nil,
    places: [Double] = [], priority: Int = 1, deadline: DeadlineRule? = nil,
    start: SimTime = .zero, stop: SimTime = .distantFuture, count: Int? = nil,
    curve: RateCurve = .flat
  ) {
    self.name = name
    self.arrivals = arrivals
    self.accelerators = accelerators
    self.run = run
    self.requestedFactor = requestedFactor
    self.input = input
    self.output = output
    self.places = places
    self.priority = priority
    self.deadline = deadline
    self.start = start
    self.stop = stop
    self.count = count
    self.curve = curve
  }
}

/// A generator of jobs at work: draws one after the other, in order of their submission.
///
/// Each quantity has a stream of its own, so that other run times move no arrival.
public struct JobGeneratorState: Sendable {
  private let generator: JobGenerator
  private let draws: Draws
  private var arrivals: ArrivalState
  private var streams: Streams

  private struct Draws: Sendable {
    let accelerators: Sampler
    let run: Sampler
    let input: Sampler?
    let output: Sampler?
    let place: WeightedChoice?
  }

  private struct Streams: Sendable {
    var accelerators: RandomStream
    var run: RandomStream
    var bytes: RandomStream
    var place: RandomStream
  }

  public init(_ generator: JobGenerator, seed: UInt64) {
    self.generator = generator
    draws = Draws(
      accelerators: Sampler(generator.accelerators), run: Sampler(generator.run),
      input: generator.input.map { Sampler($0) }, output: generator.output.map { Sampler($0) },
      place: generator.places.count > 1 ? WeightedChoice(weights: generator.places) : nil)
    let name = "jobs/\(generator.name)/"
    func stream(_ what: String) -> RandomStream { RandomStream(seed: seed, name: name + what) }
    streams = Streams(
      accelerators: stream("accelerators"), run: stream("run"), bytes: stream("bytes"),
      place: stream("places"))
    arrivals = ArrivalState(
      generator.arrivals, curve: generator.curve, start: generator.start, stop: generator.stop,
      count: generator.count, using: stream("arrivals"))
  }

  /// Draws the next job; nil once the generator has reached its count or its stop.
  public mutating func next() -> OfferedJob? {
    guard let start = arrivals.next() else { return nil }
    let seconds = draws.run.next(using: &streams.run)
    let run = SimDuration(seconds: max(0, seconds)) ?? SimDuration(nanoseconds: .max)
    let accelerators = draws.accelerators.next(using: &streams.accelerators).rounded()
    return OfferedJob(
      number: arrivals.drawn, submitted: start,
      accelerators: Int(min(max(1, accelerators), 1e9)), run: run,
      requested: run.scaled(by: generator.requestedFactor), inputBytes: bytes(draws.input),
      outputBytes: bytes(draws.output), place: draws.place?.next(using: &streams.place) ?? 0,
      priority: generator.priority,
      deadline: generator.deadline?.deadline(start: start, idealSeconds: run.seconds))
  }

  /// The part of its jobs that it has drawn, by count or else by time; 0 where neither is bounded.
  public var fractionDrawn: Double { arrivals.fractionDrawn }

  private mutating func bytes(_ sampler: Sampler?) -> Double {
    sampler.map { max(0, $0.next(using: &streams.bytes).rounded()) } ?? 0
  }
}
