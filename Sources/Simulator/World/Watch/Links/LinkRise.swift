// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Since when a link is used as much as it is, when it was used less before, and who makes the
/// difference.
///
///     use         u(i) = what it carried in span i over what it could have carried, at most 1
///     since       the span s that splits the six hours before best into a lower and a higher level:
///                 that with the greatest n m / (n + m) (mean since - mean before)^2, where n spans
///                 are before s and m since; none where before is not at least a tenth less
///     before      as many spans before s as since, at least 32 where there are
///     fallen      where the higher level ends in the same way with a lower one, which takes back half
///                 of the rise or more, that is since, and before is what is a tenth less than it, if it
///                 is; without a rise any fall of a tenth begins it
///     effects     of a user: (x' - x) (1 / c' + 1 / c) / 2, where x' is what it would send now and c'
///                 what the link carries now, x and c the same before
///                 of the link: (X' + X) (1 / c' - 1 / c) / 2, of all users together
///
/// They add up to X' / c' - X / c: which of the two came first makes no difference. Flows on a full
/// link send less than they would: those with a ceiling count with it, and others with what those
/// of their kind brought that began meanwhile, where that is more than they sent.
struct LinkRise {
  let history: LinkHistory
  /// The spans since, and those before; nil where it was never used clearly less.
  let since: Range<Int>
  let before: Range<Int>?
  /// The higher level that ended as `since` began; nil where nothing fell.
  let higher: Range<Int>?

  private static let clearlyLess = 0.9
  /// The part of a rise that is taken back where it is over.
  private static let over = 0.5
  private static let shortestWindow = 32
  private static let lookBack = SimDuration(nanoseconds: 6 * 3_600_000_000_000)
  /// Where spans are long, so many of them are looked at.
  private static let leastSpans = 64

  init(_ history: LinkHistory) {
    self.history = history
    let count = history.spans.count
    let reach = max(Self.leastSpans, Int(Self.lookBack.nanoseconds / history.length.nanoseconds))
    // What came last is told, and what came long before only where nothing did.
    for part in [8, 4, 2, 1] {
      let first = max(0, count - reach, count - count / part)
      guard let split = Self.split(first..<count, history, .rise) else { continue }
      let before = max(0, split - max(count - split, Self.shortestWindow))..<split
      let low = history.use(of: before)
      guard let (high, since) = Self.fallen(split..<count, from: low, history) else {
        (since, self.before, higher) = (split..<count, before, nil)
        return
      }
      (self.since, higher) = (since, high)
      self.before = low < Self.clearlyLess * history.use(of: since) ? before : nil
      return
    }
    let all = max(0, count - reach)..<count
    let fall = Self.split(all, history, .fall)
    since = (fall ?? all.lowerBound)..<count
    (before, higher) = (nil, fall.map { all.lowerBound..<$0 })
  }

  /// What is left of a level that rose from another, where half of that is over.
  private static func fallen(
    _ places: Range<Int>, from low: Double, _ history: LinkHistory
  ) -> (high: Range<Int>, since: Range<Int>)? {
    guard let fall = split(places, history, .fall) else { return nil }
    let (high, since) = (places.lowerBound..<fall, fall..<places.upperBound)
    let peak = history.use(of: high)
    return peak - history.use(of: since) >= over * (peak - low) ? (high, since) : nil
  }

  /// The same time since beside another one before.
  init(_ history: LinkHistory, since: Range<Int>, before: Range<Int>) {
    (self.history, self.since, self.before, higher) = (history, since, before, nil)
  }

  /// As many spans before one as there are since, at least 32 where there are.
  func places(before place: Int) -> Range<Int> {
    max(0, place - max(since.count, Self.shortestWindow))..<place
  }

  /// Whether it was clearly less in some spans.
  func isLess(in places: Range<Int>) -> Bool {
    history.use(of: places) < Self.clearlyLess * history.use(of: since)
  }

  /// Whether it has been so from the start.
  var isSinceStart: Bool { since.lowerBound == 0 }

  private enum Way { case rise, fall }

