// SPDX-License-Identifier: GPL-3.0-or-later

// The two ways in which RoCEv2 repairs a loss.
//
// With loss p of packets, W packets in a window and B packets on the way in a round trip:
//
// **Go-back-N.** The receiver drops what follows a hole, and all of it is sent again: per loss W
// packets, W being those in flight, min(window, B). The well-known efficiency of the protocol (D.
// Bertsekas, R. Gallager, "Data Networks", 1992, 2.4) is (1 - p) / (1 + (W - 1) p). A hole is
// reported once: where what is sent first behind a report is lost as well, which comes p^2/(1 - p)
// times for each packet, the sender waits for the time-out T0 in place of a round trip.
//
// **Selective repeat.** Only what is lost is sent again, yet nothing beyond a window from the
// first hole. A hole is reported one round trip after it was sent, repaired and acknowledged
// after two. The window is exhausted after W/B of them, and so the sender stalls for
//
//   B (2 - W/B) = 2 B - W packets   for B <= W < 2 B,   B for less,   none for more.
//
// Holes in the W packets that follow the first are repaired in the same stall, so a stall comes
// once in 1/p + W packets, and a packet costs on average
//
//   1 + p + p max(0, 2 B - max(W, B)) / (1 + p W)  in the times of a packet.
//
// A repair that is lost again, once in 1/p^2 packets, waits for the time-out T0, and in the same
// way stalls the sender for 2 B + T0 - W, once in 1/p^2 + W. Holds for long transfers; what the
// end of one adds is in MessageEnd.swift.

/// The part of a line's rate that is goodput with go-back-N.
public func goBackNGoodput(loss: Double, inFlight: Double) -> Double {
  goBackNGoodput(loss: Octet(loss), inFlight: Octet(inFlight))[0]
}

@inline(__always)
public func goBackNGoodput(loss: Octet, inFlight: Octet) -> Octet {
  let p = loss.greatest(Octet(0)).least(Octet(1))
  return (1 - p) / (1 + (inFlight.greatest(Octet(1)) - 1) * p)
}

/// The time that go-back-N stands idle for time-outs, in the time that it sends.
///
/// The time-out is in round trips.
public func goBackNIdleTime(loss: Double, inFlight: Double, timeout: Double) -> Double {
  let p = max(0, min(loss, LossRange.greatest))
  let flying = max(1, inFlight)
  let idle = p * p / (1 - p) * max(0, timeout - 1) * flying
  return idle / (1 + p * flying / (1 - p))
}

/// What selective repeat's goodput depends on beside loss.
public struct RepeatWindow: Equatable, Sendable {
  /// The packets between the first hole and the last that may be sent.
  public var window: Double
  /// The packets that the line carries in a round trip.
  public var inRoundTrip: Double
  /// The time until a repair that was lost is sent again, in round trips.
  public var timeout: Double

  public init(window: Double, inRoundTrip: Double, timeout: Double = 3) {
    self.window = window
    self.inRoundTrip = inRoundTrip
    self.timeout = timeout
  }
}

/// The part of a line's rate that is goodput with selective repeat.
///
/// A window of less than a round trip lets through its part of the line.
public func selectiveRepeatGoodput(loss: Double, within limits: RepeatWindow) -> Double {
  selectiveRepeatGoodput(
    loss: Octet(loss), window: Octet(limits.window), inRoundTrip: Octet(limits.inRoundTrip),
    timeout: Octet(limits.timeout))[0]
}

/// The same for eight flows; the time-out is in round trips.
@inline(__always)
public func selectiveRepeatGoodput(
  loss: Octet, window: Octet, inRoundTrip: Octet, timeout: Octet
) -> Octet {
  let p = loss.greatest(Octet(0)).least(Octet(1))
  let stalls = selectiveRepeatStalls(
    loss: p, window: window, inRoundTrip: inRoundTrip, timeout: timeout)
  let b = inRoundTrip.greatest(Octet(1))
  let part = b.least(window.greatest(Octet(1))) / b
  return part * (1 - p) / (1 + stalls)
}

@inline(__always)
private func selectiveRepeatStalls(
  loss p: Octet, window: Octet, inRoundTrip: Octet, timeout: Octet
) -> Octet {
  let w = window.greatest(Octet(1))
  // In a round trip at least one packet is on the way, and with a narrow window no more than it.
  let b = inRoundTrip.greatest(Octet(1))
  let flying = b.least(w)
  let first = (2 * flying - w).greatest(Octet(0))
  // A repair that is lost belongs to a hole, whose stall is on already.
  let ahead = (w - 2 * flying).greatest(Octet(0))
  let again = (timeout.greatest(Octet(0)) * flying - ahead).greatest(Octet(0))
  return p * first / (1 + p * w) + p * p * again / (1 + p * p * w)
}
