// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Traffic

/// What links do to packets, and what transports and demands make of it.
final class Loss: Activity {
  let world: World
  /// That of the world, known by itself: it is asked for at every step along every path.
  let book: LossBook
  let table: TableWriter<DemandsTable>?
  /// The watch on a demand, if there is one.
  var watch: DemandProbe?

  init(_ world: World) {
    self.world = world
    book = world.loss
    table = world.outputs.writer(of: DemandsTable.self)
  }

  func begin() throws(RunError) { try planDemands() }

  func handle(_ event: LossEvent) throws(RunError) {
    switch event {
    case .demandChanges(let demand): try demandChanges(demand.index)
    case .isLookedAt: lossIsLookedAt()
    }
  }

  /// Whether no demand changes any more.
  var isOver: Bool { book.demands.allSatisfy { $0.demand.nextChange(after: now) == nil } }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    outcome.demands = demandOutcomes()
    try writeDemands(outcome.demands)
    describeLoss(in: &outcome.summary)
    outcome.sections.add(shown(outcome.demands), rank: 80)
  }

  func flowBegins(on flowClass: FlowClassID) {
    book.noteFlow()
    renewFlowClassIfStale(flowClass)
  }

  /// Many connections at once are as much as all that was there before.
  func flowsBegin(on flowClass: FlowClassID) {
    guard book.isOn else { return }
    renewFlowClassIfStale(flowClass)
    book.noteChange()
  }

  func linkChanges(_ link: LinkID) {
    if book.isOn { book.noteChange(of: Int(link.index)) }
  }

  /// Windows that are open leave demands more or less.
  func windowsChanged() throws(RunError) {
    guard book.isOn else { return }
    try bookDemands()
    book.noteChange()
  }

  /// What a link does to packets, as a sample tells it; nil where loss is not worked out.
  func quality(of link: Int) -> LinkLoss? {
    guard book.isOn else { return nil }
    renewLongDelays(of: link)
    return lossOfLink(link)
  }
}

enum LossEvent: RunEvent {
  /// A demand starts, ends, or sends more or less.
  case demandChanges(demand: DemandID)
  /// The loss of all links is looked at because it is time.
  case isLookedAt

  var mark: EventMark? {
    switch self {
    case .demandChanges(let demand): EventMark(16, demand)
    case .isLookedAt: EventMark(17)
    }
  }
}
