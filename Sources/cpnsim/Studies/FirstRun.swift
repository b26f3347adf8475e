// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Results
internal import Scenario
internal import Session
internal import Simulator
internal import Studies

/// The first run of a study, as a measure of what the others take.
enum FirstRun {
  /// Reads and does it, keeps nothing, and gives how long that took.
  ///
  /// Throws where a metric that the study names is none of it, nor of the first runs of its further
  /// scenarios, which are done where they have to tell.
  static func seconds(_ study: Study) throws -> Double {
    var named = NamedMetrics(of: study)
    let (seconds, metrics) = try run(study, study.cell(0))
    named.add(metrics)
    for cell in study.firstCells.dropFirst() where !named.areKnown {
      named.add(try run(study, cell).metrics)
    }
    try named.check()
    return seconds
  }

  private static func run(
    _ study: Study, _ cell: Studies.Cell
  ) throws -> (seconds: Double, metrics: [String]) {
    let began = SuspendingClock.now
    let session = try Session(try study.load(cell).seeded(1))
    try driven(drawsProgress: true) { try session.drive($0) }
    let outcome = try session.finish().outcome
    return ((SuspendingClock.now - began) / .seconds(1), outcome.summary.rows.map(\.metric))
  }
}
