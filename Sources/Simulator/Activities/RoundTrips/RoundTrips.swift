// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

/// Requests and jobs: bytes go there, are served, and bytes come back.
final class RoundTrips: Activity {
  let world: World
  var book: RoundTripBook

  init(_ world: World) {
    self.world = world
    book = RoundTripBook(sources: world.model.traffic.count)
  }

  func handle(_ event: RoundTripEvent) throws(RunError) {
    switch event {
    case .turns(let roundTrip): try roundTripTurns(roundTrip)
    }
  }

  var isOver: Bool { book.planned == 0 }

  var nextFlow: SimTime { isOver ? .distantFuture : now }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    outcome.inputs = try inputRecords()
    outcome.traces = traceOutcomes()
    outcome.summary.add(outcome.traces)
    outcome.sections.add(
      requests(outcome.traces), jobs(outcome.traces), answers(outcome.traces), rank: 10)
  }
}

enum RoundTripEvent: RunEvent {
  /// A request or a job has been served: what comes back sets out.
  case turns(roundTrip: RoundTripID)

  var mark: EventMark? {
    switch self {
    case .turns(let roundTrip): EventMark(40, roundTrip)
    }
  }
}
