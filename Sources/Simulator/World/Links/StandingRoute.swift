// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

extension World {
  /// The route that a rate takes as links stand: its own, or a detour where its class moves.
  ///
  /// Nil where links of its own have been down for longer than its class is patient, and there is
  /// no other. A detour that it takes now is kept for as long too while a link of that is down.
  func standingRoute(
    from home: Route, _ terms: TrafficClass, present: Route? = nil
  ) -> Route? {
    guard links.downCount > 0,
      home.links.contains(where: { links.isDown($0, for: terms.patience, at: now) })
    else { return home }
    guard terms.onFailure == .move, let source = home.source, let target = home.target
    else { return nil }
    if let present, present.links != home.links, isWaitedFor(present, terms) { return present }
    return detours.route(from: source, to: target, in: model.topology) { [links] in
      links.isDown($0)
    }
  }
  /// Whether a link of a route is down, and none for longer than a class is patient.
  private func isWaitedFor(_ route: Route, _ terms: TrafficClass) -> Bool {
    route.links.contains { links.isDown($0) }
      && !route.links.contains { links.isDown($0, for: terms.patience, at: now) }
  }
}
