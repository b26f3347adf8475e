// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import Statistics
public import Traces

/// A request to a service, as it comes.
public struct OfferedRequest: Equatable, Sendable {
  /// Counted from 0 within its source.
  public var number: Int
  public var time: SimTime
  public var inputTokens: Double
  public var outputTokens: Double
  /// Which of the places it comes from.
  public var place: Int
  /// Which service of token traffic it is of; 0 of other sources.
  public var kind: Int

  public init(
    number: Int, time: SimTime, inputTokens: Double, outputTokens: Double, place: Int = 0,
    kind: Int = 0
  ) {
    self.number = number
    self.time = time
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.place = place
    self.kind = kind
  }
}

/// Where the requests of a service come from.
public enum InferenceSource: Sendable {
  case generated(InferenceGenerator)
  /// Drawn out of token traffic, of which they are its `sample`.
  case tokens(TokenTraffic, isEven: Bool)
  /// Read from a file while the run goes on.
  case trace(InferenceTrace)
}

/// A file of requests.
public struct InferenceTrace: Sendable {
  public var file: String
  public var options: TraceOptions
  /// The weights of the places that they come from.
  public var places: [Double]

  public init(file: String, options: TraceOptions, places: [Double] = []) {
    self.file = file
    self.options = options
    self.places = places
  }
}

/// A source of random requests: when they come, and the tokens of each.
public struct InferenceGenerator: Sendable {
  /// Its random streams are named after it.
  public var name: String
  public var arrivals: ArrivalProcess
  /// Tokens, rounded to whole ones, 1 at least.
  public var input: Distribution
  public var output: Distribution
  public var places: [Double]
  public var start: SimTime
  /// None comes at this instant or later.
  public var stop: SimTime
  public var count: Int?
  public var curve: RateCurve

  public init(
    name: String, arrivals: ArrivalProcess, input: Distribution, output: Distribution,
    places: [Double] = [], start: SimTime = .zero, stop: SimTime = .distantFuture,
    count: Int? = nil, curve: RateCurve = .flat
  ) {
    self.name = name
    self.arrivals = arrivals
    self.input = input
    self.output = output
    self.places = places
    self.start = start
    self.stop = stop
    self.count = count
    self.curve = curve
  }
}
