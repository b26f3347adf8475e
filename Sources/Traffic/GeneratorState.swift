// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Glibc
internal import Statistics

/// One flow that a generator has drawn.
public struct GeneratedFlow: Equatable, Sendable {
  public var start: SimTime
  /// A whole number, at least 1.
  public var bytes: Double
  /// The position of its route in the model's table of routes.
  public var route: Int
  /// Counted from 1; its name is made of it where somebody wants to read it.
  public var number: Int
  public var answer: Answer?

  /// What comes back when the flow has arrived.
  public struct Answer: Equatable, Sendable {
    public var bytes: Double
    public var pause: SimDuration
    public var route: Int
  }

  /// The name of a flow by its number and its generator's name, such as `backup-17`.
  public static func name(number: Int, of generator: String) -> String {
    "\(generator)-\(number)"
  }
}

/// A generator at work: draws its flows one after the other, in order of their start.
///
/// Gaps, sizes and routes come from streams of their own, named after the generator, so that
/// another distribution of sizes moves no arrival, and another generator changes nothing here.
public struct GeneratorState: Sendable {
  public let name: String
  /// How its flows come to their deadlines; nil where they have none.
  public let deadline: DeadlineRule?
  private let sizes: Sampler
  private let choice: WeightedChoice
  private let routes: [Int]
  private var arrivals: ArrivalState
  private var sizeStream: RandomStream
  private var routeStream: RandomStream
  private var answers: AnswerState?

  /// Sets a generator to its start.
  public init(_ generator: Generator, seed: UInt64) {
    name = generator.name
    deadline = generator.deadline
    sizes = Sampler(generator.sizes)
    choice = WeightedChoice(weights: generator.routes.map(\.weight))
    routes = generator.routes.map(\.route)
    let stream = "traffic/\(generator.name)/"
    arrivals = ArrivalState(
      generator.arrivals, curve: generator.curve, start: generator.start, stop: generator.stop,
      count: generator.count, using: RandomStream(seed: seed, name: stream + "arrivals"))
    sizeStream = RandomStream(seed: seed, name: stream + "sizes")
    routeStream = RandomStream(seed: seed, name: stream + "routes")
    answers = generator.answers.map { AnswerState($0, seed: seed, stream: stream) }
  }

  /// Draws the next flow; nil once the generator has reached its count or its stop.
  public mutating func next() -> GeneratedFlow? {
    guard let start = arrivals.next() else { return nil }
    let bytes = max(1, sizes.next(using: &sizeStream).rounded())
    let place = choice.next(using: &routeStream)
    return GeneratedFlow(
      start: start, bytes: bytes, route: routes[place], number: arrivals.drawn,
      answer: answers?.next(to: bytes, from: place))
  }

  /// The part of its flows that it has drawn, by count or else by time; 0 where neither is bounded.
  public var fractionDrawn: Double { arrivals.fractionDrawn }

  /// The name of one of its flows, such as `backup-17`.
  public func flowName(_ number: Int) -> String {
    GeneratedFlow.name(number: number, of: name)
  }
}
