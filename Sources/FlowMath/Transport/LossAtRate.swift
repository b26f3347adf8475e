// SPDX-License-Identifier: GPL-3.0-or-later

// The loss at which a transport has a rate, where more loss never gives a higher one.
//
// Solved for x = ln p, in which ln rate is nearly straight over decades.

/// The loss for each of eight rates: 0 where none holds the rate so low, near 1 where all does.
///
/// - Parameters:
///   - target: rates in bit/s.
///   - rate: the rate at a loss.
/// - Returns: losses at which the rate is the target to about 1e-13 of it.
@inline(__always)
func lossAtRate(_ target: Octet, by rate: (Octet) -> Octet) -> Octet {
  let low = Octet(LossRange.least)
  let high = Octet(LossRange.greatest)
  let wanted = target.greatest(Octet(Double.leastNormalMagnitude))
  let atLow = rate(low)
  let atHigh = rate(high).greatest(Octet(Double.leastNormalMagnitude))
  var bracket = RootBracket(
    low: vectorLog(low), high: vectorLog(high), excess: vectorLog(atLow / wanted),
    lack: vectorLog(atHigh / wanted))
  for step in 1...RootBracket.steps {
    let x = bracket.next(halving: step % 4 == 0)
    let found = rate(vectorExp(x)).greatest(Octet(Double.leastNormalMagnitude))
    bracket.narrow(to: x, where: vectorLog(found / wanted))
    if bracket.isDone { break }
  }
  let inside = choose(wanted .> atHigh, vectorExp(bracket.best), high)
  return choose(wanted .< atLow, inside, Octet(0))
}
