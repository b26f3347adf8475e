// SPDX-License-Identifier: GPL-3.0-or-later

/// What is known of the runs of one variant.
struct CellResults {
  /// A run: done, failed, or not there yet.
  enum Run {
    case done(RunRecord, [RunRecord.Metric])
    case failed(String)
    case missing

    var word: String {
      switch self {
      case .done: "done"
      case .failed: "failed"
      case .missing: "missing"
      }
    }
  }

  let cell: Cell
  /// One for each seed from 1 on that the variant has to have.
  let runs: [(seed: Int, identity: RunIdentity, run: Run)]

  init(_ cell: Cell, of plan: StudyPlan, in index: RecordIndex) {
    self.cell = cell
    let found = (1...plan.study.replications.most).lazy.map { seed in
      let identity = plan.identity(of: cell.position, seed: seed)
      return (seed: seed, identity: identity, run: CellResults.run(identity, in: index))
    }
    switch plan.study.replications {
    case .seeds: runs = Array(found)
    case .until(let rule):
      var taken: [(seed: Int, identity: RunIdentity, run: Run)] = []
      var values: [Double?] = []
      for entry in found {
        guard taken.count < rule.wanted(values) else { break }
        taken.append(entry)
        values.append(CellResults.value(of: rule.metric, entry.run))
        // What the rule would want behind a run that is missing is not known.
        if case .missing = entry.run { break }
      }
      runs = taken
    }
  }

  private static func run(_ identity: RunIdentity, in index: RecordIndex) -> Run {
    guard let (record, metrics) = index.record(identity) else { return .missing }
    return switch record.outcome {
    case .done: .done(record, metrics)
    case .failed(let message): .failed(message)
    }
  }

  private static func value(of metric: String, _ run: Run) -> Double? {
    guard case .done(let record, let metrics) = run, case .done(_, let values) = record.outcome,
      let place = metrics.firstIndex(where: { $0.name == metric })
    else { return nil }
    return values[place]
  }

  /// The values of each metric over the runs that are done, in the order of seeds.
  var valuesByMetric: [(metric: RunRecord.Metric, values: [Double])] {
    var places: [RunRecord.Metric: Int] = [:]
    var all: [(metric: RunRecord.Metric, values: [Double])] = []
    for entry in runs {
      guard case .done(let record, let metrics) = entry.run,
        case .done(_, let values) = record.outcome
      else { continue }
      for (metric, value) in zip(metrics, values) {
        let place = places[metric] ?? all.count
        if place == all.count {
          places[metric] = place
          all.append((metric, []))
        }
        if value.isFinite { all[place].values.append(value) }
      }
    }
    return all
  }
}
