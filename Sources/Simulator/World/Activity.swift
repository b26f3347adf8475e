// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

/// Something that goes on in a world: it has its own state, handles its own events, and hears of
/// what concerns it.
///
/// It knows no other activity. `Run.activities` takes all of them through each stage of a run;
/// what one does not care for it leaves out.
protocol Activity: AnyObject {
  associatedtype Event: RunEvent
  var world: World { get }

  /// Says which decisions programs outside take, before anything begins.
  func enlistPolicies()
  /// Plans what comes by itself.
  func begin() throws(RunError)
  func handle(_ event: Event) throws(RunError)
  /// Whether nothing more comes of it.
  var isOver: Bool { get }
  /// The first instant, as far as is known, at which a flow of it may set out.
  var nextFlow: SimTime { get }
  /// How far each of its parts is, from 0 to 1, as far as that can be told.
  var fractionsDone: [Double] { get }
  /// Its flows that have arrived, and wait for something else than their first byte.
  var flowsInWait: FlowsInWait { get }
  /// Writes what is left to write, and adds what came of it.
  func finish(into outcome: inout RunOutcome) throws(RunError)
}

extension Activity {
  func enlistPolicies() {}
  func begin() throws(RunError) {}
  var isOver: Bool { true }
  var nextFlow: SimTime { .distantFuture }
  var fractionsDone: [Double] { [] }
  var flowsInWait: FlowsInWait { FlowsInWait() }
  func finish(into outcome: inout RunOutcome) throws(RunError) {}
}

/// Flows that wait, and the bytes that they have sent before.
struct FlowsInWait {
  var flows: [WaitingFlow] = []
  var sent = 0.0
}

extension Activity {
  var model: Model { world.model }
  var now: SimTime { world.now }
  var horizon: SimTime { world.horizon }

  func note(_ kind: EventsTable.Kind, _ subject: String, _ detail: String = "") throws(RunError) {
    try world.note(kind, subject, detail)
  }
}
