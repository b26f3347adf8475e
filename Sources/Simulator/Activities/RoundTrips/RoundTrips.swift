// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Traffic

/// Requests and jobs: bytes go there, are served, and bytes come back.
final class RoundTrips: Activity {
  let world: World
  var roundTrips: RoundTripDesk

  init(_ world: World) {
    self.world = world
    roundTrips = RoundTripDesk(sources: world.model.traffic.count)
  }

  func begin() throws(RunError) {}

  func handle(_ event: RoundTripEvent) throws(RunError) {
    switch event {
    case .turns(let roundTrip): try roundTripTurns(roundTrip)
    }
  }

  var isOver: Bool { roundTrips.planned == 0 }

  /// Those of the sources tell.
  var fractionsDone: [Double] { [] }
}

enum RoundTripEvent: BitwiseCopyable {
  /// A request or a job has been served: what comes back sets out.
  case turns(roundTrip: Int32)

  var mark: EventMark? {
    switch self {
    case .turns(let roundTrip): EventMark(40, roundTrip)
    }
  }
}
