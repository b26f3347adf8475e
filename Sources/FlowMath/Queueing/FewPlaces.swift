// SPDX-License-Identifier: GPL-3.0-or-later

// M/D/1/K for few places: the chain embedded at departures, state by state.
//
// With a_k the probability of k arrivals during a service and A_k that of more than k, as many
// departures lead from j + 1 to j as arrivals from at most j to more (V. Ramaswami, "A stable
// recursion for the steady state vector in Markov chains of M/G/1 type", 1988):
//
//   a_0 x_{j+1} = x_0 A_j + x_1 A_j + x_2 A_{j-1} + ... + x_j A_1,   x_0 = 1
//
// There is no subtraction in it, so that each x is good to its last bits. With S their sum over
// j < K, T = 1 - (1 - r) S, loss = T / (1 + r S), and where T is small it is what is above:
// T = (1 - r) (x_K + x_{K+1} + ...), the last part of which the geometric tail gives.

struct FewPlaces {
  /// The number of places from which on the geometric tail alone is exact enough.
  static let limit = 24

  /// Beyond this load S is so large that nothing but 1 - 1/r is left of the loss.
  private static let greatestLoad = 30.0

  private let load: Octet
  private let room: Octet
  /// x_j, the weight of j packets.
  private var weights: InlineArray<24, Octet>
  /// T for `limit` places.
  private let remote: Octet

  @inline(never)
  init(load: Octet, room: Octet, tail: GeometricTail) {
    self.load = load
    self.room = room
    let exponent = tail.decay * (Double(FewPlaces.limit - 1) + tail.shift)
    remote = vectorExp(-exponent.greatest(Octet(0)).least(Octet(700)))
    weights = InlineArray(repeating: Octet(1))
    let bounded = load.least(Octet(FewPlaces.greatestLoad))
    let none = vectorExp(-bounded)
    let more = FewPlaces.moreArrivals(than: none, load: bounded)
    for j in 0..<(FewPlaces.limit - 1) {
      var flow = more[j]
      for i in 0..<j { flow += weights[i + 1] * more[j - i] }
      weights[j + 1] = flow / none
    }
  }

  /// The probabilities of more than k arrivals during a service.
  @inline(__always)
  private static func moreArrivals(
    than none: Octet, load: Octet
  ) -> InlineArray<24, Octet> {
    var more = InlineArray<24, Octet>(repeating: none)
    // From below for high loads, where they are near 1; by their own sum for low ones.
    let isLow = load .< Octet(2)
    var probability = none
    var sum = none
    for k in 1..<limit {
      more[k] = probability * load * (1 / Double(k))
      probability = more[k]
      sum += probability
    }
    var above = Octet(0)
    for k in limit..<(2 * limit) {
      probability *= load * (1 / Double(k))
      above += probability
    }
    above = choose(isLow, above, 1 - sum)
    for k in (0..<limit).reversed() {
      let here = more[k]
      more[k] = above.greatest(Octet(0))
      above += here
    }
    return more
  }

  /// The loss, and the mean time from arrival to departure in services.
  @inline(__always)
  func answer(places: Octet) -> (loss: Octet, sojourn: Octet) {
    var below = Octet(0)
    var number = Octet(0)
    var above = Octet(0)
    for j in 0..<FewPlaces.limit {
      let isBelow = Octet(Double(j)) .< places.rounded(.down)
      below += choose(isBelow, weights[j], Octet(0))
      number += choose(isBelow, weights[j] * Double(j), Octet(0))
      above += choose(isBelow, Octet(0), weights[j])
    }
    let isStable = room .> 0
    let beyond = choose(isStable, remote + room * above, 1 - room * below)
    return (beyond / (1 + load * below), (number + places * beyond) / (load * below))
  }
}
