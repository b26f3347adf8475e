// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// An engine with continuous batching: a value without a clock of its own.
///
/// It works in steps. As one begins, waiting prompts join in their order while the tokens of the
/// step stay within its limit, and the first joins always; requests that are answered follow in
/// their order, a token each. The whole prompt takes one step, which gives token 1; each later
/// step in which it takes part gives one more. What comes during a step waits for its end, and an
/// engine with nothing to do begins at once.
///
/// Steps in which nobody joins and nobody is done are all alike: they are taken in one stretch, so
/// that a request costs a few stretches and not a step a token. Whoever drives it hands in requests,
/// asks when something next comes to an end, and has it move on to that instant:
///
///     engine.submit(request)
///     engine.advance(to: now, into: &done)
///     plan(engine.nextChange)
public struct BatchEngine: Sendable {
  public let terms: EngineTerms
  /// Requests that wait, from `head` on.
  private var waiting: [EngineRequest] = []
  private var head = 0
  /// The tokens of their prompts.
  public private(set) var waitingTokens = 0.0
  private var decoding: [Decoding] = []
  /// Those whose prompts are taken in by the stretch at hand, which is then one step.
  private var joining: [EngineRequest] = []
  private var stretch: Stretch?
  /// Tokens that a request would have that was answered since the beginning, in every step.
  private var given: Int64 = 0
  /// The least of all ends of those that are answered.
  private var leastEnd = Int64.max

  public init(_ terms: EngineTerms) {
    self.terms = terms
  }

  /// Steps that are alike, one or more.
  private struct Stretch: BitwiseCopyable, Sendable {
    var begin: EngineClock
    var seconds: Double
    var steps: Int64
    /// Where it ends; nil where that is past the last instant.
    var end: EngineClock?
    /// How many of those that are answered take part: the first ones.
    var answered: Int
  }

  /// A request that has its first token, and is to have more.
  private struct Decoding: BitwiseCopyable, Sendable {
    var id: Int32
    var start: SimTime
    var first: SimTime
    /// It is done once as many tokens are given.
    var end: Int64
  }

  /// A request that is done, and when.
  public struct Finished: Equatable, BitwiseCopyable, Sendable {
    public var id: Int32
    /// When its prompt began to be taken in.
    public var start: SimTime
    /// When its first token was there, and its last.
    public var first: SimTime
    public var end: SimTime
  }

  // MARK: - What can be known of it

  public var isBusy: Bool { stretch != nil }
  public var waitingCount: Int { waiting.count - head }
  /// Requests that have begun and are not done.
  public var runningCount: Int { decoding.count + joining.count }

  /// When it is to be moved on next; nil while it has nothing to do.
  public var nextChange: SimTime? { stretch.map { $0.end?.floor ?? .distantFuture } }

  /// The steps at hand, for what is left of the one at an instant.
  public var stepsAtHand: EngineSteps {
    EngineSteps(begin: stretch?.begin, seconds: stretch?.seconds)
  }

  // MARK: - What is done to it

  /// Hands in a request, which waits until the engine is moved on to that instant.
  public mutating func submit(_ request: EngineRequest, at now: SimTime) {
    waiting.append(request)
    waitingTokens += request.promptTokens
    guard let running = stretch, running.steps > 1, decoding.count < terms.batchRequests else {
      return
    }
    let steps = max(1, running.begin.steps(of: running.seconds, to: now))
    guard steps < running.steps else { return }
    stretch?.steps = steps
    stretch?.end = running.begin.advanced(by: running.seconds, steps: steps)
  }

  /// Ends all that ends by an instant, begins what comes behind it, and appends who is done.
  public mutating func advance(to now: SimTime, into done: inout [Finished]) {
    var clock = EngineClock(now)
    while let end = stretch?.end, end.floor <= now {
      endStretch(at: end, into: &done)
      clock = end
      beginStretch(at: clock)
    }
    if stretch == nil { beginStretch(at: clock) }
  }
}

// MARK: - Stretches

extension BatchEngine {
  private mutating func beginStretch(at clock: EngineClock) {
    let tokens = takePrompts()
    let room = joining.isEmpty ? max(1, terms.batchTokens) : max(0, terms.batchTokens - tokens)
    let answered = room < Double(decoding.count) ? Int(room) : decoding.count
    guard !joining.isEmpty || answered > 0 else { return }
    let seconds = terms.times.seconds(promptTokens: tokens, requests: answered)
    let steps = joining.isEmpty && (waitingCount == 0 || isFull) ? stepsToNextEnd(answered) : 1
    stretch = Stretch(
      begin: clock, seconds: seconds, steps: steps,
      end: clock.advanced(by: seconds, steps: steps), answered: answered)
  }

  private var isFull: Bool { decoding.count >= terms.batchRequests }

  /// Takes the prompts that join a step off those that wait, and gives their tokens.
  private mutating func takePrompts() -> Double {
    var tokens = 0.0
    while head < waiting.count, runningCount < terms.batchRequests {
      let next = waiting[head].promptTokens
      guard joining.isEmpty || tokens + next <= terms.batchTokens else { break }
      joining.append(waiting[head])
      tokens += next
      head += 1
    }
    waitingTokens = head == waiting.count ? 0 : waitingTokens - tokens
    dropTaken()
    return tokens
  }

  /// Gives the room of those back that wait no longer, once it is half of all.
  private mutating func dropTaken() {
    guard head > 0 else { return }
    if head == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 64, head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
  }

  /// How many steps it takes until one of the first so many is done.
  private func stepsToNextEnd(_ answered: Int) -> Int64 {
    let least =
      answered == decoding.count
      ? leastEnd : decoding.prefix(answered).reduce(.max) { min($0, $1.end) }
    return max(1, least - given)
  }

  private mutating func endStretch(at clock: EngineClock, into done: inout [Finished]) {
    guard let ended = stretch else { return }
    stretch = nil
    given += ended.steps
    // Those that were left out are behind by what the others got.
    for place in ended.answered..<decoding.count { decoding[place].end += ended.steps }
    if ended.answered < decoding.count { findLeastEnd() }
    let now = clock.nearest
    if leastEnd <= given { removeDone(at: now, into: &done) }
    let start = ended.begin.nearest
    for request in joining {
      if request.outputTokens == 1 {
        done.append(Finished(id: request.id, start: start, first: now, end: now))
        continue
      }
      let end = given + request.outputTokens - 1
      decoding.append(Decoding(id: request.id, start: start, first: now, end: end))
      leastEnd = min(leastEnd, end)
    }
    joining.removeAll(keepingCapacity: true)
  }

  /// Takes off those who have all their tokens, and finds who is next, in one pass.
  private mutating func removeDone(at now: SimTime, into done: inout [Finished]) {
    let given = given
    var (kept, least) = (0, Int64.max)
    var places = decoding.mutableSpan
    for place in places.indices {
      let one = places[place]
      guard one.end > given else {
        done.append(Finished(id: one.id, start: one.start, first: one.first, end: now))
        continue
      }
      least = min(least, one.end)
      if kept < place { places[kept] = one }
      kept += 1
    }
    decoding.removeLast(decoding.count - kept)
    leastEnd = least
  }

  private mutating func findLeastEnd() {
    leastEnd = decoding.reduce(.max) { min($0, $1.end) }
  }
}
