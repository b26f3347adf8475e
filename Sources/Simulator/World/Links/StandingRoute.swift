// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

extension World {
  /// The route that a rate takes as links stand: its own, or a detour where its class moves.
  ///
  /// Nil where links of its own have been down for longer than its class is patient, and there is
  /// no other.
  func standingRoute(from home: Route, _ terms: TrafficClass) -> Route? {
    guard links.downCount > 0,
      home.links.contains(where: { links.isDown($0, for: terms.patience, at: now) })
    else { return home }
    guard terms.onFailure == .move, let source = home.source, let target = home.target
    else { return nil }
    return detours.route(from: source, to: target, in: model.topology) { [links] in
      links.isDown($0)
    }
  }
}
