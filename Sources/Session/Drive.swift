// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Simulator

/// Lives through a run, and tells whoever drives it several dozen times a second how far it is.
struct Drive {
  private let run: Run
  private var fraction = 0.0

  init(of run: Run) {
    self.run = run
  }

  /// Goes on until nothing more happens, until enough has been seen, or until it is to stop.
  consuming func live(
    _ watch: (RunProgress) -> Wish, upTo limit: SimTime = .distantFuture,
    until isEnough: (Run) -> Bool = { _ in false }
  ) throws {
    var stride = Stride()
    while try run.advance(instants: stride.instants, upTo: limit), !isEnough(run) {
      // Sources that come late may make it less.
      try heed(watch, at: min(max(fraction, run.fractionDone), 1))
      stride.adapt()
    }
    try heed(watch, at: 1)
  }

  private mutating func heed(
    _ watch: (RunProgress) -> Wish, at fraction: Double
  ) throws(StoppedRun) {
    self.fraction = fraction
    let isEndless = run.horizon == .distantFuture
    let progress = RunProgress(
      fraction: fraction, now: run.now, duration: isEndless ? nil : run.horizon - .zero,
      events: run.events,
      finishedFlows: run.finishedFlows)
    if watch(progress) == .stop { throw StoppedRun(progress: progress) }
  }
}

/// How many instants pass between two looks at who drives the run.
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
