// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Simulator

extension Checker {
  /// A route for a demand; over a fabric by the one path that a hash of its name picks.
  ///
  /// A demand is a rate on the links of a route, and stays whole whatever the policy.
  mutating func onOnePath(_ route: Int, of name: String) -> Int {
    for fabric in fabrics.compactMap(\.self) {
      let found = fabric.onOnePath(routes.all[route], of: name, seed: scenario.seed.value)
      guard let found else { continue }
      seedIsUsed = true
      return routes.position(of: found)
    }
    return route
  }
}
