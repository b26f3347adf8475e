// SPDX-License-Identifier: GPL-3.0-or-later

// The rate of CUBIC, S. Ha, I. Rhee, L. Xu 2008, as RFC 9438 has it.
//
// Between losses the window grows as C t^3 around the last one, and falls to beta of it at a
// loss, so that with a loss every 1/p segments it is on average (RFC 9438, 5.1)
//
//   W = (C (3 + beta) / (4 (1 - beta)))^(1/4) (R / p)^(3/4),     C = 0.4, beta = 0.7
//
// Where Reno would be faster it is as fast as Reno (4.3): the rise of its window is chosen so that
// its mean is Reno's, sqrt(3 / (2 b p)). There it has the rate of PFTK.swift, with the same b
// segments an acknowledgement, the same time-outs and the same rounds of repair.
// The RFC's formula knows no time-outs. They are added to the cubic part as PFTK adds them: once
// in 1/p segments, with probability Q of the window at the loss, 4 W / (3 + beta), a row of them
// that takes T0 G/(1-p).

private let cubicDecrease = 0.7

extension RenoPathOctet {
  /// The mean window of the cubic part for a loss, in segments.
  @inline(__always)
  func cubicWindow(loss p: Octet) -> Octet {
    // (C (3 + beta) / (4 (1 - beta)))^(1/4) with the constants above.
    let factor = 1.053_828_931_372_250_2
    let root = (roundTrip / p).squareRoot()
    return factor * root * root.squareRoot()
  }

  /// The rate at which segments arrive, in bit/s.
  @inline(__always)
  func cubicGoodput(loss: Octet) -> Octet {
    cubicGoodput(loss: loss, reno: pftkGoodput(loss: loss))
  }

  /// The same where Reno's rate at that loss is known already.
  @inline(__always)
  func cubicGoodput(loss: Octet, reno: Octet) -> Octet {
    let p = loss.greatest(Octet(LossRange.least)).least(Octet(LossRange.greatest))
    let window = cubicWindow(loss: p)
    let mean = window.greatest(Octet(1)).least(maxWindow)
    let atLoss = (window * (4 / (3 + cubicDecrease))).greatest(Octet(1)).least(maxWindow)
    let timeouts = timeoutProbability(loss: p, window: atLoss) * timeout * timeoutRow(loss: p)
    return rate((1 - p) / (roundTrip / mean + p * timeouts), loss: loss).greatest(reno)
  }
}

/// The rate at which CUBIC's segments arrive, in bit/s.
public func cubicGoodput(loss: Double, over path: RenoPath) -> Double {
  RenoPathOctet(path).cubicGoodput(loss: Octet(loss))[0]
}