  /// The span that splits some into a lower and a higher level, or the other way round.
  private static func split(_ places: Range<Int>, _ history: LinkHistory, _ way: Way) -> Int? {
    let uses = places.map { (use: history.use(of: $0), seconds: history.seconds(of: $0)) }
    let whole = uses.reduce((sum: 0.0, seconds: 0.0)) {
      ($0.sum + $1.use * $1.seconds, $0.seconds + $1.seconds)
    }
    var (sum, seconds) = (0.0, 0.0)
    var best: (gain: Double, place: Int)?
    for (place, span) in zip(places, uses) {
      if seconds > 0, whole.seconds > seconds {
        let (before, since) = (sum / seconds, (whole.sum - sum) / (whole.seconds - seconds))
        let (low, high) = way == .rise ? (before, since) : (since, before)
        let gain = seconds * (whole.seconds - seconds) * (high - low) * (high - low)
        if low < clearlyLess * high, gain > best?.gain ?? 0 { best = (gain, place) }
      }
      sum += span.use * span.seconds
      seconds += span.seconds
    }
    return best?.place
  }

  /// What changed between the two, each as a part of what the link can carry now.
  func effects() -> (capacity: Double, users: [LinkUserKey: Double]) {
    let now = history.rates(in: since)
    guard now.capacity > 0 else { return (0, [:]) }
    guard let before else { return (0, now.users.mapValues { $0.rate / now.capacity }) }
    let then = history.rates(in: before)
    let capacity = then.capacity > 0 ? then.capacity : now.capacity
    let part = (1 / capacity + 1 / now.capacity) / 2
    var users: [LinkUserKey: Double] = [:]
    var all = 0.0
    for (key, user) in now.users.inOrder {
      users[key, default: 0] += user.wanted * part
      all += user.wanted / 2
    }
    for (key, user) in then.users.inOrder {
      users[key, default: 0] -= user.wanted * part
      all += user.wanted / 2
    }
    return (all * (1 / now.capacity - 1 / capacity), users)
  }
}

/// What somebody sends as a mean over some time.
struct MeanUse {
  /// In bit/s.
  var rate = 0.0
  /// What its flows might send at most.
  var ceiling = 0.0
  var flows = 0.0
  /// What those have to send that began meanwhile, over the time.
  var offered = 0.0

  static func + (one: MeanUse, other: MeanUse) -> MeanUse {
    MeanUse(
      rate: one.rate + other.rate, ceiling: one.ceiling + other.ceiling,
      flows: one.flows + other.flows, offered: one.offered + other.offered)
  }

  /// Adds what was so on average for so long.
  mutating func add(_ mean: MeanUse, seconds: Double) {
    rate += mean.rate * seconds
    ceiling += mean.ceiling * seconds
    flows += mean.flows * seconds
  }

  /// What it would send if there were room: flows without a ceiling take what there is.
  fileprivate var wanted: Double { max(rate, ceiling.isFinite ? ceiling : offered) }
}

extension LinkHistory {
  /// Near the end of the longest time above 90 %, or in the span with the greatest use; nil where nothing
  /// ever crossed the link.
  var worst: SimTime? {
    var (longest, current, end) = (0, 0, 0)
    for place in spans.indices {
      current = use(of: place) > LinkMeter.busy ? current + 1 : 0
      if current > longest { (longest, end) = (current, place + 1) }
    }
    let uses = spans.indices.map { use(of: $0) }
    guard let most = uses.max(), most > 0 else { return nil }
    if longest == 0 { end = (uses.firstIndex(of: most) ?? 0) + 1 }
    // At its very end it may be over: in the middle of the last span it is not.
    let last = SimTime(nanoseconds: begin(of: end).nanoseconds - length.nanoseconds / 2)
    return min(self.end, last)
  }

  /// What all users sent over some spans, and the mean capacity, in bit/s.
  func rates(in places: Range<Int>) -> (capacity: Double, users: [LinkUserKey: MeanUse]) {
    var all = Span()
    for place in places { all.add(spans[place]) }
    let seconds = places.reduce(0) { $0 + self.seconds(of: $1) }
    guard seconds > 0 else { return (0, [:]) }
    return (
      all.offered / seconds,
      all.uses.mapValues {
        MeanUse(
          rate: $0.rate / seconds, ceiling: $0.ceiling / seconds, flows: $0.flows / seconds,
          offered: $0.offered / seconds)
      }
    )
  }

  func use(of place: Int) -> Double { use(of: place..<place + 1) }

  /// The part of what it could have carried that a link did; demands may ask for more.
  func use(of places: Range<Int>) -> Double {
    var (carried, offered) = (0.0, 0.0)
    for place in places {
      carried += min(spans[place].offered, spans[place].bits)
      offered += spans[place].offered
    }
    return offered > 0 ? carried / offered : 0
  }
}
