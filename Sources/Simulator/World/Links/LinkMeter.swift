// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel

/// What each link could carry and did: since the last sample, and since the start.
struct LinkMeter {
  private struct Meter {
    var capacity: Double
    /// The instant up to which `offeredBits` counts.
    var since = SimTime.zero
    /// Bits that the link could have carried.
    var offeredBits = 0.0
    var offeredAtSample = 0.0
    var carriedAtSample = 0.0
    var peak = LinkPeak(utilisation: .nan, end: .zero)
    /// The time of intervals in which it was used more than `busy`.
    var busyTime = SimDuration.zero
    /// The most that it carried between two samples, and the most that it ever could.
    var mostRate = Double.nan
    var mostCapacity: Double
    /// What there was when statistics began to count.
    var offeredBefore = 0.0
    var carriedBefore = 0.0

    init(capacity: Double) {
      self.capacity = capacity
      mostCapacity = capacity
    }
  }

  /// A link that is used more than this is as good as full.
  static let busy = 0.9

  private var meters: [Meter]
  /// The positions of the links that are sampled.
  let sampled: [Int]
  /// The instant from which on statistics count; nil while the run warms up.
  private var countsSince: SimTime?
  private(set) var lastSample = SimTime.zero
  /// What links carry that nobody simulates.
  var assumed = AssumedTraffic()

  init(capacities: [Double], sampled: [Int], isCounting: Bool) {
    meters = capacities.map { Meter(capacity: $0) }
    self.sampled = sampled
    countsSince = isCounting ? .zero : nil
  }

  /// Has statistics count from an instant on; `carried` is what each link has carried until then.
  mutating func startCounting(at now: SimTime, carried: [Double]) {
    countsSince = now
    for link in meters.indices {
      count(link, to: now)
      meters[link].offeredBefore = meters[link].offeredBits
      meters[link].carriedBefore = carried[link]
    }
  }

  mutating func setCapacity(of link: Int, to capacity: Double, at now: SimTime) {
    count(link, to: now)
    meters[link].capacity = capacity
    meters[link].mostCapacity = max(meters[link].mostCapacity, capacity)
  }

  /// The means since the last sample; the links must have been measured at `now`.
  mutating func sample(_ link: Int, carried: Double, at now: SimTime) -> LinkInterval {
    count(link, to: now)
    let seconds = (now - lastSample).seconds
    // Both are differences of large sums: a full link must not seem fuller than full.
    let offered = meters[link].offeredBits - meters[link].offeredAtSample
    let interval = LinkInterval(
      end: now, capacity: offered / seconds,
      rate: max(0, min(carried - meters[link].carriedAtSample, offered) / seconds))
    meters[link].offeredAtSample = meters[link].offeredBits
    meters[link].carriedAtSample = carried
    if let countsSince, lastSample >= countsSince {
      notePeak(of: link, interval)
      if !(interval.rate <= meters[link].mostRate) { meters[link].mostRate = interval.rate }
      if interval.utilisation > Self.busy {
        meters[link].busyTime = meters[link].busyTime + (now - lastSample)
      }
    }
    return interval
  }

  /// Keeps the first of equal peaks: a link that is full twice differs by rounding.
  private mutating func notePeak(of link: Int, _ interval: LinkInterval) {
    let used = interval.utilisation
    guard used.isFinite, !(used <= meters[link].peak.utilisation + 1e-9) else { return }
    meters[link].peak = LinkPeak(utilisation: used, end: interval.end)
  }

  /// The interval between samples in which a link was used most; not a number without samples.
  func peak(of link: Int) -> LinkPeak { meters[link].peak }

  mutating func endSample(at now: SimTime) {
    lastSample = now
  }

  /// What a link has carried and could have carried since statistics count, in bits.
  mutating func use(
    of link: Int, carried: Double, at now: SimTime
  ) -> (carried: Double, offered: Double) {
    guard countsSince != nil else { return (0, 0) }
    count(link, to: now)
    return (
      carried - meters[link].carriedBefore, meters[link].offeredBits - meters[link].offeredBefore
    )
  }

  /// The time of intervals in which a link was as good as full; not a number without samples.
  func busySeconds(of link: Int) -> Double {
    meters[link].peak.utilisation.isNaN ? .nan : meters[link].busyTime.seconds
  }

  /// The most that a link carried between two samples; not a number without samples.
  func mostRate(of link: Int) -> Double { meters[link].mostRate }

  /// What a link could carry now, and at most so far.
  func capacity(of link: Int) -> (now: Double, most: Double) {
    (meters[link].capacity, meters[link].mostCapacity)
  }

  /// What links are taken to have carried of iterations that were not simulated.
  func assumedBits(of link: Int, at now: SimTime) -> Double {
    assumed.bits(of: link, at: now)
  }

  /// The bits that a link could have carried so far.
  mutating func offeredBits(of link: Int, at now: SimTime) -> Double {
    count(link, to: now)
    return meters[link].offeredBits
  }

  private mutating func count(_ link: Int, to now: SimTime) {
    meters[link].offeredBits += meters[link].capacity * (now - meters[link].since).seconds
    meters[link].since = now
  }
}

/// The part of its capacity that a link used between two samples, and when that interval ended.
public struct LinkPeak: Equatable, Sendable {
  public var utilisation: Double
  public var end: SimTime
}
