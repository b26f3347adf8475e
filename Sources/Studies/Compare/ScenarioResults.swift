// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Glibc
internal import Results
internal import Scenario
internal import Session
internal import Simulator
internal import Statistics

/// What came of the runs of several scenarios.
public struct ScenarioResults: Sendable {
  /// A run, as far as it is compared.
  struct Run: Sendable {
    var digest: String
    var metrics: [ComparedMetric]
    var values: [Double]
    var finishedFlows: Int
    /// The mean use of each link; empty where it is not kept.
    var links: [(name: String, value: Double)]
    var jobs = FolderMoves.Jobs()

    init(_ outcome: RunOutcome, keepsLinks: Bool) {
      digest = outcome.digest.description
      metrics = outcome.summary.rows.map { ComparedMetric($0.metric, unit: $0.unit) }
      values = outcome.summary.rows.map(\.value)
      finishedFlows = outcome.finishedFlows
      links = keepsLinks ? outcome.links.map { ($0.link, $0.mean) } : []
      for job in outcome.jobs {
        let whole = job.finished.map { ($0 - job.submitted).seconds } ?? .nan
        jobs.completion.append((job.job, whole))
        jobs.iteration.append((job.job, job.iterationSeconds))
      }
    }
  }

  private let scenarios: [ComparedScenario]
  private let runs: [[Run]]

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

  // MARK: - What moved most

  /// What moved most from the first scenario to another.
  ///
  /// Jobs and links by their means over the seeds; flows by one more run of each with seed 1, as the
  /// flows of different seeds are different ones. These write to a
  /// folder of their own, which is made in `scratch`; `goesOn` is asked whether to go on.
  public func moves(
    to candidate: Int, scratch: String, while goesOn: () -> Bool
  ) throws -> [Moves] {
    let (first, second) = (runs[0], runs[candidate])
    var all: [Moves] = []
    if let flows = try flowMoves(to: candidate, scratch, while: goesOn) { all.append(flows) }
    var jobs = FolderMoves.jobs(Self.jobs(first), Self.jobs(second))
    var links = FolderMoves.links(Self.means(first.map(\.links)), Self.means(second.map(\.links)))
    if first.count > 1 {
      jobs.of = "means over the seeds"
      let kept = first.count { !$0.links.isEmpty }
      links.of = kept == first.count ? "means over the seeds" : "means over seeds 1 to \(kept)"
    }
    all += [jobs, links]
    return all.filter { !$0.isEmpty }
  }

  private static func jobs(_ runs: [Run]) -> FolderMoves.Jobs {
    FolderMoves.Jobs(
      completion: means(runs.map(\.jobs.completion)), iteration: means(runs.map(\.jobs.iteration)))
  }

  /// The mean of each name over the runs that have a value.
  private static func means(_ tables: [[(name: String, value: Double)]]) -> [(
    name: String, value: Double
  )] {
    var places: [String: Int] = [:]
    var all: [(name: String, moments: RunningMoments)] = []
    for (name, value) in tables.joined() where value.isFinite {
      let place = places[name] ?? all.count
      if place == all.count {
        places[name] = place
        all.append((name, RunningMoments()))
      }
      all[place].moments.add(value)
    }
    return all.map { ($0.name, $0.moments.mean) }
  }

  private func flowMoves(
    to candidate: Int, _ scratch: String, while goesOn: () -> Bool
  ) throws -> Moves? {
    let counts = [runs[0][0].finishedFlows, runs[candidate][0].finishedFlows]
    guard counts.allSatisfy({ 0 < $0 && $0 <= FolderMoves.mostFlows }) else { return nil }
    let folder = try ScratchFolder(in: scratch)
    for (name, side) in [("a", 0), ("b", candidate)] {
      let loaded = try scenarios[side].load(adding: ["outputs=[flows]"]).seeded(1)
      let session = try Session(loaded, writing: "\(folder.path)/\(name)")
      try session.drive { _ in goesOn() ? .goOn : .stop }
      _ = try session.finish()
    }
    var moves = try FolderMoves.flows(
      TableReader("\(folder.path)/a/flows.csv"), TableReader("\(folder.path)/b/flows.csv"))
    if runs[0].count > 1 { moves.of = "seed 1" }
    return moves
  }
}

/// A folder for what two runs write, which goes with it.
private final class ScratchFolder {
  let path: String

  init(in parent: String) throws(ResultsError) {
    var name = Array("\(parent)/cpnsim-compare-XXXXXX".utf8CString)
    let made = name.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
    }
    guard made else { throw ResultsError(path: parent, reason: .system(errno)) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for run in ["a", "b"] { ResultsFolder.remove("\(path)/\(run)") }
    rmdir(path)
  }
}
