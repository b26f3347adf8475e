// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Scenario
internal import Session
internal import Studies

/// The first run of a study, as a measure of what the others take.
enum FirstRun {
  /// Reads and does it, keeps nothing, and gives how long that took.
  static func seconds(_ study: Study) throws -> Double {
    let began = SuspendingClock.now
    let session = try Session(try study.load(study.cell(0)).seeded(1))
    try driven(drawsProgress: true) { try session.drive($0) }
    _ = try session.finish()
    return (SuspendingClock.now - began) / .seconds(1)
  }
}
