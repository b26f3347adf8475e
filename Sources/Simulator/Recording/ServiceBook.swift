// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results

/// Adds up how long the circuits of each lit link, and those of requests, carried.
struct ServiceBook {
  private(set) var links: [ServiceTimes]
  /// Circuits that belong to no link.
  private(set) var requests = ServiceTimes()

  init(links count: Int) {
    links = Array(repeating: ServiceTimes(), count: count)
  }

  /// Books a circuit that goes dark, or that the run ends with.
  mutating func add(_ circuit: Circuit, at now: SimTime) {
    if circuit.link >= 0 {
      links[Int(circuit.link)].add(circuit, at: now)
    } else {
      requests.add(circuit, at: now)
    }
  }
}
