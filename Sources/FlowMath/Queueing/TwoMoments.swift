// SPDX-License-Identifier: GPL-3.0-or-later

// A queue of which the mean and the variability of gaps and of sizes are known, GI/G/1/K.
//
// Between exponential sizes (variability 1) and equal ones (0) the mean of M/G/1 is linear in the
// variability of sizes b (Pollaczek, Khinchine), and so nearly is the distance 1/t over which
// its tail falls (Tijms, 9.2 and 9.6, interpolates in this way):
//
//   1/t = b / t_M + (1 - b) / t_D,      u = b + (1 - b) u_D
//
// M/M/1/K and the pole of M/D/1/K are its ends. Variability of arrivals a adds to the distance
// what it adds in heavy traffic, 1/t = (a + b) / (2 (1 - r)) (J. Kingman, 1961), weighted with
// the load as in E. Gelenbe's diffusion (J. ACM 22, 1975), t = 2 (1 - r) / (r a + b):
//
//   1/t = [b + (1 - b) t_M/t_D + w (a - 1)/2] / t_M,   w = min(r, 1)
//
// Bursts (a > 1) also shift the tail, as arrivals do not see what time sees: u grows by w B,
// B = (a - 1)/2, which is exact for exponential sizes at load 1, and L is less by w^2 (2 - w) B,
// which fits the means of such queues to some percent. With room for one packet it is Erlang's
// r / (1 + r), and no packet waits for more than a full room.
//
// Three more things keep it from nonsense where places are few. Equal sizes there have an exact
// answer, and the part 1 - b of what it differs from that by the pole is taken (in logarithms).
// Of bursts with more packets than find room those wait that do: for the delay, a counts as K at
// most, since it would else fall as the load grows. And gaps that vary by less than 0.2 - b count as
// ones that vary by that, since the loss would.

extension QueueOctet {
  @inline(__always)
  func twoMoments() -> QueueAnswerOctet {
    var smooth = self
    smooth.arrivalVariability = arrivalVariability.greatest(0.2 - serviceVariability)
    let moments = TwoMoments(smooth)
    var (loss, sojourn) = finite(moments.tail) { moments.slope }
    let isCrowded = arrivalVariability .> places
    if any(isCrowded) {
      smooth.arrivalVariability = smooth.arrivalVariability.least(places)
      sojourn = choose(isCrowded, smooth.sojournByTwoMoments(), sojourn)
    }
    let isFew = places .< Octet(Double(FewPlaces.limit))
    if any(isFew) {
      let few = moments.withFewPlaces(loss: loss, sojourn: sojourn)
      loss = choose(isFew, few.loss, loss)
      sojourn = choose(isFew, few.sojourn, sojourn)
    }
    let longest = places * (0.5 + 0.5 * serviceVariability).greatest(Octet(1))
    let isSingle = places .< Octet(2)
    return answer(
      loss: choose(isSingle, load / (1 + load), loss),
      sojourn: choose(isSingle, Octet(1), sojourn.least(longest)))
  }

  @inline(never)
  private func sojournByTwoMoments() -> Octet {
    let moments = TwoMoments(self)
    return finite(moments.tail) { moments.slope }.sojourn
  }
}

/// What two moments say of the tail.
private struct TwoMoments {
  let tail: GeometricTail
  private let queue: QueueOctet
  private let fixed: DecayRate
  /// t_M.
  private let exponential: Octet
  /// t_M / t, for Poisson arrivals and for the real ones.
  private let poisson: Octet
  private let stretch: Octet
  /// B.
  private let burst: Octet
  private let weight: Octet

  @inline(__always)
  init(_ queue: QueueOctet) {
    self.queue = queue
    let logLoad = queue.logLoad
    exponential = -logLoad
    fixed = DecayRate(load: queue.load, room: queue.room, logLoad: logLoad)
    let equal = 1 - queue.serviceVariability
    let excess = 0.5 * (queue.arrivalVariability - 1)
    burst = excess.greatest(Octet(0))
    weight = queue.load.least(Octet(1))
    poisson =
      (queue.serviceVariability + equal * (exponential / fixed.t)).greatest(Octet(1e-6))
    stretch = (poisson + weight * excess).greatest(Octet(1e-6))
    let beyond = TwoMoments.beyond(exponential / stretch, load: queue.load)
    let ofPoisson = TwoMoments.beyond(exponential / poisson, load: queue.load)
    let mean = 1 + queue.load * (1 + queue.serviceVariability) / (queue.room + queue.room)
    tail = GeometricTail(
      decay: exponential / stretch,
      shift: queue.serviceVariability + equal * fixed.shift + weight * burst, beyond: beyond,
      longRun: mean + (beyond - ofPoisson)
        - weight * weight * (2 - weight) * burst / queue.load)
  }

  /// 1/(e^t - 1) over the load.
  @inline(__always)
  private static func beyond(_ t: Octet, load: Octet) -> Octet {
    1 / (load * vectorExpm1(t.least(Octet(700)).greatest(Octet(-700))))
  }

  /// Loss and delay in services of queues with few places.
  @inline(never)
  func withFewPlaces(loss: Octet, sojourn: Octet) -> (loss: Octet, sojourn: Octet) {
    let tail = GeometricTail(
      decay: fixed.t, shift: fixed.shift, beyond: 1 / fixed.t,
      longRun: 1 + queue.load / (queue.room + queue.room))
    let byPole = queue.finite(tail) { fixed.slope }
    let exact = FewPlaces(load: queue.load, room: queue.room, tail: tail)
      .answer(places: queue.places)
    let equal = (1 - queue.serviceVariability).greatest(Octet(0))
    @inline(__always)
    func part(of ratio: Octet) -> Octet {
      let bounded = choose(ratio .> 0, ratio, Octet(1)).least(Octet(4))
      return vectorExp(equal * vectorLog(bounded))
    }
    return (
      loss * part(of: exact.loss / byPole.loss),
      sojourn * part(of: exact.sojourn / byPole.sojourn)
    )
  }

  /// s as it follows from 1/t being linear: of 1/t nothing is left, only what is odd in t.
  var slope: Octet {
    @inline(never) get {
      let odd =
        queue.serviceVariability * Octet.bernoulli(exponential)
        - Octet.bernoulli(exponential / poisson) + (1 - queue.serviceVariability) * fixed.k
      let ofFixed = (1 - queue.serviceVariability) * fixed.slope * fixed.t
      let ofBursts = burst * weight * (1 - weight) * (1 - weight)
      return (odd + ofFixed + ofBursts) * (stretch / exponential)
    }
  }
}
