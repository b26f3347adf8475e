// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Scheduling
internal import Traffic

/// Moves of data that book bandwidth in advance, or go as flows.
final class Transfers: Activity {
  let world: World
  let table: TableWriter<TransfersTable>?
  var book: TransferBook

  init(_ world: World) {
    self.world = world
    table = world.outputs.writer(of: TransfersTable.self)
    book = TransferBook(world.model)
  }

  /// Plans the first transfer of each source.
  func begin() throws(RunError) {
    guard !book.isEmpty else { return }
    for link in model.topology.links.indices { setRoom(of: LinkID(index: link)) }
    for source in model.transfers.sources.indices { fetchTransfer(of: source) }
  }

  func handle(_ event: TransferEvent) throws(RunError) {
    switch event {
    case .isAsked(let source): try transferIsAsked(from: Int(source))
    case .arrives(let transfer): try transferArrives(transfer.index)
    case .opens(let transfer): try windowOpens(of: transfer.index)
    }
  }

  var isOver: Bool { book.isOver }

  var nextFlow: SimTime { isOver ? .distantFuture : now }

  var fractionsDone: [Double] { book.fractionsDone }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    try finishTransfers()
    describe(book.tally, in: &outcome.summary)
    outcome.sections.add(shown(book.tally), rank: 60)
    outcome.sections.add(shownRefusals(book.tally), rank: 60)
  }

  /// Gives a link the room for bookings that its capacity has now.
  func setRoom(of link: LinkID) {
    guard !book.isEmpty else { return }
    let place = Int(link.index)
    world.windows.calendar.setRoom(
      of: place, to: world.links.effectiveCapacity(of: place) * model.transfers.share)
  }

  /// Leaves the floors of elastic flows on some links to these.
  func leaveFloors(on links: [LinkID]) {
    guard !model.elastic.entries.isEmpty else { return }
    for link in links {
      let place = Int(link.index)
      world.windows.calendar.setLimit(
        of: place,
        to: world.links.effectiveCapacity(of: place) - world.floors.promised(on: link))
    }
  }

  /// The flow class that a transfer came in on, whatever it is sent over.
  func home(of owner: Owner, on flowClass: FlowClassID) -> FlowClassID {
    guard case .transfer(let index) = owner else { return flowClass }
    return book.states[index.index].home
  }
}
