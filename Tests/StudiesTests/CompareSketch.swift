// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Studies

/// Sides of a comparison, made of a few numbers.
enum CompareSketch {
  /// One variant, with a run for each value of its metrics, and the seeds from 1 on.
  static func side(
    _ name: String, _ metrics: [(name: String, values: [Double])], digest: String? = nil,
    seeds: [UInt64]? = nil
  ) -> ComparedSide {
    let count = metrics.first?.values.count ?? 0
    let runs = (0..<count).map { index in
      ComparedRun(
        seed: seeds?[index] ?? UInt64(index + 1), digest: digest ?? "\(name) \(index)",
        values: metrics.map { $0.values[index] })
    }
    return ComparedSide(
      name: name, about: "", metrics: metrics.map { ComparedMetric($0.name) },
      variants: [ComparedVariant(runs: runs)])
  }

  /// One metric of two sides.
  static func metric(
    _ name: String, _ baseline: [Double], _ candidate: [Double],
    _ rules: ComparisonRules = ComparisonRules()
  ) throws -> MetricComparison {
    let comparison = try Comparison(
      side("a", [(name, baseline)]), side("b", [(name, candidate)]), rules)
    return try #require(comparison.variants.first?.metrics.first)
  }
}

extension Comparison {
  subscript(_ name: String) -> MetricComparison? {
    variants.first?.metrics.first { $0.metric.name == name }
  }
}

/// Makes a folder, whose parent is there.
func makeFolder(_ path: String) throws {
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
}
