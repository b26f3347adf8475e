// SPDX-License-Identifier: GPL-3.0-or-later

/// What is kept of a run: one line of a file of records.
struct RunRecord: Equatable, Sendable {
  /// The metrics of a run, in the order of its summary.
  struct Metric: Hashable, Sendable {
    var name: String
    var unit: String
  }

  /// What came of a run.
  enum Outcome: Equatable, Sendable {
    /// The digest over its events, and a value for each of its metrics; not a number for none.
    case done(digest: UInt64, values: [Double])
    case failed(String)
  }

  var identity: RunIdentity
  /// By the clock on the wall.
  var seconds: Double
  var outcome: Outcome
}
