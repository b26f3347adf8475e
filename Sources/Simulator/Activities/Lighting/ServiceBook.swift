// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Results

/// Adds up how available each lit link was as a service, and its lightpaths one by one.
struct ServiceBook {
  private(set) var services: [ServiceLife]
  /// The lightpaths of each lit link.
  private(set) var links: [ServiceTimes]
  /// Lightpaths that belong to no link.
  private(set) var requests = ServiceTimes()
  /// What protection costs those that were lit at the start, and those of requests.
  private(set) var protection: ProtectionCost

  init(_ light: LightNetwork, links count: Int) {
    links = Array(repeating: ServiceTimes(), count: count)
    services = (0..<count).map { ServiceLife(light.capacity(ofLink: $0) > .zero ? .up : .dark) }
    protection = ProtectionCost(ofLinksOf: light)
  }

  /// Books a circuit that goes dark, or that the run ends with.
  mutating func add(_ circuit: Circuit, of light: LightNetwork, at now: SimTime) {
    if circuit.isForClients { protection.add(circuit, of: light) }
    if !circuit.link.isNone {
      links[circuit.link.index].add(circuit, at: now)
    } else {
      requests.add(circuit, at: now)
    }
  }

  mutating func turn(_ link: Int, _ state: ServiceLife.State, at now: SimTime) {
    services[link].turn(state, at: now)
  }

  /// Books all services up to the end of the run.
  mutating func close(at now: SimTime) {
    for link in services.indices { services[link].turn(.dark, at: now) }
  }
}

/// How long a link made of light had capacity, and how long it had none though it was lit.
///
/// A link that has lost some of its lightpaths is up: its service goes on at less capacity. The
/// time before its first light and that without any lightpath count neither way.
struct ServiceLife {
  enum State: Equatable {
    /// No lightpath, or none that is set up.
    case dark
    case up
    /// Lightpaths, none of which carries.
    case down
  }

  private var state: State
  private var since = SimTime.zero
  private(set) var up = SimDuration.zero
  private(set) var down = SimDuration.zero
  private(set) var outages = 0
  private(set) var longest = SimDuration.zero

  init(_ state: State) {
    self.state = state
  }

  var availability: Double {
    let all = (up + down).seconds
    return all > 0 ? up.seconds / all : .nan
  }

  /// Changes state; what is over within its instant was no outage.
  mutating func turn(_ next: State, at now: SimTime) {
    guard next != state else { return }
    let time = now - since
    switch state {
    case .dark: break
    case .up: up = up + time
    case .down where time > .zero:
      down = down + time
      outages += 1
      longest = max(longest, time)
    case .down: break
    }
    (state, since) = (next, now)
  }
}
