// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Traffic

/// Training jobs on fabrics and over sites: iterations of compute, exchanges and meetings.
final class Training: Activity {
  let world: World
  let table: TableWriter<JobsTable>?
  var book: TrainingBook
  /// By fabric: the program that says by which paths the transfers of exchanges go.
  var spreaders: [Int: OutsideSeam] = [:]

  init(_ world: World) {
    self.world = world
    table = world.outputs.writer(of: JobsTable.self)
    book = TrainingBook(world.model.training)
  }

  func enlistPolicies() {
    world.enlistBalancing()
    enlistSpreaders()
  }

  func begin() throws(RunError) { planTraining() }

  var isOver: Bool { book.isOver }

  var fractionsDone: [Double] { book.fractionsDone }

  func finish(into outcome: inout RunOutcome) throws(RunError) {
    outcome.jobs = try finishTraining()
    describe(outcome.jobs, in: &outcome.summary)
    outcome.sections.add(shown(outcome.jobs), rank: 20)
    outcome.sections.add(shownOverSites(outcome.jobs), rank: 20)
  }
}
