// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

/// Something that goes on in a world: it has its own state, handles its own events, and hears of
/// what concerns it.
protocol Activity: AnyObject {
  associatedtype Event
  var world: World { get }

  /// Plans what comes by itself.
  func begin() throws(RunError)
  func handle(_ event: Event) throws(RunError)
  /// Whether nothing more comes of it.
  var isOver: Bool { get }
  /// How far each of its parts is, from 0 to 1, as far as that can be told.
  var fractionsDone: [Double] { get }
}

// The world by the names of its parts, as long as code moves.
extension Activity {
  var model: Model { _read { yield world.model } }
  var now: SimTime { world.now }
  var horizon: SimTime { world.horizon }
  var queue: EventQueue<Happening> { _read { yield world.queue } _modify { yield &world.queue } }
  var fluid: FluidSystem { _read { yield world.fluid } _modify { yield &world.fluid } }
  var lanes: LaneTable { _read { yield world.lanes } _modify { yield &world.lanes } }
  var flows: FlowTable { _read { yield world.flows } _modify { yield &world.flows } }
  var names: NameStore { _read { yield world.names } _modify { yield &world.names } }
  var links: LinkStates { _read { yield world.links } _modify { yield &world.links } }
  var meter: LinkMeter { _read { yield world.meter } _modify { yield &world.meter } }
  var detours: DetourFinder { _read { yield world.detours } _modify { yield &world.detours } }
  var windows: Windows { _read { yield world.windows } _modify { yield &world.windows } }
  var tables: RunTables { _read { yield world.tables } _modify { yield &world.tables } }
  var probe: FlowProbe? { world.probe }
  var loss: LossDesk { world.loss }

  func note(_ kind: EventsTable.Kind, _ subject: String, _ detail: String = "") throws(RunError) {
    try world.note(kind, subject, detail)
  }
}
