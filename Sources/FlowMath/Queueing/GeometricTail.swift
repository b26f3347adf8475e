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
// are divided by T. For |t| m < 1/32 they are divided by t, and every difference is written as a
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
    let y = tail.decay.magnitudes * m
    let e = choose(y .> Octet(700), Octet(0), vectorExp(-y.least(Octet(700))))
    let isStable = tail.decay .> 0
    // T and 1, or the same over T.
    let atFull = choose(isStable, e, Octet(1))
    let atNone = choose(isStable, Octet(1), e)
    let distance = room.magnitudes
    var loss = distance * atFull / (distance * atNone + load * (1 - e))
    let gap = tail.longRun * atNone - atFull * (tail.beyond + places)
    var sojourn = choose(isStable, gap, -gap) / (1 - e)
    // Above, the differences lose ten bits at most.
    let isFlat = y .< Octet(0x1p-5)
    if any(isFlat) {
      let flat = flatAnswer(tail, m: m, y: y, slope: slope())
      loss = choose(isFlat, flat.loss, loss)
      sojourn = choose(isFlat, flat.sojourn, sojourn)
    }
    return (loss, sojourn)
  }

  /// The same where the tail hardly falls or rises over the whole room.
  @inline(never)
  private func flatAnswer(
    _ tail: GeometricTail, m: Octet, y: Octet, slope: Octet
  ) -> (loss: Octet, sojourn: Octet) {
    let isStable = tail.decay .> 0
    let g = flatness(y)
    let f = 1 - y * g
    let e = 1 - y * f
    let fall = m * f
    let ratio = room / tail.decay
    let first = slope + places * ratio
    let rest = fall * (places * load - 0.5 + Octet.bernoulli(tail.decay))
    let sum = choose(isStable, first - m * m * g, e * first - m * m * (f - g))
    let loss =
      choose(isStable, ratio * e, ratio) / (choose(isStable, ratio, ratio * e) + load * fall)
    return (loss, (sum + rest) / (load * fall))
  }

  /// (y - 1 + e^-y) / y^2 for y from 0 to 1/32, by its series.
  @inline(__always)
  private func flatness(_ y: Octet) -> Octet {
    var sum = 1.0 / 40_320 - y * (1.0 / 362_880)
    sum = 1.0 / 5_040 - y * sum
    sum = 1.0 / 720 - y * sum
    sum = 1.0 / 120 - y * sum
    sum = 1.0 / 24 - y * sum
    sum = 1.0 / 6 - y * sum
    return 0.5 - y * sum
  }
}
