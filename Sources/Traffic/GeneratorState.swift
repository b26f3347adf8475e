// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import Glibc
public import NetworkModel
internal import Statistics

/// One flow that a generator has drawn.
public struct GeneratedFlow: Equatable, Sendable {
  public var start: SimTime
  /// A whole number, at least 1.
  public var bytes: Double
  public var way: Way
  /// Counted from 1; its name is made of it where somebody wants to read it.
  public var number: Int
  public var answer: Answer?

  /// How it gets where it goes.
  public enum Way: Equatable, Sendable {
    /// By a route, of which this is the position in the model's table.
    case route(Int)
    /// From one node to another, by the route of least delay.
    case ends(NodeID, NodeID)
  }

  /// The position of its route in the model's table of routes.
  ///
  /// - Precondition: Its generator has routes.
  public var route: Int {
    guard case .route(let position) = way else {
      preconditionFailure("a flow between drawn ends has no place in the table of routes")
    }
    return position
  }

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
  /// Nil where ends are drawn.
  private let choice: WeightedChoice?
  private let routes: [Int]
  /// Nil where there are routes to choose from.
  private let ends: EndChoice?
  private var arrivals: ArrivalState
  private var sizeStream: RandomStream
  private var routeStream: RandomStream
  private var answers: AnswerState?

  /// Sets a generator to its start.
  public init(_ generator: Generator, seed: UInt64) {
    name = generator.name
    deadline = generator.deadline
    sizes = Sampler(generator.sizes)
    ends = generator.ends.map { EndChoice($0) }
    choice = ends == nil ? WeightedChoice(weights: generator.routes.map(\.weight)) : nil
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
    guard let place = choice?.next(using: &routeStream) else {
      return flow(start: start, bytes: bytes, between: ends?.next(using: &routeStream))
    }
    return GeneratedFlow(
      start: start, bytes: bytes, way: .route(routes[place]), number: arrivals.drawn,
      answer: answers?.next(to: bytes, from: place))
  }

  private func flow(
    start: SimTime, bytes: Double, between ends: (source: NodeID, target: NodeID)?
  ) -> GeneratedFlow? {
    ends.map {
      GeneratedFlow(
        start: start, bytes: bytes, way: .ends($0.source, $0.target), number: arrivals.drawn)
    }
  }

  /// The part of its flows that it has drawn, by count or else by time; 0 where neither is bounded.
  public var fractionDrawn: Double { arrivals.fractionDrawn }

  /// The name of one of its flows, such as `backup-17`.
  public func flowName(_ number: Int) -> String {
    GeneratedFlow.name(number: number, of: name)
  }
}
