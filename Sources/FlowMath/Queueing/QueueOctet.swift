// SPDX-License-Identifier: GPL-3.0-or-later

/// Eight queues in the terms of their formulas: time in mean services, load as a ratio.
struct QueueOctet {
  /// Offered load over capacity, within bounds that change no answer.
  var load: Octet
  /// 1 - load, never quite 0: the formulas are ratios that have a limit there.
  var room: Octet
  var places: Octet
  var arrivalVariability: Octet
  var serviceVariability: Octet
  /// The mean time of a service, in seconds.
  var service_s: Octet
  /// The load as it was given; no number where nothing comes to a server that does nothing.
  private let given: Octet

  /// The least load told apart from others.
  ///
  /// Below it nothing is lost; above the greatest, as good as 1 - 1/load is.
  private static let leastLoad = 1e-200
  private static let greatestLoad = 1e30
  /// The least distance from a load of 1, that of the next number.
  private static let leastRoom = 0x1p-53

  @inline(__always)
  init(
    offered: Octet, capacity: Octet, packet: Octet, places: Octet, arrivalVariability: Octet,
    serviceVariability: Octet
  ) {
    given = offered / capacity
    let bounded = given.greatest(Octet(Self.leastLoad)).least(Octet(Self.greatestLoad))
    let distance = 1 - bounded
    load = bounded
    room = choose(distance .== 0, Octet(Self.leastRoom), distance)
    self.places = places.greatest(Octet(1))
    self.arrivalVariability = arrivalVariability.greatest(Octet(0))
    self.serviceVariability = serviceVariability.greatest(Octet(0))
    service_s = packet / capacity
  }

  /// The answer in seconds: nothing is lost of nothing, and all is where nothing is served.
  ///
  /// At least what does not fit of a fluid is lost, 1 - 1/load.
  @inline(__always)
  func answer(loss: Octet, sojourn: Octet) -> QueueAnswerOctet {
    let bounded = loss.greatest((1 - 1 / load).greatest(Octet(0))).least(Octet(1))
    let ofNothing = choose(given .> 0, bounded, Octet(0))
    let wait = (sojourn - 1).greatest(Octet(0))
    let serves = service_s .< Octet(Double.infinity)
    return QueueAnswerOctet(
      loss: choose(given .== Octet(Double.infinity), Octet(1), ofNothing),
      delay_s: choose(serves, service_s * (wait + 1), Octet(Double.infinity)),
      wait_s: choose(serves, service_s * wait, Octet(Double.infinity)))
  }
}

/// The answers of eight queues.
struct QueueAnswerOctet {
  var loss: Octet
  var delay_s: Octet
  var wait_s: Octet
}
