// SPDX-License-Identifier: GPL-3.0-or-later
private import Glibc

// The delay that one in a hundred of the packets of a class exceeds, from two moments.
//
// With r_i, s_i and b_i the load of class i, its mean service and the variability of that,
// u = 1 - c_{k-1}, v = 1 - c_k, R_k the part of R that classes 1 to k bring, and T = sum of
// r_i s_i^2 (1 + b_i) (1 + 2 b_i), the third moment of a gamma distribution, the wait with room
// for all has (H. Kesten, J. Runnenburg, "Priority in waiting-line problems", 1957)
//
//   E W^2 = T / (3 u^2 v) + 2 R R_k / (u v)^2 + 2 R R_{k-1} / (u^3 v)
//
// Its ratio to (E W)^2 is taken for the wait that there really is. Of the delay the part
// (1 - b) s is always there. The rest is 0 with probability (1 - c) (1 - b), where c is the load
// of all classes, and else is taken as gamma with the right mean and variance, which is exact for
// M/M/1. A variability above 1 counts as 1 in both. The quantile of the gamma is that of E. Wilson
// and M. Hilferty (1931). It is at most what 99 % of full rooms take, each at what is left.

extension PriorityColumns {
  /// The 99th percentile of the delay of a class that has been evaluated, in seconds.
  ///
  /// - Complexity: O(classes).
  public func longDelay(of link: Int, _ flowClass: Int) -> Double {
    let queue = self[link, flowClass]
    let service = queue.packet_bits / queue.capacity_bit_s
    let found = answer(to: link, flowClass)
    let terms = moments(of: link, flowClass)
    let variability = queue.serviceVariability + 2 * terms.higher / (service * terms.before)
    let places =
      queue.places + PriorityColumns.deviations * (queue.places * variability).squareRoot()
    let fullRoom = service + (service * places + terms.residual) / terms.before
    guard found.delay_s < .infinity, fullRoom < .infinity else { return .infinity }
    let mixed = min(1, queue.serviceVariability)
    let ratio = terms.ratio.isFinite ? max(1, terms.ratio) : 2
    let rest = Rest(
      mean: found.wait_s + mixed * service,
      variance: (ratio - 1) * found.wait_s * found.wait_s
        + queue.serviceVariability * service * service,
      probability: terms.load + (1 - terms.load) * mixed)
    return min((1 - mixed) * service + rest.quantile, max(found.delay_s, fullRoom))
  }

  /// The standard normal deviation that one in a hundred exceeds.
  private static let deviations = 2.326_347_874
}

/// What the wait of a class depends on.
private struct WaitMoments {
  /// 1 - c_{k-1}.
  var before = 1.0
  /// R, and the part that higher classes bring at random, in seconds.
  var residual = 0.0
  var higher = 0.0
  /// E W^2 over (E W)^2.
  var ratio = 2.0
  /// The load of all classes.
  var load = 0.0
}

extension PriorityColumns {
  private func moments(of link: Int, _ flowClass: Int) -> WaitMoments {
    var terms = WaitMoments()
    var third = 0.0
    var higher = 0.0
    var upTo = 0.0
    var after = 1.0
    for index in 0..<classes {
      let queue = self[link, index]
      let service = queue.packet_bits / queue.capacity_bit_s
      let load = load(of: link, index)
      let paced = fluids[place(link, index)] / queue.capacity_bit_s
      let left = (load + paced) * service * (1 + queue.serviceVariability) / 2
      terms.residual += left
      third += 2 * left * service * (1 + 2 * queue.serviceVariability)
      terms.load += load + paced
      if index < flowClass {
        higher += left
        terms.higher += load * service * (1 + queue.serviceVariability) / 2
        terms.before -= load + paced
      } else if index == flowClass {
        upTo = higher + left
        after = terms.before - load
      }
    }
    terms.load = min(1, terms.load)
    terms.before = max(0, terms.before)
    after = max(0, after)
    let mean = terms.residual / (terms.before * after)
    let both = terms.before * after
    let square =
      third / (3 * terms.before * both) + 2 * terms.residual * upTo / (both * both)
      + 2 * terms.residual * higher / (terms.before * terms.before * both)
    terms.ratio = square / (mean * mean)
    return terms
  }

  /// The load of a class that found room.
  private func load(of link: Int, _ flowClass: Int) -> Double {
    let queue = self[link, flowClass]
    let load =
      queue.offered_bit_s * (1 - answer(to: link, flowClass).loss) / queue.capacity_bit_s
    return load > 0 ? min(1, load) : 0
  }
}

/// A time that is 0 or gamma.
private struct Rest {
  var mean: Double
  var variance: Double
  /// That it is not 0.
  var probability: Double

  /// What it exceeds in one of a hundred cases.
  var quantile: Double {
    guard mean > 0, probability > PriorityTail.exceeding else { return 0 }
    // Of what is not 0: the squared coefficient of variation is 1 over the shape.
    let variation = probability * (variance / (mean * mean) + 1) - 1
    let shape = 1 / max(1e-12, variation)
    let deviation = PriorityTail.normal(exceededBy: PriorityTail.exceeding / probability)
    let root = 1 - 1 / (9 * shape) + deviation / (3 * shape.squareRoot())
    return mean / probability * max(0, root * root * root)
  }
}

private enum PriorityTail {
  static let exceeding = 0.01

  /// What a normal deviate exceeds with a probability, within 5e-4.
  ///
  /// M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 26.2.23.
  static func normal(exceededBy part: Double) -> Double {
    let t = (-2 * log(min(part, 1 - part))).squareRoot()
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328)
    let below = 1 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))
    let deviation = t - above / below
    return part <= 0.5 ? deviation : -deviation
  }
}
