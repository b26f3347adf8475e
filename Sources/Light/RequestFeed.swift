// SPDX-License-Identifier: GPL-3.0-or-later
package import EventKernel
internal import NetworkModel
internal import Statistics
internal import Traffic

/// A request that is about to be made.
package struct Request: BitwiseCopyable {
  /// Its position in the list, or its number counted from 1.
  package var number: Int32
  package var start: SimTime
  package var source: Int32
  package var target: Int32
  package var rate: Double
  /// Nil for one that lasts to the end of the run.
  package var hold: SimDuration?
  package var protection: Protection
  /// Whether blocking counts it.
  package var isCounted = true
}

/// A source of requests at work: gives one after the other, in order of their start.
///
/// Gaps, holding times, rates and pairs come from streams of their own, so that a change of one
/// moves none of the others.
package struct RequestFeed {
  private let listed: [ListedRequest]
  private var position = 0
  /// In place of a list; it stands by itself so that it is changed where it is.
  private var generated: GeneratedRequests?
  private let isGenerated: Bool

  package init(_ source: RequestSource, seed: UInt64) {
    switch source {
    case .listed(let requests):
      listed = requests
      generated = nil
      isGenerated = false
    case .generated(let generator):
      listed = []
      generated = GeneratedRequests(generator, seed: seed)
      isGenerated = true
    }
  }

  package mutating func next() -> Request? {
    guard !isGenerated else { return generated?.next() }
    guard position < listed.count else { return nil }
    position += 1
    return Request(listed[position - 1], number: position - 1)
  }

  /// How much of it has been given, as far as that can be told.
  package var fractionDone: Double {
    generated?.fractionDone ?? Double(position) / Double(max(1, listed.count))
  }
}

extension Request {
  fileprivate init(_ listed: ListedRequest, number: Int) {
    self.init(
      number: Int32(number), start: listed.start, source: listed.source.index,
      target: listed.target.index, rate: listed.rate.value, hold: listed.hold,
      protection: listed.protection)
  }
}

/// A generator of requests at work.
package struct GeneratedRequests {
  private let generator: RequestGenerator
  private let gaps: Sampler
  private let holding: Sampler
  private let rates: Sampler
  private let pairs: [(source: Int32, target: Int32)]
  private let choice: WeightedChoice?
  private var gapStream: RandomStream
  private var holdingStream: RandomStream
  private var rateStream: RandomStream
  private var pairStream: RandomStream
  private var clock: ArrivalClock
  private var drawn: Int32 = 0
  private let limit: Int32

  package init(_ generator: RequestGenerator, seed: UInt64) {
    self.generator = generator
    gaps = Sampler(.exponential(mean: 1 / generator.perSecond))
    holding = Sampler(generator.holding)
    rates = Sampler(generator.rates)
    pairs = generator.pairs.map { ($0.source.index, $0.target.index) }
    let areAlike = Set(generator.pairs.map(\.weight)).count < 2
    choice = areAlike ? nil : WeightedChoice(weights: generator.pairs.map(\.weight))
    let stream = "light/\(generator.name)/"
    gapStream = RandomStream(seed: seed, name: stream + "arrivals")
    holdingStream = RandomStream(seed: seed, name: stream + "holding")
    rateStream = RandomStream(seed: seed, name: stream + "rates")
    pairStream = RandomStream(seed: seed, name: stream + "pairs")
    clock = ArrivalClock(start: generator.start)
    limit = Int32(clamping: generator.count ?? .max)
  }

  package mutating func next() -> Request? {
    guard drawn < limit, let start = clock.advance(seconds: gaps.next(using: &gapStream)),
      start < generator.stop
    else { return nil }
    drawn += 1
    let pair = pairs[nextPair()]
    return Request(
      number: drawn, start: start, source: pair.source, target: pair.target,
      rate: rates.next(using: &rateStream), hold: nextHold(),
      protection: generator.protection, isCounted: drawn > generator.warmUp)
  }

  package var fractionDone: Double { limit < .max ? Double(drawn) / Double(limit) : 0 }

  private mutating func nextPair() -> Int {
    guard let choice else { return Int(pairStream.nextUniform() * Double(pairs.count)) }
    return choice.next(using: &pairStream)
  }

  private mutating func nextHold() -> SimDuration {
    var seconds = holding.next(using: &holdingStream)
    while seconds >= generator.longestHolding_s {
      seconds = holding.next(using: &holdingStream)
    }
    // At least a nanosecond, and no longer than a run can be.
    return SimDuration(nanoseconds: Int64(min(9e18, max(1, (seconds * 1e9).rounded()))))
  }
}
