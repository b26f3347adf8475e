// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Session
internal import Text

/// Does work that says how far it is: with a progress bar, and until somebody presses Ctrl-C.
func driven<Value>(
  drawsProgress: Bool, _ work: (_ watch: (RunProgress) -> Wish) throws -> Value
) throws -> Value {
  let began = SuspendingClock.now
  var bar = ProgressBar()
  defer { bar.clear() }
  return try Interrupt.heeding {
    try work { progress in
      if drawsProgress, bar.isDue {
        bar.update(fraction: progress.fraction, text(of: progress, since: began))
      }
      return Interrupt.isRequested ? .stop : .goOn
    }
  }
}

private func text(of progress: RunProgress, since began: SuspendingClock.Instant) -> String {
  let elapsed = (SuspendingClock.now - began) / .seconds(1)
  let horizon = progress.duration.map { " of " + formatted(seconds: $0.seconds) } ?? ""
  let speed = formatted(count: Double(progress.events) / elapsed)
  return "\(formatted(seconds: progress.now.seconds))\(horizon), \(speed) events/s"
}
