// SPDX-License-Identifier: GPL-3.0-or-later
internal import Text

/// Whether a run that was cut off by its duration had come to a balance of flows that come and go.
///
/// A run is far from steady where flows have piled up to its end. All three must hold:
///
/// - of the flows that started, at least 2 % are unfinished;
/// - those in progress at the end, N, are at least 1.5 times their mean over the run, M: in balance
///   N is near M, and where their number grows by so many a second it is 2 M;
/// - N is above M by more than chance makes it, 20 + 5 sqrt(M): the number in progress of a queue
///   with random arrivals varies by about the square root of its mean, and more under high load.
///
/// Means of such a run depend on when it was cut off, and leave out the flows that fared worst.
struct Steadiness {
  var started: Int
  var unfinished: Int
  /// The mean number of flows in progress over the run.
  var meanInProgress: Double

  private static let leastShare = 0.02
  private static let leastGrowth = 1.5

  var isFarFromSteady: Bool {
    let unfinished = Double(unfinished)
    let chance = 20 + 5 * meanInProgress.squareRoot()
    return unfinished >= Self.leastShare * Double(started)
      && unfinished >= Self.leastGrowth * meanInProgress
      && unfinished - meanInProgress > chance
  }

  /// For a run that is far from steady.
  var note: String {
    let share = Double(unfinished) / Double(started)
    let growth = Double(unfinished) / meanInProgress
    return """
      note: the run ends far from steady: \(formatted(number: Double(unfinished))) of \
      \(formatted(number: Double(started))) flows (\(formatted(percentOf: share))) are unfinished,
      \(formatted(count: growth)) times as many as were in progress on average. Their number grows, so means
      depend on the duration and leave out the flows that fare worst.

      """
  }
}
