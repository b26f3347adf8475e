// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// Who has used a link for how much, in spans of time of one length.
///
/// A run may last a microsecond or a year. Where it is known how long, spans are round parts of an
/// hour; else they begin short, and where there are too many of them they are joined in pairs and
/// twice as long from then on.
struct LinkHistory {
  struct Span {
    /// What the link could have carried, in bits.
    var offered = 0.0
    /// Sums over time: bits, the bits that ceilings would have allowed, and flow-seconds.
    var uses: [LinkUserKey: MeanUse] = [:]
    var bits = 0.0

    mutating func add(_ mean: MeanUse, by key: LinkUserKey, seconds: Double) {
      bits += mean.rate * seconds
      uses[key, default: MeanUse()].add(mean, seconds: seconds)
    }

    mutating func add(_ other: Span) {
      offered += other.offered
      bits += other.bits
      uses.merge(other.uses) { $0 + $1 }
    }
  }

  static let mostSpans = 1024

  private(set) var spans: [Span] = []
  private(set) var length: SimDuration
  /// The instant up to which it is told.
  private(set) var end = SimTime.zero

  /// `end` is as far as it may go, where anybody knows.
  init(upTo end: SimTime?) {
    length = end.map(Self.length) ?? SimDuration(nanoseconds: 1 << 10)
  }

  /// The shortest round time of which no more than so many make up a run.
  private static func length(upTo end: SimTime) -> SimDuration {
    let least = max(1, (end.nanoseconds + Int64(mostSpans) - 1) / Int64(mostSpans))
    let (second, hour): (Int64, Int64) = (1_000_000_000, 3_600_000_000_000)
    if least > hour { return SimDuration(nanoseconds: (least + hour - 1) / hour * hour) }
    if least > second {
      var seconds = (least + second - 1) / second
      while 3600 % seconds != 0 { seconds += 1 }
      return SimDuration(nanoseconds: seconds * second)
    }
    var length: Int64 = 1
    while length < least { length *= 10 }
    return SimDuration(nanoseconds: length)
  }

  /// So much was used on average up to an instant.
  mutating func goOn(
    to now: SimTime, capacity: Double, _ uses: [(key: LinkUserKey, value: MeanUse)]
  ) {
    while now.nanoseconds > Int64(Self.mostSpans) * length.nanoseconds { joinPairs() }
    while end < now {
      let place = Int(end.nanoseconds / length.nanoseconds)
      let next = min(now, SimTime(nanoseconds: Int64(place + 1) * length.nanoseconds))
      let seconds = (next - end).seconds
      while spans.count <= place { spans.append(Span()) }
      spans[place].offered += capacity * seconds
      for use in uses { spans[place].add(use.value, by: use.key, seconds: seconds) }
      end = next
    }
  }

  /// Flows with so many bits begin.
  mutating func offer(_ bits: Double, by key: LinkUserKey, at now: SimTime) {
    while now.nanoseconds >= Int64(Self.mostSpans) * length.nanoseconds { joinPairs() }
    let place = Int(now.nanoseconds / length.nanoseconds)
    while spans.count <= place { spans.append(Span()) }
    spans[place].uses[key, default: MeanUse()].offered += bits
  }

  private mutating func joinPairs() {
    var joined: [Span] = []
    for place in stride(from: 0, to: spans.count, by: 2) {
      var span = spans[place]
      if place + 1 < spans.count { span.add(spans[place + 1]) }
      joined.append(span)
    }
    spans = joined
    length = SimDuration(nanoseconds: 2 * length.nanoseconds)
  }

  func begin(of place: Int) -> SimTime {
    SimTime(nanoseconds: Int64(place) * length.nanoseconds)
  }

  /// The seconds of a span that are told.
  func seconds(of place: Int) -> Double {
    (min(end, begin(of: place + 1)) - begin(of: place)).seconds
  }
}
