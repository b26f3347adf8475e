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

  let load: Octet
  let room: Octet
  /// T for `limit` places.
  private let remote: Octet

  @inline(__always)
  init(load: Octet, room: Octet, tail: GeometricTail) {
    self.load = load
    self.room = room
    let exponent = tail.decay * (Double(FewPlaces.limit - 1) + tail.shift)
    remote = vectorExp(-exponent.greatest(Octet(0)).least(Octet(700)))
  }

  /// The loss, and the mean time from arrival to departure in services.
  @inline(never)
  func answer(places: Octet) -> (loss: Octet, sojourn: Octet) {
    withUnsafeTemporaryAllocation(of: Octet.self, capacity: 2 * FewPlaces.limit) { memory in
      var more = memory.extracting(..<FewPlaces.limit)
      var weights = memory.extracting(FewPlaces.limit...)
      let bounded = load.least(Octet(FewPlaces.greatestLoad))
      let none = vectorExp(-bounded)
      fillArrivals(&more, none: none, load: bounded)
      weigh(&weights, more, none: none)
      return sum(weights, places: places)
    }
  }

  /// Puts down A_k, the probabilities of more than k arrivals during a service.
  @inline(__always)
  private func fillArrivals(
    _ more: inout UnsafeMutableBufferPointer<Octet>, none: Octet, load: Octet
  ) {
    var probability = none
    var sum = none
    more[0] = none
    for k in 1..<FewPlaces.limit {
      probability *= load * (1 / Double(k))
      more[k] = probability
      sum += probability
    }
    var above = Octet(0)
    for k in FewPlaces.limit..<(2 * FewPlaces.limit) {
      probability *= load * (1 / Double(k))
      above += probability
    }
    // For high loads from 1, as they are near it; for low ones by their own sum.
    above = choose(load .< Octet(2), above, 1 - sum)
    for k in (0..<FewPlaces.limit).reversed() {
      let here = more[k]
      more[k] = above.greatest(Octet(0))
      above += here
    }
  }

  /// Puts down x_j, the weights of j packets.
  @inline(__always)
  private func weigh(
    _ weights: inout UnsafeMutableBufferPointer<Octet>,
    _ more: UnsafeMutableBufferPointer<Octet>, none: Octet
  ) {
    let inverse = 1 / none
    weights[0] = Octet(1)
    for j in 0..<(FewPlaces.limit - 1) {
      var flow = more[j]
      for i in 0..<j { flow += weights[i + 1] * more[j - i] }
      weights[j + 1] = flow * inverse
    }
  }

  @inline(__always)
  private func sum(
    _ weights: UnsafeMutableBufferPointer<Octet>, places: Octet
  ) -> (loss: Octet, sojourn: Octet) {
    var below = Octet(0)
    var number = Octet(0)
    var above = Octet(0)
    for j in 0..<FewPlaces.limit {
      let isBelow = Octet(Double(j + 1)) .<= places
      below += choose(isBelow, weights[j], Octet(0))
      number += choose(isBelow, weights[j] * Double(j), Octet(0))
      above += choose(isBelow, Octet(0), weights[j])
    }
    let beyond = choose(room .> 0, remote + room * above, 1 - room * below)
    return (beyond / (1 + load * below), (number + places * beyond) / (load * below))
  }
}
