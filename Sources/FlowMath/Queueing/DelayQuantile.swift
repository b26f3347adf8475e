// SPDX-License-Identifier: GPL-3.0-or-later

// The delay that one in a hundred of the packets with room exceeds, in services.
//
// **M/M/1/K.** A packet that finds j others leaves after j + 1 services, so with q = 1/100 to be
// solved for t (Kleinrock I, 3.6, summed over j < K), Q(K, x) = P(Poisson(x) < K):
//
//   P(delay > t) = (e^(-(1-r) t) Q(K, r t) - r^K Q(K, t)) / (1 - r^K) = q
//
// Q is Temme's uniform expansion to its first term (N. Temme, SIAM J. Math. Anal. 10, 1979), good
// to 1e-3 of itself for one place and better for more.
//
// **M/D/1/K.** The work that an arrival finds is that of the queue with room for all, cut off at
// K - 1 (the same balance holds below it). Its tail is e^(-t (x + u)) by the pole of DecayRate
// from a service on, and below one it is 1 - (1 - r) e^(r x) exactly:
//
//   e^(-t (x + u)) = q + (1 - q) e^(-t (K - 1 + u))
//
// **Two moments.** Linear in the variability of sizes between the two (Tijms, 9.6), and above 1 the
// wait of the first in proportion to the mean. It is also in
// proportion to what the gaps stretch the tail by, and no more than 99 % of full rooms take, by the
// gamma distribution of E. Wilson and M. Hilferty (1931). Gaps that vary less than Poisson's shrink
// it as they do near a load of 1, and never below the mean.

private let exceeding = 0.01

extension QueueOctet {
  /// The 99th percentile of the delay, in seconds.
  func delayQuantile(by law: QueueLaw) -> Octet {
    let delay =
      switch law {
      case .mm1k: mm1kQuantile()
      case .md1k: md1kQuantile()
      case .twoMoments: twoMomentsQuantile()
      }
    return answer(loss: Octet(0), sojourn: delay).delay_s
  }

  /// The greatest number of services that 99 % of full rooms take.
  private var fullRoom: Octet {
    let variance = serviceVariability / places
    let root = 1 - variance * (1.0 / 9) + (2.326_347_874 / 3) * variance.squareRoot()
    return places * (root * root * root).greatest(Octet(1))
  }

  /// A load that is not next to 1, where the formulas are differences of equals.
  ///
  /// The quantile hardly changes within a millionth over the places.
  private func besideFull() -> (load: Octet, room: Octet) {
    let least = 1e-6 / places
    let away = choose(room .< 0, room.least(-least), room.greatest(least))
    return (choose(away .== room, load, 1 - away), away)
  }

  private func mm1kQuantile() -> Octet {
    let (load, away) = besideFull()
    let tail = ExponentialTail(load: load, room: away, places: places)
    let unbounded = choose(away .> 0, 4.605_170_186 / away, Octet(Double.infinity))
    let high = unbounded.least(places + 8 * places.squareRoot() + 10)
    var bracket = RootBracket(
      low: Octet(0), high: high, excess: Octet(4.605_170_186),
      lack: tail.logExcess(at: high).least(Octet(-1e-9)))
    for step in 1...24 {
      let t = bracket.next(halving: step % 4 == 0)
      bracket.narrow(to: t, where: tail.logExcess(at: t))
      if bracket.isDone { break }
    }
    return bracket.best.greatest(Octet(0))
  }

  private func md1kQuantile() -> Octet {
    let (load, room) = besideFull()
    let decay = DecayRate(load: load, room: room, logLoad: vectorLog(load))
    let isStable = room .> 0
    let t = decay.t
    let last = places - 1
    let end = vectorExp(-(t * (last + decay.shift)).magnitudes.least(Octet(700)))
    let kept = choose(
      isStable, exceeding + (1 - exceeding) * end, exceeding * end + (1 - exceeding))
    let byPole = choose(isStable, Octet(0) - decay.shift, last) - vectorLog(kept) / t
    // Below a service the distribution is e^(r x) but for a factor; so it is at the end of a room
    // for two, and else at the end of the room as the pole has it.
    let atEnd = choose(isStable, (1 - end) / room, Octet(1)).greatest(Octet(1))
    let byLog = vectorLog((1 - exceeding) * atEnd) / load
    let isShort = last .<= Octet(1)
    let below = choose(isShort, last + vectorLog(Octet(1 - exceeding)) / load, byLog)
    let isBelow = isShort .| (isStable .& (below .< Octet(1)))
    return 1 + choose(isBelow, below, byPole).greatest(Octet(0)).least(last)
  }

