// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Session
internal import Simulator

extension SummaryPrinter {
  /// A note where flows piled up to the end of the run; nothing where they did not.
  func steadiness() -> String {
    let found = finished.outcome.steadiness
    guard found.isFarFromSteady else { return "" }
    let share = Double(found.unfinished) / Double(found.started)
    let growth = Double(found.unfinished) / found.meanInProgress
    return """
      note: the run ends far from steady: \(number(Double(found.unfinished))) of \
      \(number(Double(found.started))) flows (\(formatted(percentOf: share))) are unfinished,
      \(formatted(count: growth)) times as many as were in progress on average. Their number grows, so means
      depend on the duration and leave out the flows that fare worst.

      """
  }
}
