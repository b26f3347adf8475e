// SPDX-License-Identifier: GPL-3.0-or-later

// A queue with room for K packets, from the same queue with room for all.
//
// Where arrivals are Poisson, the states below K have the same proportions in both (H. Tijms,
// "A First Course in Stochastic Models", 2003, 9.2). With T the probability that the one with
// room for all holds K or more, and L the mean number in it, at load r < 1:
//
//   loss = (1 - r) T / (1 - r T)
//   N    = (L - T (h + K r)) / (1 - r T),   h = sum over j > K of P(j or more) / T = 1 / (e^t - 1)
//   delay in services = N / (r (1 - loss)) = (L - T (h + K r)) / (r (1 - T))
//
// if the tail is geometric, T = e^(-t m) with m = K - 1 + u. All of it is analytic in r and so
// holds at r = 1, where it is 0/0, and above, where t < 0. For t < 0 numerator and denominator
// are divided by T. For |t| m < 1 they are divided by t, and every difference is written as a
// series, so that nothing cancels: with y = |t| m, f = (1 - e^-y)/y, g = (1 - f)/y,
// k = h - 1/t + 1/2 and s = (L - h - 1 + u)/t, for t > 0
//
//   (1 - T)/t = m f
//   (L - T (h + K r))/t = s + K (1 - r)/t - m^2 g - m f (1/2 - k) + m f K r

/// The tail of a queue with room for all, and what its mean number needs beside it.
struct GeometricTail {
  /// t, the rate at which the tail falls from packet to packet; negative in overload.
  var decay: Octet
  /// u: the tail at K is e^(-t (K - 1 + u)).
  var shift: Octet
  /// h over the load.
  var beyond: Octet
  /// L over the load.
  var longRun: Octet
}

extension QueueOctet {
  /// Loss, and the mean time from arrival to departure in services.
  ///
  /// The slope s is asked for only where some tail is nearly flat.
  @inline(__always)
  func finite(
    _ tail: GeometricTail, slope: () -> Octet
  ) -> (loss: Octet, sojourn: Octet) {
    let m = places - 1 + tail.shift
    let steepness = tail.decay.magnitudes
    let y = steepness * m
    let e = choose(y .> Octet(700), Octet(0), vectorExp(-y.least(Octet(700))))
    let isStable = tail.decay .> 0
    let isFlat = y .< Octet(1)
    var fall = (1 - e) / steepness
    // T, 1 - T and so on, or the same over T.
    let atFull = choose(isStable, e, Octet(1))
    let atNone = choose(isStable, Octet(1), e)
    let full = atFull * (tail.beyond + places)
    let stable = choose(isStable, tail.longRun * atNone - full, full - tail.longRun * atNone)
    var sojourn = stable / (1 - e)
    if any(isFlat) {
      let flat = flatSojourn(tail, m: m, y: y, slope: slope())
      fall = choose(isFlat, flat.fall, fall)
      sojourn = choose(isFlat, flat.sojourn, sojourn)
    }
    let ratio = room.magnitudes / steepness
    let loss = ratio * atFull / (ratio * atNone + load * fall)
    return (loss, sojourn)
  }

  /// The mean time where the tail hardly falls or rises over the whole room.
  @inline(never)
  private func flatSojourn(
    _ tail: GeometricTail, m: Octet, y: Octet, slope: Octet
  ) -> (fall: Octet, sojourn: Octet) {
    let isStable = tail.decay .> 0
    let g = flatness(y)
    let f = 1 - y * g
    let fall = m * f
    let gap = 0.5 - Octet.bernoulli(tail.decay)
    let first = slope + places * (room / tail.decay)
    let rest = fall * (places * load - gap)
    let sum = choose(
      isStable, first - m * m * g, (1 - y * f) * first - m * m * (f - g))
    return (fall, (sum + rest) / (load * fall))
  }

  /// (y - 1 + e^-y) / y^2 for y from 0 to 1, by its series.
  @inline(__always)
  private func flatness(_ y: Octet) -> Octet {
    var sum = Octet(1.0 / 355_687_428_096_000)
    for divisor in Self.factorials { sum = divisor - y * sum }
    return sum
  }

  /// 1/16! to 1/2!.
  private static let factorials: [Double] = [
    1.0 / 20_922_789_888_000, 1.0 / 1_307_674_368_000, 1.0 / 87_178_291_200, 1.0 / 6_227_020_800,
    1.0 / 479_001_600, 1.0 / 39_916_800, 1.0 / 3_628_800, 1.0 / 362_880, 1.0 / 40_320, 1.0 / 5_040,
    1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2,
  ]
}
