// SPDX-License-Identifier: GPL-3.0-or-later

// The rate of CUBIC, S. Ha, I. Rhee, L. Xu 2008, as RFC 9438 has it.
//
// Between losses the window grows as C t^3 around the last one, and falls to beta of it at a
// loss, so that with a loss every 1/p segments it is on average (RFC 9438, 5.1)
//
//   W = (C (3 + beta) / (4 (1 - beta)))^(1/4) (R / p)^(3/4),     C = 0.4, beta = 0.7
//
// Where Reno's window, for the same beta, is greater, it takes that (4.3): sqrt(3 / (2 p)).
// The RFC's formula knows no time-outs. They are added here as PFTK adds them: once in 1/p
// segments, with probability Q of the window at the loss, 4 W / (3 + beta) for the cubic part,
// a row of them that takes T0 G/(1-p). They matter above 1 %. Windows are counted in bytes, so
// delayed acknowledgements make no difference.

private let cubicDecrease = 0.7

extension RenoPathOctet {
  /// The mean window that RFC 9438 gives for a loss, in segments.
  @inline(__always)
  func cubicWindow(loss p: Octet) -> (mean: Octet, atLoss: Octet) {
    // (C (3 + beta) / (4 (1 - beta)))^(1/4) with the constants above.
    let factor = 1.053_828_931_372_250_2
    let root = (roundTrip / p).squareRoot()
    let cubic = factor * root * root.squareRoot()
    let reno = (1.5 / p).squareRoot()
    let isReno = reno .> cubic
    let mean = choose(isReno, reno, cubic)
    let rise = choose(isReno, Octet(2 / (1 + cubicDecrease)), Octet(4 / (3 + cubicDecrease)))
    return (mean, mean * rise)
  }

  /// The rate at which segments arrive, in bit/s.
  @inline(__always)
  func cubicGoodput(loss: Octet) -> Octet {
    let p = loss.greatest(Octet(LossRange.least)).least(Octet(LossRange.greatest))
    let window = cubicWindow(loss: p)
    let mean = window.mean.greatest(Octet(1)).least(maxWindow)
    let atLoss = window.atLoss.greatest(Octet(1)).least(maxWindow)
    let timeouts = timeoutProbability(loss: p, window: atLoss) * timeout * timeoutRow(loss: p)
    return rate((1 - p) / (roundTrip / mean + p * timeouts), loss: loss)
  }
}

/// The rate at which CUBIC's segments arrive, in bit/s.
public func cubicGoodput(loss: Double, over path: RenoPath) -> Double {
  RenoPathOctet(path).cubicGoodput(loss: Octet(loss))[0]
}
