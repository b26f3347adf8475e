// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Simulator

/// What came of the runs of several scenarios.
public struct ScenarioResults: Sendable {
  /// A run, as far as it is compared.
  struct Run: Sendable {
    var digest: String
    var metrics: [ComparedMetric]
    var values: [Double]
    var finishedFlows: Int
    /// Those on pools, whose times a run keeps in its table alone.
    var poolJobs: Int
    /// The mean use of each link; empty where it is not kept.
    var links: [(name: String, value: Double)]
    /// Training jobs; there are few.
    var jobs = FolderMoves.Jobs()

    init(_ outcome: RunOutcome, keepsLinks: Bool) {
      digest = outcome.digest.description
      metrics = outcome.summary.rows.map { ComparedMetric($0.metric, unit: $0.unit) }
      values = outcome.summary.rows.map(\.value)
      finishedFlows = outcome.finishedFlows
      poolJobs = Int(outcome.summary.rows.first { $0.metric == "jobs_submitted" }?.value ?? 0)
      links = keepsLinks ? outcome.links.map { ($0.link, $0.mean) } : []
      for job in outcome.jobs {
        let whole = job.finished.map { ($0 - job.submitted).seconds } ?? .nan
        jobs.completion.append((job.job, whole))
        jobs.iteration.append((job.job, job.iterationSeconds))
      }
    }
  }

  let scenarios: [ComparedScenario]
  let runs: [[Run]]

  /// So many values of links are kept of a scenario.
  private static let mostLinkValues = 2_000_000

  /// Of how many seeds the use of links is kept.
  static func seedsOfLinks(_ links: Int, seeds: Int) -> Int {
    min(seeds, max(1, mostLinkValues / max(1, links)))
  }

  init(_ scenarios: [ComparedScenario], _ runs: [[Run]]) {
    self.scenarios = scenarios
    self.runs = runs
  }

  /// The scenarios, ready to be compared.
  public var sides: [ComparedSide] {
    zip(scenarios, runs).map { scenario, runs in
      let metrics = Self.metrics(of: runs)
      let places = Dictionary(uniqueKeysWithValues: metrics.enumerated().map { ($1, $0) })
      let seeded = runs.enumerated().map { index, run in
        var values = Array(repeating: Double.nan, count: metrics.count)
        for (metric, value) in zip(run.metrics, run.values) {
          if let place = places[metric] { values[place] = value }
        }
        return ComparedRun(seed: UInt64(index + 1), digest: run.digest, values: values)
      }
      return ComparedSide(
        name: scenario.name, about: runs.count == 1 ? "seed 1" : "seeds 1 to \(runs.count)",
        metrics: metrics, variants: [ComparedVariant(runs: seeded)])
    }
  }

  /// All metrics that runs have, in the order of the first that has them.
  private static func metrics(of runs: [Run]) -> [ComparedMetric] {
    var seen: Set<ComparedMetric> = []
    return runs.flatMap(\.metrics).filter { seen.insert($0).inserted }
  }
}
