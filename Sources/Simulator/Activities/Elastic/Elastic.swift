// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

/// Flows of users that have bought a tier: who is let in, and who gets how much.
final class Elastic: Activity {
  let world: World
  let table: TableWriter<ElasticTable>?
  let book: ElasticBook
  /// By entry: the programs that say what its flows get, and which are let in.
  var bandwidthOutside: [Int: BandwidthOutside] = [:]
  var admissionOutside: [Int: AdmissionOutside] = [:]

  init(_ world: World) {
    self.world = world
    table = world.outputs.writer(of: ElasticTable.self)
    book = ElasticBook(world.model)
  }

  /// Draws the first flow of each entry.
  func begin() throws(RunError) {
    for entry in book.entries.indices { fetchElasticFlow(of: entry) }
  }

  func handle(_ event: ElasticEvent) throws(RunError) {
    switch event {
    case .arrives(let entry): try elasticFlowArrives(from: Int(entry))
    case .begins(let flow): try elasticFlowBegins(flow)
    case .patienceEnds(let entry, let number):
      try patienceEnds(entry: Int(entry), number: Int(number))
    case .policyIsCalled: (book.hasNewRoom, book.needsGrants) = (true, true)
    }
  }

  var isOver: Bool { book.isOver }

  var nextFlow: SimTime { isOver ? .distantFuture : now }

  var fractionsDone: [Double] { book.fractionsDone }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    let tiers = try finishElastic()
    describe(tiers, in: &outcome.summary)
    outcome.sections.add(ElasticTable.shown(tiers), rank: 40)
  }

  /// A link carries more or less from now on, or demands do.
  func noteElasticChange() {
    guard book.isOn else { return }
    book.arePeaksStale = true
    book.hasNewRoom = true
    book.isRoomStale = true
    book.needsGrants = true
  }

  /// Demands take more or less of a link than before.
  func takenChanged() {
    guard book.isOn else { return }
    book.isRoomStale = true
    book.needsGrants = true
  }
}
