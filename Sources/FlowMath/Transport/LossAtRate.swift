// SPDX-License-Identifier: GPL-3.0-or-later

// The loss at which a transport has a rate, where more loss never gives a higher one.
//
// Solved for x = ln p, in which ln rate is nearly straight over decades.

/// The loss for each of eight rates: 0 where none holds the rate so low, near 1 where all does.
///
/// - Parameters:
///   - target: rates in bit/s.
///   - guess: losses by which the search begins; any will do, near ones save time.
///   - rate: the rate at a loss.
/// - Returns: losses at which the rate is the target to about 1e-12 of it.
@inline(__always)
func lossAtRate(_ target: Octet, near guess: Octet, by rate: (Octet) -> Octet) -> Octet {
  let wanted = target.greatest(Octet(Double.leastNormalMagnitude))
  func excess(at x: Octet) -> Octet {
    vectorLog(rate(vectorExp(x)).greatest(Octet(Double.leastNormalMagnitude)) / wanted)
  }
  let least = Octet(-69.077_552_789_821_37)
  let greatest = Octet(-0x1p-53)
  let middle = vectorLog(guess.greatest(Octet(LossRange.least)).least(Octet(LossRange.greatest)))
  var low = (middle - LossRange.reach).greatest(least)
  var high = (middle + LossRange.reach).least(greatest)
  var above = excess(at: low)
  var below = excess(at: high)
  let isMissed = (above .<= 0) .| (below .>= 0)
  if any(isMissed) {
    low = choose(isMissed, least, low)
    high = choose(isMissed, greatest, high)
    above = choose(isMissed, excess(at: least), above)
    below = choose(isMissed, excess(at: greatest), below)
  }
  var bracket = RootBracket(low: low, high: high, excess: above, lack: below)
  for step in 1...RootBracket.steps {
    if bracket.isDone { break }
    let x = bracket.next(halving: step % 4 == 0)
    bracket.narrow(to: x, where: excess(at: x))
  }
  let inside = choose(below .< 0, vectorExp(bracket.best), Octet(LossRange.greatest))
  return choose(above .> 0, inside, Octet(0))
}

extension RenoPathOctet {
  /// About the loss at a rate: that of the law of the square root.
  @inline(__always)
  func guessedLoss(rate: Octet) -> Octet {
    let window = (rate * roundTrip / segment).greatest(Octet(1e-9))
    return 1.5 / (segmentsPerAck * window * window)
  }
}
