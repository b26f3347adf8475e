// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Results
internal import Statistics

/// How the flows of a run, or of one of its classes, fared.
struct FlowStatistics {
  var started = 0
  var finished = 0
  var bytesStarted = 0.0
  var bytesFinished = 0.0
  var deadlines = DeadlineStatistics()
  private var completion = QuantileSketch()
  private var slowdown = QuantileSketch()

  mutating func start(bytes: Double) {
    started += 1
    bytesStarted += bytes
  }

  /// Counts a flow that is finished; its times stay out of distributions where it came too early.
  mutating func finish(_ flow: FlowRecord, _ end: Ledger.Finish, isCounted: Bool) {
    finished += 1
    bytesFinished += flow.bytes
    guard isCounted else { return deadlines.leaveOut(flow.deadline) }
    completion.add(end.seconds)
    slowdown.add(end.slowdown)
    deadlines.count(flow.deadline, finish: end.instant)
  }

  var completionSpread: Spread { Spread(completion) }
  var slowdownSpread: Spread { Spread(slowdown) }

  /// Adds the distributions, each metric behind a prefix.
  func describe(in table: inout SummaryTable, prefix: String = "") {
    completionSpread.describe(as: prefix + "fct", unit: "s", in: &table)
    slowdownSpread.describe(as: prefix + "slowdown", unit: "", in: &table)
    deadlines.describe(in: &table, prefix: prefix)
  }
}

/// Where the values of a distribution lie; not a number where there are none.
public struct Spread: Sendable {
  public var mean: Double
  public var p50: Double
  public var p95: Double
  public var p99: Double
  public var maximum: Double

  init(_ sketch: QuantileSketch) {
    let isEmpty = sketch.count == 0
    let quantiles = isEmpty ? [.nan, .nan, .nan] : sketch.quantiles([0.5, 0.95, 0.99])
    mean = isEmpty ? .nan : sketch.mean
    (p50, p95, p99) = (quantiles[0], quantiles[1], quantiles[2])
    maximum = isEmpty ? .nan : sketch.maximum
  }

  func describe(as name: String, unit: String, in table: inout SummaryTable) {
    table.add(name + "_mean", mean, unit: unit)
    table.add(name + "_p50", p50, unit: unit)
    table.add(name + "_p95", p95, unit: unit)
    table.add(name + "_p99", p99, unit: unit)
    table.add(name + "_max", maximum, unit: unit)
  }
}
