// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator

/// Which routes demands take, so that the channels and lines for them cost least.
///
///     the least  sum over links of price x max(0, ceil((load / fill - there) / each))
///
/// with the greatest load of a link over its two ways, all hours and all states. Whatever the routes
/// of a demand, under a failure on one its part takes the route of least delay that is left, as in a
/// run.
///
/// It never changes and is looked at at every step of a search, so it is a class, which is not copied.
final class RouteProblem: Sendable {
  /// What is the same whatever routes are chosen, with something out of order.
  struct State: Sendable {
    /// By link.
    var isDown: [Bool]
    /// What all else asks of links; hours of a link together.
    var fixed: [Double]
    /// By demand the links of its detour; nil where it stands still.
    var detours: [[Int32]?]
    /// By part, what there is and what one more adds.
    var rooms: [Room]
  }

  struct Room: Sendable {
    var there: Double
    var each: Double
  }

  struct Arc: Sendable {
    var source: Int
    var target: Int
    /// The position of what may be built there.
    var part: Int?
    var delay: Double
    /// False for a link that no route takes, such as a port of a fabric.
    var isUsed: Bool
  }

  let nodeCount: Int
  /// By link of the topology.
  let arcs: [Arc]
  /// By node, the links that leave it.
  let leaving: [[Int]]
  let parts: [BuildPart]
  let demands: [FreeDemand]
  let fill: Double
  /// Over how many routes a demand may be divided.
  let mostParts: Int
  let hours: Int
  /// The first is that in which nothing is out of order.
  let states: [State]

  init(
    _ screen: BuildScreen, _ demands: [FreeDemand], existing: Build
  ) {
    let topology = screen.site.model.topology
    let parts = screen.parts(on: existing)
    self.parts = parts
    self.demands = demands
    nodeCount = topology.nodes.count
    fill = screen.plan.fill
    mostParts = screen.plan.mostParts
    hours = screen.screening.hours.count
    var byLink = [Int?](repeating: nil, count: topology.links.count)
    for (index, part) in parts.enumerated() { for way in part.ways { byLink[way] = index } }
    arcs = topology.links.enumerated().map { index, link in
      Arc(
        source: Int(link.ends?.source.index ?? 0), target: Int(link.ends?.target.index ?? 0),
        part: byLink[index], delay: link.delay.seconds,
        isUsed: link.ends != nil && link.kind != .fabric)
    }
    var leaving = [[Int]](repeating: [], count: nodeCount)
    for (index, arc) in arcs.enumerated() where arc.isUsed { leaving[arc.source].append(index) }
    self.leaving = leaving
    states = screen.failures.map { Self.state($0, screen, demands, parts) }
  }

  private static func state(
    _ failure: Failure, _ screen: BuildScreen, _ demands: [FreeDemand], _ parts: [BuildPart]
  ) -> State {
    let state = screen.screening.state(under: failure)
    let sums = screen.screening.light.standing(without: failure.fibres).sums
    var down = DownLinks(screen.site.model, isDown: state.isDown)
    let broken = state.isDown.firstIndex(of: true).map { [Int32($0)] }
    let detours = demands.map { demand -> [Int32]? in
      guard let broken else { return demand.home }
      return down.links(
        of: broken, from: NodeID(index: demand.source), to: NodeID(index: demand.target),
        trafficClass: demand.trafficClass)
    }
    var fixed = state.loads
    for (demand, detour) in zip(demands, detours) {
      let taken = down.areUp(demand.home) ? demand.home : detour
      for link in taken ?? [] {
        for hour in demand.rates.indices {
          let place = Int(link) * demand.rates.count + hour
          fixed[place] -= demand.rates[hour]
          // What rounding leaves is nothing.
          if fixed[place] < 1e-9 * state.loads[place] { fixed[place] = 0 }
        }
      }
    }
    let rooms = parts.map { part in
      let room = screen.room(of: part, sums)
      return Room(there: room.there, each: room.each)
    }
    return State(isDown: state.isDown, fixed: fixed, detours: detours, rooms: rooms)
  }
}
