// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

/// Flows of users that have bought a tier: who is let in, and who gets how much.
final class Elastic: Activity {
  let world: World
  let elastic: ElasticDesk

  init(_ world: World) {
    self.world = world
    elastic = ElasticDesk(world.model)
  }

  /// Draws the first flow of each entry.
  func begin() throws(RunError) {
    for entry in elastic.entries.indices { fetchElasticFlow(of: entry) }
  }

  func handle(_ event: ElasticEvent) throws(RunError) {
    switch event {
    case .arrives(let entry): try elasticFlowArrives(from: Int(entry))
    case .begins(let flow): try elasticFlowBegins(flow)
    case .patienceEnds(let entry, let number):
      try patienceEnds(entry: Int(entry), number: Int(number))
    }
  }

  var isOver: Bool { elastic.isOver }

  var fractionsDone: [Double] { elastic.fractionsDone }

  /// A link carries more or less from now on, or demands do.
  func noteElasticChange() {
    guard elastic.isOn else { return }
    elastic.arePeaksStale = true
    elastic.hasNewRoom = true
    elastic.needsGrants = true
  }

  /// Demands take more or less of a link than before.
  func takenChanged() {
    if elastic.isOn { elastic.needsGrants = true }
  }
}
