// SPDX-License-Identifier: GPL-3.0-or-later

// The three laws of a queue with room for K packets, each by its geometric tail.

extension QueueOctet {
  @inline(__always)
  func answer(by law: QueueLaw) -> QueueAnswerOctet {
    switch law {
    case .mm1k: mm1k()
    case .md1k: md1k()
    case .twoMoments: twoMoments()
    }
  }

  /// M/M/1/K: the tail is r^K, so t = -ln r and u = 1; h = r / (1 - r) = L.
  ///
  /// L. Kleinrock, "Queueing Systems" I, 1975, 3.6.
  @inline(__always)
  func mm1k() -> QueueAnswerOctet {
    let tail = GeometricTail(
      decay: -logLoad, shift: Octet(1), beyond: 1 / room, longRun: 1 / room)
    let (loss, sojourn) = finite(tail) { Octet(0) }
    return answer(loss: loss, sojourn: sojourn)
  }

  /// M/D/1/K: exact for few places, and by the nearest pole for many.
  ///
  /// The next pole is at least four times as far away where loss is above 1e-20, so that from
  /// `FewPlaces.limit` places on the error of the tail is below 1e-11 of itself.
  @inline(__always)
  func md1k() -> QueueAnswerOctet {
    let decay = DecayRate(load: load, room: room, logLoad: logLoad)
    let tail = GeometricTail(
      decay: decay.t, shift: decay.shift, beyond: 1 / decay.t, longRun: 1 + load / (room + room))
    var (loss, sojourn) = finite(tail) { decay.slope }
    let isFew = places .< Octet(Double(FewPlaces.limit))
    if any(isFew) {
      let few = FewPlaces(load: load, room: room, tail: tail).answer(places: places)
      loss = choose(isFew, few.loss, loss)
      sojourn = choose(isFew, few.sojourn, sojourn)
    }
    return answer(loss: loss, sojourn: sojourn)
  }

  /// ln r, where r and 1 - r have to agree to the last bit.
  @inline(__always)
  var logLoad: Octet {
    // Next to 1 the load is what the room makes it.
    vectorLog(choose(load .== Octet(1), 1 - room, load))
  }
}
