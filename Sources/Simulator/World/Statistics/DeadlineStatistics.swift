// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Statistics

/// How many deadlines were met, and how late the others were.
///
/// A flow that never finishes has missed its deadline once that has passed, and says nothing of
/// how late it is.
struct DeadlineStatistics {
  private(set) var met = 0
  private(set) var missed = 0
  /// Flows that are not finished while their deadline is yet to come.
  private(set) var open = 0
  /// Whether there was any deadline, of those too that came too early to be counted.
  private var isAsked = false
  private var lateness = QuantileSketch()

  /// Takes note of a flow that is not counted.
  mutating func leaveOut(_ deadline: SimTime) {
    if deadline < .distantFuture { isAsked = true }
  }

  /// Counts a flow that is finished; one without a deadline is none of them.
  mutating func count(_ deadline: SimTime, finish: SimTime) {
    guard deadline < .distantFuture else { return }
    guard finish > deadline else { return met += 1 }
    missed += 1
    lateness.add((finish - deadline).seconds)
  }

  /// Counts a flow that is not finished when the run ends.
  mutating func count(_ deadline: SimTime, unfinishedAt end: SimTime) {
    guard deadline < .distantFuture else { return }
    if deadline < end { missed += 1 } else { open += 1 }
  }

  /// Counts a flow that never will be finished.
  mutating func countBroken(_ deadline: SimTime) {
    if deadline < .distantFuture { missed += 1 }
  }

  /// Adds what there is to say, where there was any deadline.
  func describe(in table: inout SummaryTable, prefix: String) {
    guard isAsked || met + missed + open > 0 else { return }
    table.add(prefix + "deadlines_met", Double(met))
    table.add(prefix + "deadlines_missed", Double(missed))
    table.add(prefix + "deadlines_open", Double(open))
    let isLate = lateness.count > 0
    table.add(prefix + "lateness_mean", isLate ? lateness.mean : .nan, unit: "s")
    let p99 = isLate ? lateness.quantiles([0.99])[0] : .nan
    table.add(prefix + "lateness_p99", p99, unit: "s")
  }
}
