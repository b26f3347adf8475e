// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel

/// The different routes of a model, each once.
struct RouteTable {
  private(set) var all: [Route] = []
  private var positions: [Route: Int] = [:]

  /// The position of a route, which is added where it is new.
  mutating func position(of route: Route) -> Int {
    if let known = positions[route] { return known }
    positions[route] = all.count
    all.append(route)
    return all.count - 1
  }
}
