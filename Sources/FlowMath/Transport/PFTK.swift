// SPDX-License-Identifier: GPL-3.0-or-later

// The rate of TCP Reno on a path that loses.
//
// J. Padhye, V. Firoiu, D. Towsley, J. Kurose, "Modeling TCP Reno performance: a simple model
// and its empirical validation", IEEE/ACM Trans. Networking 8(2), 2000. With loss p, b segments
// an acknowledgement, time-out T0 and round trip R, and the mean window where no limit holds it,
//
//   W = (2 + b)/(3b) + sqrt(8 (1 - p)/(3 b p) + ((2 + b)/(3b))^2)
//   Q(w) = min(1, (1 - (1-p)^3) (1 + (1-p)^3 (1 - (1-p)^(w-3))) / (1 - (1-p)^w))
//   G = 1 + p + 2 p^2 + 4 p^3 + 8 p^4 + 16 p^5 + 32 p^6
//
// segments are sent at the rate, in segments a second (the paper's full model),
//
//   [(1-p)/p + W + Q(W)/(1-p)] / [R (b W/2 + 1) + Q(W) G T0/(1-p)]                      W < M
//   [(1-p)/p + M + Q(M)/(1-p)] / [R (b M/8 + (1-p)/(p M) + 2) + Q(M) G T0/(1-p)]        else
//
// and received at a rate with W/2 + Q(W) in place of W + Q(W)/(1-p) in the numerator (the
// paper's section on throughput): of the last round, half arrives. Where both windows meet the
// second is less than the first by a part of a round trip in b W/2, unless b = 2.
//
// Q(w) is for a sender whose losses come in bursts: all that follows a loss in its round is lost
// too, and without SACK it takes three duplicates for each hole. With selective acknowledgements
// (RFC 2018, RFC 6675) all holes of a window are repaired at once, and a time-out is left for a
// repair that is lost as well, or a window of which fewer than three others arrive. Losses being
// independent, of all but three of them that has a probability of about c(w), so that
//
//   Q(w) = 1 - (1 - p) (1 - c(w)),    c(w) = (w - 1) (w - 2) / 2 p^(w-3)    (1 up to w = 3)

extension RenoPathOctet {
  /// The rate at which segments arrive, in bit/s.
  @inline(__always)
  func pftkGoodput(loss: Octet) -> Octet {
    let terms = PFTKTerms(path: self, loss: loss)
    return rate((terms.between + terms.window * 0.5 + terms.timeoutShare) / terms.cycle, loss: loss)
  }

  /// A rate in bit/s, not above what the window lets through, and 0 where all is lost.
  @inline(__always)
  func rate(_ segments: Octet, loss: Octet) -> Octet {
    let bounded = segments.least(maxWindow / roundTrip)
    return choose(loss .< Octet(1), segment * bounded, Octet(0))
  }

  /// Q: the probability that a loss in a window of w ends in a time-out.
  @inline(__always)
  func timeoutProbability(loss p: Octet, window w: Octet) -> Octet {
    let isSelective = sack .> 0
    guard any(isSelective) else { return burstTimeoutProbability(loss: p, window: w) }
    let selective = selectiveTimeoutProbability(loss: p, window: w)
    guard any(.!isSelective) else { return selective }
    return choose(isSelective, selective, burstTimeoutProbability(loss: p, window: w))
  }

  @inline(__always)
  private func selectiveTimeoutProbability(loss p: Octet, window w: Octet) -> Octet {
    let beyond = (w - 3).greatest(Octet(0))
    let few = 0.5 * (beyond + 2) * (beyond + 1) * vectorExp(beyond * vectorLog(p))
    return 1 - (1 - p) * (1 - few.least(Octet(1)))
  }

  /// Q of the paper.
  @inline(__always)
  private func burstTimeoutProbability(loss p: Octet, window w: Octet) -> Octet {
    let kept = 1 - p
    let logKept = vectorLog1p(-p)
    let cube = kept * kept * kept
    // 1 - (1-p)^3, without a difference of what is nearly equal.
    let oneOfThree = p * (3 - p * (3 - p))
    let inRest = -vectorExpm1((w - 3) * logKept)
    let inWindow = -vectorExpm1(w * logKept)
    return (oneOfThree * (1 + cube * inRest) / inWindow).least(Octet(1))
  }

  /// The time that a row of time-outs takes, in first time-outs: G/(1-p).
  @inline(__always)
  func timeoutRow(loss p: Octet) -> Octet {
    // G = 1 + p (1 + 2 p + (2 p)^2 + ... + (2 p)^5).
    let double = p + p
    var sum = 1 + double
    for _ in 0..<4 { sum = 1 + double * sum }
    return (1 + p * sum) / (1 - p)
  }
}

/// What both forms of the formula share.
private struct PFTKTerms {
  /// (1-p)/p, the segments from one loss to the next.
  let between: Octet
  let window: Octet
  /// 1 - p.
  let kept: Octet
  let timeoutShare: Octet
  /// The denominator, in seconds.
  let cycle: Octet

  @inline(__always)
  init(path: RenoPathOctet, loss: Octet) {
    let p = loss.greatest(Octet(LossRange.least)).least(Octet(LossRange.greatest))
    let b = path.segmentsPerAck
    kept = 1 - p
    between = kept / p
    let shift = (2 + b) / (3 * b)
    let free = shift + (8 * between / (3 * b) + shift * shift).squareRoot()
    let isFree = free .< path.maxWindow
    window = choose(isFree, free, path.maxWindow)
    let rounds = choose(isFree, 0.5 * b * free + 1, 0.125 * b * window + between / window + 2)
    timeoutShare = path.timeoutProbability(loss: p, window: window)
    cycle = path.roundTrip * rounds + timeoutShare * path.timeout * path.timeoutRow(loss: p)
  }
}

// MARK: - One path

/// The rate at which TCP Reno's segments arrive, in bit/s.
public func pftkGoodput(loss: Double, over path: RenoPath) -> Double {
  RenoPathOctet(path).pftkGoodput(loss: Octet(loss))[0]
}

/// The time that time-outs take for each segment sent in windows of w: p Q(w) T0 G/(1-p), in seconds.
public func timeoutTime(
  loss: Double, window: Double, timeout_s: Double, sack: Bool
) -> Double {
  let p = Octet(max(LossRange.least, min(loss, LossRange.greatest)))
  let path = RenoPathOctet(
    RenoPath(roundTrip_s: 1, segment_bits: 1, timeout_s: timeout_s, sack: sack))
  let chance = path.timeoutProbability(loss: p, window: Octet(max(1, window)))
  return (p * chance * path.timeout * path.timeoutRow(loss: p))[0]
}
