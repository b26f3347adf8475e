// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Simulator

/// Lives through a run with a progress bar, until it is over or somebody presses Ctrl-C.
struct RunDriver {
  let duration: SimDuration?
  let drawsProgress: Bool

  /// Goes on until nothing more happens, or until enough has been seen.
  func drive(
    _ run: Run, until isEnough: (Run) -> Bool = { _ in false }
  ) throws {
    let began = SuspendingClock.now
    var bar = ProgressBar()
    var stride = Stride()
    defer { bar.clear() }
    try Interrupt.heeding {
      while try run.advance(instants: stride.instants), !isEnough(run) {
        if Interrupt.isRequested { throw interruption(of: run) }
        if drawsProgress, bar.isDue { draw(&bar, run, since: began) }
        stride.adapt()
      }
    }
  }

  private func draw(
    _ bar: inout ProgressBar, _ run: Run, since began: SuspendingClock.Instant
  ) {
    let elapsed = (SuspendingClock.now - began) / .seconds(1)
    let now = formatted(seconds: run.now.seconds)
    let horizon = duration.map { " of " + formatted(seconds: $0.seconds) } ?? ""
    let speed = formatted(count: Double(run.events) / elapsed)
    bar.update(fraction: run.fractionDone, "\(now)\(horizon), \(speed) events/s")
  }

  private func interruption(of run: Run) -> Interrupted {
    Interrupted(
      description: "interrupted at \(formatted(seconds: run.now.seconds)) of simulated time, "
        + "after \(run.finishedFlows) finished flows; no results were written")
  }
}

/// How many instants pass between two looks at Ctrl-C and at the terminal.
///
/// An instant takes from under a microsecond to many milliseconds, by what happens in it: the
/// number follows, so that people never wait long and the looks cost nothing.
private struct Stride {
  private(set) var instants = 64
  private var since = SuspendingClock.now

  private static let shortest = Duration.milliseconds(5)
  private static let longest = Duration.milliseconds(20)

  mutating func adapt() {
    let now = SuspendingClock.now
    let time = now - since
    since = now
    if time < Stride.shortest {
      instants = min(instants * 2, 1 << 16)
    } else if time > Stride.longest {
      instants = max(instants / 2, 1)
    }
  }
}
