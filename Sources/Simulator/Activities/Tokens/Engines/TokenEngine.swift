// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Statistics
internal import Traffic

/// One of the engines of a site, which is lived through for a while of each step of the day.
///
/// Each request of the site goes to any of its engines by chance, so that this one gets a Poisson
/// process of its part of the rate. Its whiles follow each other in a time of its own: what it has
/// begun in one it goes on with in the next. Those are counted that end while it is looked at, which
/// are as good as those that come where the load is the same all the time.
struct TokenEngine {
  /// How many of its kind the site has.
  let count: Double
  private var engine: BatchEngine
  private var now = SimTime.zero
  private(set) var hasBegun = false
  private var open = SlotStore<Request>()
  private var finished: [BatchEngine.Finished] = []
  private static let gaps = Sampler(.exponential(mean: 1))
  private var arrivals: RandomStream
  private var choices: RandomStream
  private var tokens: RandomStream

  /// A request that is not answered yet.
  private struct Request {
    var arrival: SimTime
    /// Of the network, there and back.
    var way: SimDuration
    var outputTokens: Double
  }

  /// Its random streams go by `name`, which has nothing of what places are called.
  init(_ speed: TokenSpeed, _ engines: TokenEngines, name: String, seed: UInt64) {
    let whole = speed * (1 / engines.fill)
    count = max(1, (whole.input / TokenSpeed.node.input).rounded())
    let rates = StepRates(
      prefill: whole.input / count, decode: whole.output / count, floor: engines.leastStep_s)
    engine = BatchEngine(EngineTerms(times: .rates(rates)))
    let stream = "tokens/\(name)/engine/"
    arrivals = RandomStream(seed: seed, name: stream + "arrivals")
    choices = RandomStream(seed: seed, name: stream + "choices")
    tokens = RandomStream(seed: seed, name: stream + "tokens")
  }

  /// Lives through a while and then the time that is looked at: gives what those waited for that
  /// ended in it.
  mutating func live(
    for before: SimDuration, lookingAt window: SimDuration, _ load: TokenLoad,
    _ promise: ServicePromise
  ) -> TokenWaits {
    hasBegun = true
    var waits = TokenWaits()
    let from = now + before
    let end = from + window
    var next = nextArrival(load)
    while next < end {
      advance(to: next, from, promise, &waits)
      submit(load.draw(&choices, &tokens), at: next)
      engine.advance(to: next, into: &finished)
      now = next
      next = nextArrival(load)
    }
    // What would come behind the end is drawn anew: a Poisson process has no memory.
    advance(to: end, from, promise, &waits)
    now = end
    return waits
  }

  private mutating func nextArrival(_ load: TokenLoad) -> SimTime {
    let rate = load.rate / count
    guard rate > 0 else { return .distantFuture }
    let seconds = Self.gaps.next(using: &arrivals) / rate
    return seconds < 1e9 ? now + SimDuration(nanoseconds: Int64(seconds * 1e9)) : .distantFuture
  }

  private mutating func submit(_ drawn: TokenLoad.Request, at instant: SimTime) {
    let id = open.add(
      Request(arrival: instant, way: drawn.way, outputTokens: drawn.outputTokens))
    engine.submit(
      EngineRequest(
        id: id.number, promptTokens: drawn.inputTokens, outputTokens: Int64(drawn.outputTokens)),
      at: instant)
  }

  private mutating func advance(
    to instant: SimTime, _ from: SimTime, _ promise: ServicePromise, _ waits: inout TokenWaits
  ) {
    engine.advance(to: instant, into: &finished)
    for end in finished {
      let request = open.take(Position(number: end.id))
      guard end.end > from else { continue }
      let first = end.first - request.arrival + request.way
      let between = SimDuration(
        nanoseconds: Int64(Double((end.end - end.first).nanoseconds) / request.outputTokens))
      waits.add(
        firstToken: first.seconds, betweenTokens: between.seconds,
        isWithin: promise.holds(firstToken: first, betweenTokens: between))
    }
    finished.removeAll(keepingCapacity: true)
  }
}

/// What comes to a site: so many requests a second, of some kinds.
struct TokenLoad {
  struct Kind {
    /// Requests a second.
    var rate: Double
    var service: Int
    /// Of the network, there and back.
    var way: SimDuration
  }

  struct Request {
    var inputTokens: Double
    var outputTokens: Double
    var way: SimDuration
  }

  let rate: Double
  private let kinds: [Kind]
  private let choice: WeightedChoice?
  private let sizes: [TokenSizes]

  init(_ kinds: [Kind], _ sizes: [TokenSizes]) {
    self.kinds = kinds
    self.sizes = sizes
    rate = kinds.reduce(0) { $0 + $1.rate }
    choice = rate > 0 ? WeightedChoice(weights: kinds.map(\.rate)) : nil
  }

  fileprivate func draw(_ choices: inout RandomStream, _ tokens: inout RandomStream) -> Request {
    let kind = kinds[choice?.next(using: &choices) ?? 0]
    let (input, output) = sizes[kind.service].next(using: &tokens)
    return Request(inputTokens: input, outputTokens: output, way: kind.way)
  }
}
