// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling

/// What the world tells its activities, at once and in the order in which `Run.hear` lists them.
enum Notice {
  // MARK: Flows
  /// A flow is about to share bandwidth on a flow class.
  case flowBegins(on: FlowClassID)
  /// Many flows at once are about to: as much as all that was there before.
  case flowsBegin(on: FlowClassID)
  /// Flows are about to go on over a flow class.
  case flowsWillMove(to: FlowClassID)
  case flowsMoved(from: FlowClassID, to: FlowClassID)
  /// A flow has broken off, or its last repair is in; all other ends the loop tells itself.
  case flowIsOver(FlowEnd)

  // MARK: Links
  /// A link is about to carry more or less: what counts up to now is to be counted.
  case linkWillChange(LinkID)
  /// It carries more or less, and flows are about to share it anew.
  case linkChanges(LinkID)
  /// They do.
  case linkChanged(LinkID)
  /// It carries more or less, and neither went down nor came back.
  case linkKeepsUp(LinkID)
  /// It has been down for as long as some class is patient.
  case linkIsGivenUp(LinkID)
  /// Routes are to be looked at again, before those of flows.
  case routesChange
  /// It is about to be back: its flows go home.
  case linkReturns(LinkID)
  /// It is back, and flows have gone home.
  case linkIsBack(LinkID)
  /// The scenario has changed some links.
  case scenarioChanged([LinkID])

  // MARK: Facts
  /// Somebody is about to read what links have carried.
  case accountsAreRead
  /// Demands take more or less, or may later.
  case demandsChanged
  /// Demands take more or less of a link than before.
  case takenChanged
  /// What demands have come to is booked up to now.
  case demandsAreBooked
  /// Windows that are open take more or less.
  case windowsChanged
  /// The data have arrived that a job waits for.
  case dataArrived(job: Int)
  /// Data of a job on a pool that had a window have moved, or broken off.
  case jobDataEnd(JobID, FlowEnd)
}
