// SPDX-License-Identifier: GPL-3.0-or-later

// How fast the number in a queue with equal sizes and Poisson arrivals falls off.
//
// The generating function of its distribution at load r has its nearest pole at e^t with
//
//   r = t / (e^t - 1)        t > 0 for r < 1, t < 0 for r > 1
//
// so that P(j or more) tends to e^(-t (j - 1 + u)), e^(-t u) = (1 - r) / (t - 1 + r) (Tijms,
// 9.2). With k(t) = 1/(e^t - 1) - 1/t + 1/2, an odd function from -1/2 to 1/2 whose series has
// Bernoulli's numbers,
//
//   1 - r = t (1/2 - k),    e^(-t u) = (1/2 - k)/(1/2 + k),    d ln r / dt = -(1/2 + k)

extension SIMD8<Double> {
  /// 1/(e^t - 1) - 1/t + 1/2 for each t.
  @inline(__always)
  static func bernoulli(_ t: Octet) -> Octet {
    let bounded = t.greatest(Octet(-700)).least(Octet(700))
    let inverse: Octet = 1 / vectorExpm1(bounded)
    let plain: Octet = inverse - 1 / t + 0.5
    let isSmall = t.magnitudes .< Octet(0.5)
    return any(isSmall) ? choose(isSmall, t * bernoulliRatio(t), plain) : plain
  }

  /// The same over t, for |t| below 1/2.
  @inline(__always)
  static func bernoulliRatio(_ t: Octet) -> Octet {
    1.0 / 12 + t * t * bernoulliRest(t)
  }

  /// Its series without the first term, over t^2.
  @inline(__always)
  static func bernoulliRest(_ t: Octet) -> Octet {
    let square = t * t
    var sum = square * (1.0 / 74_724_249_600) - 691.0 / 1_307_674_368_000
    sum = sum * square + 1.0 / 47_900_160
    sum = sum * square - 1.0 / 1_209_600
    sum = sum * square + 1.0 / 30_240
    return sum * square - 1.0 / 720
  }
}

/// The pole of eight queues with equal sizes.
struct DecayRate {
  var t: Octet
  /// k(t).
  var k: Octet

  /// Beyond this load t is -load to within 1e-300.
  private static let greatestLoad = 1e9

  /// Solves r = t / (e^t - 1) for t.
  ///
  /// The start is within 5 %. A step is Newton's for the logarithm of the load, which is nearly
  /// straight; ln(1 + x) = 2 x / (2 + x) will do there, as x comes to nothing.
  @inline(__always)
  init(load: Octet, room: Octet, logLoad: Octet) {
    let load = load.least(Octet(Self.greatestLoad))
    let room = room.greatest(Octet(1 - Self.greatestLoad))
    let isStable = room .> 0
    let below = choose(isStable, vectorLog(1 - logLoad) - logLoad, Octet(0))
    var t = choose(isStable, below, (room + room).greatest(-load))
    var k = Octet.bernoulli(t)
    for _ in 0..<Self.steps {
      let excess: Octet = (room - t * (0.5 - k)) / load
      let straight: Octet = (2 + excess) * (0.5 + k)
      t += 2 * excess / straight
      k = Octet.bernoulli(t)
    }
    self.t = t
    self.k = k
  }

  private static let steps = 3

  /// u, by which the tail is shifted: a third at load 1.
  @inline(__always)
  var shift: Octet {
    let plain = vectorLog((0.5 + k) / (0.5 - k)) / t
    let isSmall = t.magnitudes .< Octet(0.5)
    guard any(isSmall) else { return plain }
    let ratio = Octet.bernoulliRatio(t)
    return choose(isSmall, 4 * ratio * (1 + artanhRest(ratio) * t * t), plain)
  }

  /// s of a queue with equal sizes, (L - h - 1 + u) / t.
  @inline(never)
  var slope: Octet {
    // L - h = (1 - (1 - r)^2) / (2 (1 - r)) - k - 1/t + 1/2, written with 1 - r = t (1/2 - k).
    let half = 0.5 - k
    let offset: Octet = k / (half * t) - t * half / 2 - k
    let direct: Octet = (offset - 0.5 + shift) / t
    let ratio = Octet.bernoulliRatio(t)
    let rest = Octet.bernoulliRest(t)
    let ofMean: Octet = 6 * t * rest + 2 * ratio * ratio / half - ratio
    let ofArtanh: Octet = 4 * ratio * artanhRest(ratio) * t
    let ofShift: Octet = ofArtanh + k / 2 - 0.25
    let series = ofMean + ofShift
    return choose(t.magnitudes .< Octet(0.5), series, direct)
  }

  /// (artanh x - x) / (x t^2) for x = 2 k, below 1/12.
  @inline(__always)
  private func artanhRest(_ ratio: Octet) -> Octet {
    let square = 4 * k * k
    var sum = square * (1.0 / 15) + 1.0 / 13
    sum = sum * square + 1.0 / 11
    sum = sum * square + 1.0 / 9
    sum = sum * square + 1.0 / 7
    sum = sum * square + 1.0 / 5
    sum = sum * square + 1.0 / 3
    return 4 * ratio * ratio * sum
  }
}
