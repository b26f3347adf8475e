// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Traffic

/// Sources of flows: those of a list, of a trace, and of generators.
///
/// Each is one flow ahead of the run.
final class Offered: Activity {
  let world: World
  /// What is behind flows that something comes back for.
  let roundTrips: RoundTrips
  var sources: [FlowSource] = []
  var generators: [GeneratorState] = []
  /// The flow that each source will bring next.
  var arrivals: [Arrival?]
  var resolver: FlowClassResolver

  init(_ world: World, answeredBy roundTrips: RoundTrips) {
    self.world = world
    self.roundTrips = roundTrips
    arrivals = Array(repeating: nil, count: world.model.traffic.count)
    resolver = FlowClassResolver(
      topology: world.model.topology, classes: world.model.classes, places: world.model.places,
      fibres: Set(world.model.light.plant.fibres.map(\.name)))
  }

  func begin() throws(RunError) {
    for (index, source) in model.traffic.enumerated() {
      try open(source)
      try fetchNextFlow(of: index)
    }
  }

  func handle(_ event: OfferedEvent) throws(RunError) {
    switch event {
    case .flowArrives(let source): try flowArrives(from: Int(source))
    }
  }

  var isOver: Bool { arrivals.allSatisfy { $0 == nil } }

  var fractionsDone: [Double] { sources.map { fractionDone(of: $0) } }

  var nextFlow: SimTime {
    var first = SimTime.distantFuture
    for arrival in arrivals { first = min(first, arrival?.record.arrival ?? first) }
    return first
  }
}

enum OfferedEvent: RunEvent {
  /// The next flow of a source arrives.
  case flowArrives(source: Int32)

  var mark: EventMark? {
    switch self {
    case .flowArrives(let source): EventMark(1, source)
    }
  }
}
