// SPDX-License-Identifier: GPL-3.0-or-later

/// One metric of all runs of a study.
struct MetricTable {
  /// By variant and seed; not a number where there is none.
  private var all: [Double]
  private let seeds: Int
  /// Runs that are done or, where each variant has as many, are to be done.
  private(set) var runs = 0
  /// How many of them have no value.
  private(set) var missing = 0

  /// Throws where no run has the metric.
  init(_ metric: String, _ plan: StudyPlan, in folder: StudyFolder) throws {
    let study = plan.study
    let index = try folder.records()
    seeds = study.replications.most
    all = Array(repeating: .nan, count: study.cellCount * seeds)
    var known: [String]?
    var isFound = false
    for position in 0..<study.cellCount {
      for seed in 1...seeds {
        let found = index.record(plan.identity(of: position, seed: seed))
        if found == nil, study.replications.isOpen { continue }
        runs += 1
        missing += 1
        guard let (record, metrics) = found, case .done(_, let values) = record.outcome
        else { continue }
        known = known ?? metrics.map(\.name)
        guard let place = metrics.firstIndex(where: { $0.name == metric }) else { continue }
        isFound = true
        all[position * seeds + seed - 1] = values[place]
        if values[place].isFinite { missing -= 1 }
      }
    }
    guard isFound else {
      guard let known else { throw NoRuns(path: folder.path) }
      throw UnknownMetric(metric, among: known)
    }
  }

  /// The values of a variant, by seed.
  func values(of cell: Int) -> [(seed: Int, value: Double)] {
    (1...seeds).compactMap { seed in value(of: cell, seed: seed).map { (seed, $0) } }
  }

  func value(of cell: Int, seed: Int) -> Double? {
    let value = all[cell * seeds + seed - 1]
    return value.isFinite ? value : nil
  }
}

/// A study without any run that is done.
public struct NoRuns: Error, CustomStringConvertible {
  let path: String

  public var description: String { "\(path) has no run of this study yet; sweep it first" }
}
