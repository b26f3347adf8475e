// SPDX-License-Identifier: GPL-3.0-or-later

// A transport that takes its rate from what is delivered, and not from loss: BBR, version 1.
//
// N. Cardwell, Y. Cheng, C. Gunn, S. Yeganeh, V. Jacobson, "BBR: congestion-based congestion
// control", ACM Queue 14(5), 2016. It paces at the greatest rate of delivery of the last ten
// round trips, and tries 5/4 of it in one round trip of eight. Of what it sends 1 - p arrives,
// and as long as 5/4 (1 - p) is 1 or more the estimate holds: up to p = 1/5. The paper's
// measurement has all but p of the bandwidth to p = 5 %, is close to it to 15 %, and falls to
// nothing at 20 %. So, for a share s of the bottleneck,
//
//   goodput = (1 - p) max(s h(p), min(s, 4 segments / R))
//
// with h = 1 to p = 0.15, 0 from 0.2 on and straight between: a fit to the measurement. Four
// segments are the least window. It is a model of random loss. Loss by its own queue, and how
// such flows share a link with each other and with Reno, are not in it.

/// The loss to which the rate holds, and that at which no estimate does.
private let holdsTo = 0.15
private let fallsTo = 0.2
private let leastWindow = 4.0

/// The rate at which a BBR-like transport's segments arrive, in bit/s.
///
/// Of the path the round trip, the segment and the greatest window are looked at; the share is
/// the rate that the bottleneck leaves it.
public func bbrGoodput(loss: Double, share_bit_s: Double, over path: RenoPath) -> Double {
  RenoPathOctet(path).bbrGoodput(loss: Octet(loss), share: Octet(share_bit_s))[0]
}

extension RenoPathOctet {
  @inline(__always)
  func bbrGoodput(loss: Octet, share: Octet) -> Octet {
    let p = loss.greatest(Octet(0)).least(Octet(1))
    let share = share.greatest(Octet(0)).least(segment * (maxWindow / roundTrip))
    let holds = ((fallsTo - p) * (1 / (fallsTo - holdsTo))).greatest(Octet(0)).least(Octet(1))
    let least = share.least(segment * (leastWindow / roundTrip))
    return (1 - p) * (share * holds).greatest(least)
  }
}
