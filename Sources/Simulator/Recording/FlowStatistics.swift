// SPDX-License-Identifier: GPL-3.0-or-later

internal import Results
internal import Statistics

/// How the flows of a run, or of one of its classes, fared.
struct FlowStatistics {
  var started = 0
  var finished = 0
  var bytesStarted = 0.0
  var bytesFinished = 0.0
  private var completion = QuantileSketch()
  private var slowdown = QuantileSketch()

  mutating func start(bytes: Double) {
    started += 1
    bytesStarted += bytes
  }

  mutating func finish(bytes: Double, seconds: Double, slowdown ratio: Double) {
    finished += 1
    bytesFinished += bytes
    completion.add(seconds)
    slowdown.add(ratio)
  }

  /// Adds the distributions, each metric behind a prefix.
  func describe(in table: inout SummaryTable, prefix: String = "") {
    describe(completion, as: prefix + "fct", unit: "s", in: &table)
    describe(slowdown, as: prefix + "slowdown", unit: "", in: &table)
  }

  private func describe(
    _ sketch: QuantileSketch, as name: String, unit: String, in table: inout SummaryTable
  ) {
    let isEmpty = sketch.count == 0
    let quantiles = isEmpty ? [.nan, .nan, .nan] : sketch.quantiles([0.5, 0.95, 0.99])
    table.add(name + "_mean", isEmpty ? .nan : sketch.mean, unit: unit)
    table.add(name + "_p50", quantiles[0], unit: unit)
    table.add(name + "_p95", quantiles[1], unit: unit)
    table.add(name + "_p99", quantiles[2], unit: unit)
    table.add(name + "_max", isEmpty ? .nan : sketch.maximum, unit: unit)
  }
}
