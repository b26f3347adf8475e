// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Simulator

/// Lives through a run with a progress bar, until it is over or somebody presses Ctrl-C.
struct RunDriver {
  let duration: SimDuration?
  let drawsProgress: Bool

  /// So many instants pass between two looks at the clock and at Ctrl-C.
  private static let instantsBetweenLooks = 2048

  /// Goes on until nothing more happens, or until enough has been seen.
  func drive(
    _ run: inout Run, until isEnough: (borrowing Run) -> Bool = { _ in false }
  ) throws {
    let began = SuspendingClock.now
    var bar = ProgressBar()
    defer { bar.clear() }
    while try run.advance(instants: RunDriver.instantsBetweenLooks), !isEnough(run) {
      if Interrupt.isRequested { throw interruption(of: run) }
      if drawsProgress, bar.isDue { draw(&bar, run, since: began) }
    }
  }

  private func draw(
    _ bar: inout ProgressBar, _ run: borrowing Run, since began: SuspendingClock.Instant
  ) {
    let elapsed = (SuspendingClock.now - began) / .seconds(1)
    let now = formatted(seconds: run.now.seconds)
    let horizon = duration.map { " of " + formatted(seconds: $0.seconds) } ?? ""
    let speed = formatted(count: Double(run.events) / elapsed)
    bar.update(fraction: run.fractionDone, "\(now)\(horizon), \(speed) events/s")
  }

  private func interruption(of run: borrowing Run) -> Interrupted {
    Interrupted(
      description: "interrupted at \(formatted(seconds: run.now.seconds)) of simulated time, "
        + "after \(run.finishedFlows) finished flows; no results were written")
  }
}