  private func twoMomentsQuantile() -> Octet {
    let exponential = mm1kQuantile()
    let equal = md1kQuantile()
    let between = (equal + serviceVariability * (exponential - equal)).greatest(Octet(1))
    let beyond = 1 + (exponential - 1) * (0.5 + 0.5 * serviceVariability)
    let mixed = choose(serviceVariability .> 1, beyond, between)
    let isSmooth = arrivalVariability .< Octet(1)
    let weight = choose(isSmooth, Octet(1), load.least(Octet(1)))
    let stretch = 1 + weight * (arrivalVariability - 1) / (1 + serviceVariability)
    let long = (1 + (mixed - 1) * stretch).least(fullRoom)
    guard any(isSmooth) else { return long }
    let mean = twoMoments().wait_s / service_s + 1
    return choose(isSmooth, choose(mean .> long, mean, long), long)
  }
}

/// The delay beyond t in M/M/1/K.
private struct ExponentialTail {
  let load: Octet
  let room: Octet
  let places: Octet
  /// K ln r.
  private let logFull: Octet

  init(load: Octet, room: Octet, places: Octet) {
    self.load = load
    self.room = room
    self.places = places
    logFull = places * vectorLog(load)
  }

  /// ln(P(delay > t) / q).
  func logExcess(at t: Octet) -> Octet {
    let isStable = room .> 0
    let early = gammaTail(of: load * t, factor: choose(isStable, Octet(0), -logFull) - room * t)
    let late = gammaTail(of: t, factor: choose(isStable, logFull, Octet(0)))
    let difference = choose(isStable, early - late, late - early)
    let all = -vectorExpm1(-logFull.magnitudes.least(Octet(700)))
    return vectorLog((difference / (all * exceeding)).greatest(Octet(1e-300)))
  }

  /// e^factor Q(K, x), without overflow where the one is great and the other little.
  private func gammaTail(of x: Octet, factor: Octet) -> Octet {
    let ratio = (x / places).greatest(Octet(1e-300))
    let distance = (ratio - 1 - vectorLog(ratio)).greatest(Octet(0))
    let isAbove = ratio .> Octet(1)
    let eta = (2 * distance).squareRoot()
    let signed = choose(isAbove, eta, -eta)
    let isNear = (ratio - 1).magnitudes .< Octet(0.05)
    let bracket: Octet = 1.0 / 12 - signed * (2.0 / 135)
    let series: Octet = signed * bracket - 1.0 / 3
    let plain: Octet = 1 / (ratio - 1) - 1 / signed
    let first = choose(isNear, series, plain)
    let scale = (factor - places * distance).greatest(Octet(-700)).least(Octet(700))
    let normal = 0.5 * scaledErrorFunction(eta * (0.5 * places).squareRoot())
    let correction = first / (6.283_185_307_179_586 * places).squareRoot()
    let whole = vectorExp(factor.greatest(Octet(-700)).least(Octet(700)))
    let part = vectorExp(scale)
    return choose(isAbove, part * (normal + correction), whole - part * (normal - correction))
  }
}

/// e^(x^2) erfc x for x >= 0, to 2e-7 of itself.
///
/// W. Press and others, "Numerical Recipes", 6.2.
private func scaledErrorFunction(_ x: Octet) -> Octet {
  let t = 1 / (1 + 0.5 * x)
  var sum = t * 0.170_872_77 - 0.822_152_23
  sum = sum * t + 1.488_515_87
  sum = sum * t - 1.135_203_98
  sum = sum * t + 0.278_868_07
  sum = sum * t - 0.186_288_06
  sum = sum * t + 0.096_784_18
  sum = sum * t + 0.374_091_96
  sum = sum * t + 1.000_023_68
  return t * vectorExp(sum * t - 1.265_512_23)
}
