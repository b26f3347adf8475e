// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

// What the end of a message adds: the time from its last new packet to the one that comes last.
//
// A lost packet is sent again one round trip R later, when those behind it have told the sender,
// and a repair that is lost as well after a time-out T0 each time. With loss p a packet is late
// by more than d with probability
//
//   P(D > d) = p^j   for  d_(j-1) <= d < d_j,    d_0 = 0,  d_1 = R,  d_j = d_(j-1) + T0
//
// The last k packets have too few behind them to tell, and wait for the time-out at once:
// d_j = j T0. With u packets of spacing s behind each, losses being independent, the message is
// late by more than x unless no packet is, so that on average it is late by
//
//   E = integral over x >= 0 of  1 - product over u of (1 - P(D > u s + x))
//
// The logarithm of the product is a sum of lengths that move with x, and so straight between the
// points where one of them begins or ends: each piece is integrated in closed form, with
//
//   integral from 0 to h of e^-(a + (b - a) x / h) dx  =  h e^-a (1 - e^-(b - a)) / (b - a)
//
// For one packet, or one time-out, that is p R or p T0; where many are lost in a round trip it
// tends to R.

/// The end of a message, and what repairs it.
public struct MessageEnd: Equatable, Sendable {
  /// The part of packets that is lost.
  public var loss: Double
  public var packets: Double
  /// From one packet to the next.
  public var spacing_s: Double
  public var roundTrip_s: Double
  public var timeout_s: Double
  /// The packets behind a lost one that must arrive until the sender knows.
  public var reporters: Double
  /// Messages that end together, when the last of them is in.
  public var messages: Double

  public init(
    loss: Double, packets: Double, spacing_s: Double, roundTrip_s: Double, timeout_s: Double,
    reporters: Double = 1, messages: Double = 1
  ) {
    self.loss = max(0, min(loss, LossRange.greatest))
    self.packets = max(1, packets)
    self.spacing_s = max(0, spacing_s)
    self.roundTrip_s = max(0, roundTrip_s)
    self.timeout_s = max(timeout_s, roundTrip_s)
    self.reporters = max(0, min(reporters, self.packets))
    self.messages = max(1, messages)
  }

  /// Repairs of one packet that are followed; what is lost more often hardly ever comes.
  private static let mostRepairs = 64

  /// The time by which the last packet to arrive is later than the last to be sent, on average.
  public var expectedDelay_s: Double {
    guard loss > 0 else { return 0 }
    let repairs = repairsToFollow
    var x = 0.0
    var delay = 0.0
    var start = exponent(at: x, repairs)
    while let next = nextBend(after: x, repairs) {
      // Straight between bends, and with a step at each.
      let end = exponent(before: next, repairs)
      delay += MessageEnd.lateTime(next - x, from: start, to: end)
      x = next
      start = exponent(at: x, repairs)
    }
    return delay
  }

  /// As many as matter beside the first.
  private var repairsToFollow: Int {
    var left = loss
    var repairs = 1
    while repairs < MessageEnd.mostRepairs, left * packets * messages > 1e-12 {
      left *= loss
      repairs += 1
    }
    return repairs
  }

  /// When a packet is no longer in its j-th loss: those that others tell of, and the last ones.
  @inline(__always)
  private func limit(_ repair: Int, isReported: Bool) -> Double {
    guard repair > 0 else { return 0 }
    return isReported
      ? roundTrip_s + Double(repair - 1) * timeout_s : Double(repair) * timeout_s
  }

  private func exponent(at x: Double, _ repairs: Int) -> Double {
    var sum = 0.0
    var part = 1.0
    for repair in 1...repairs {
      part *= loss
      let rate = -log1p(-part)
      sum += rate * count(x, repair, isReported: true)
      if x >= limit(repair - 1, isReported: false), x < limit(repair, isReported: false) {
        sum += rate * reporters
      }
    }
    return sum * messages
  }

  /// The limit from the left: the last packets are still in the loss that ends there.
  private func exponent(before x: Double, _ repairs: Int) -> Double {
    exponent(at: x.nextDown, repairs)
  }

  /// The packets that others tell of and that x behind the end are in their j-th loss.
  @inline(__always)
  private func count(_ x: Double, _ repair: Int, isReported: Bool) -> Double {
    let reported = packets - reporters
    guard reported > 0 else { return 0 }
    let from = limit(repair - 1, isReported: isReported) - x
    let to = limit(repair, isReported: isReported) - x
    let first = reporters * spacing_s
    guard spacing_s > 0 else { return from <= 0 && to > 0 ? reported : 0 }
    let low = max(0, (from - first) / spacing_s)
    let high = min(reported, (to - first) / spacing_s)
    return max(0, high - low)
  }

  /// The next point behind x where a length begins or ends.
  private func nextBend(after x: Double, _ repairs: Int) -> Double? {
    var next = Double.infinity
    for repair in 1...repairs {
      let reported = limit(repair, isReported: true)
      next = earliest(reported - reporters * spacing_s, next, after: x)
      next = earliest(reported - packets * spacing_s, next, after: x)
      next = earliest(limit(repair, isReported: false), next, after: x)
    }
    return next < .infinity ? next : nil
  }

  @inline(__always)
  private func earliest(_ bend: Double, _ known: Double, after x: Double) -> Double {
    bend > x ? min(bend, known) : known
  }

  /// The integral of 1 - e^-y over a time in which y goes straight from one value to another.
  private static func lateTime(_ time: Double, from a: Double, to b: Double) -> Double {
    // The same whichever way it goes; from the lesser on nothing overflows.
    let least = min(a, b)
    let z = abs(b - a)
    // 1 - (1 - e^-z)/z, without a difference of what is nearly equal.
    let missing = z < 1e-4 ? z / 2 - z * z / 6 : (z + expm1(-z)) / z
    return time * (-expm1(-least) + exp(-least) * missing)
  }
}
