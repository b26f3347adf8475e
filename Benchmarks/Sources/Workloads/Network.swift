// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

/// A network that benchmarks send flows over: links by number, and a way to draw a path.
///
/// A conformer draws each path from the stream alone, so that the same seed gives the same flows.
public protocol Network {
  /// The capacity of each link in bits per second.
  var capacities: [Double] { get }

  /// Draws the links that a flow takes.
  func path(using stream: inout RandomStream) -> [Int]
}

/// The shapes of network that benchmarks know by name.
public enum NetworkShape: String, CaseIterable, Sendable {
  /// Ten clusters on a double ring.
  case ring
  /// Hosts around one switch that is never full.
  case star
  /// Two tiers of switches, half as much up as down.
  case clos
  /// Stars of 16 hosts that never meet.
  case islands

  /// The number of hosts where nothing else is said; the ring has none.
  public var usualHosts: Int { self == .islands ? 1024 : 128 }

  public func network(hosts: Int) -> any Network {
    switch self {
    case .ring: Ring()
    case .star: Star(hosts: hosts, hostsPerIsland: hosts)
    case .clos: Clos(hosts: hosts)
    case .islands: Star(hosts: hosts, hostsPerIsland: 16)
    }
  }
}

/// Draws two different numbers below a bound.
func twoDifferent(below bound: Int, using stream: inout RandomStream) -> (Int, Int) {
  let first = Int.random(in: 0..<bound, using: &stream)
  let second = Int.random(in: 0..<bound - 1, using: &stream)
  return (first, second >= first ? second + 1 : second)
}

let gigabit = 1e9
