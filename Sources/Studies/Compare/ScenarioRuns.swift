// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Glibc
internal import Locks
internal import Results
public import Scenario
internal import Session
internal import Simulator
internal import Text

/// A scenario that is compared: a file and what is changed in it.
public struct ComparedScenario: Sendable {
  public var path: String
  public var settings: [String]
  public var removals: [String]
  /// As the user calls it.
  public var name: String

  public init(path: String, settings: [String], removals: [String], name: String) {
    self.path = path
    self.settings = settings
    self.removals = removals
    self.name = name
  }

  func load(adding more: [String] = []) throws(ScenarioErrors) -> LoadedScenario {
    try ScenarioFile.load(path: path, settings: settings + more, removing: removals)
  }
}

/// The runs of several scenarios, each with the same seeds, on several threads of this process.
public struct ScenarioRuns {
  /// How far they are.
  public struct Progress: Sendable {
    public var done: Int
    public var of: Int
  }

  private let scenarios: [ComparedScenario]
  private let loaded: [LoadedScenario]
  private let seeds: Int
  private let jobs: Int
  /// What can be run and is hardly meant, each once.
  public let warnings: [String]

  /// Reads and checks all scenarios.
  public init(_ scenarios: [ComparedScenario], seeds: Int, jobs: Int) throws(ScenarioErrors) {
    var loaded: [LoadedScenario] = []
    for scenario in scenarios { loaded.append(try scenario.load()) }
    self.scenarios = scenarios
    self.loaded = loaded
    self.seeds = seeds
    self.jobs = jobs
    var heard: Set<String> = []
    warnings = loaded.flatMap(\.warnings).filter { heard.insert($0).inserted }
  }

  /// Runs all; `watch` hears how far they are, and says whether to go on.
  public func run(_ watch: (Progress) -> Bool) throws -> ScenarioResults {
    let crew = ScenarioCrew(loaded, names: scenarios.map(\.name), seeds: seeds)
    let goesOn = Workers.run(
      min(jobs, scenarios.count * seeds), each: { _ in crew.work() },
      watch: {
        guard watch(Progress(done: crew.done, of: scenarios.count * seeds)) else {
          crew.stop()
          return false
        }
        return true
      })
    if let error = crew.error { throw error }
    guard goesOn, let runs = crew.results else { throw StoppedComparison() }
    return ScenarioResults(scenarios, runs)
  }
}

/// What threads that run scenarios share.
private final class ScenarioCrew: Sendable {
  private struct State {
    var next = 0
    var done = 0
    var isStopped = false
    var error: (any Error)?
    var results: [ScenarioResults.Run?]
  }

  private let scenarios: [LoadedScenario]
  private let names: [String]
  private let seeds: Int
  private let inputs = StudyInputs()
  private let state: Guarded<State>

  init(_ scenarios: [LoadedScenario], names: [String], seeds: Int) {
    self.scenarios = scenarios
    self.names = names
    self.seeds = seeds
    state = Guarded(State(results: Array(repeating: nil, count: scenarios.count * seeds)))
  }

  var done: Int { state.withLock { $0.done } }
  private var isStopped: Bool { state.withLock { $0.isStopped } }
  var error: (any Error)? { state.withLock { $0.error } }

  func stop() {
    state.withLock { $0.isStopped = true }
  }

  /// The runs of each scenario in the order of seeds; nil where not all are done.
  var results: [[ScenarioResults.Run]]? {
    let runs = state.withLock { $0.results.compactMap(\.self) }
    guard runs.count == scenarios.count * seeds else { return nil }
    return scenarios.indices.map { side in
      (0..<seeds).map { runs[$0 * scenarios.count + side] }
    }
  }

  /// The life of one thread: pair by pair, seed after seed.
  func work() {
    while let place = take() {
      let (seed, side) = (place / scenarios.count + 1, place % scenarios.count)
      do {
        let run = try run(side, seed: seed)
        state.withLock { state in
          state.results[place] = run
          state.done += 1
        }
      } catch is StoppedRun {
        return
      } catch {
        let failure = FailedComparison(name: names[side], seed: seed, error: error)
        state.withLock { state in
          state.error = state.error ?? failure
          state.isStopped = true
        }
      }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard !state.isStopped, state.next < state.results.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  private func run(_ side: Int, seed: Int) throws -> ScenarioResults.Run {
    _ = try inputs.describe(scenarios[side])
    let session = try Session(try scenarios[side].seeded(UInt64(seed)))
    try session.drive { _ in isStopped ? .stop : .goOn }
    let outcome = try session.finish().outcome
    try inputs.check(scenarios[side])
    let keepsLinks = seed <= ScenarioResults.seedsOfLinks(outcome.links.count, seeds: seeds)
    return ScenarioResults.Run(outcome, keepsLinks: keepsLinks)
  }
}

/// A run of a comparison that failed.
public struct FailedComparison: Error, CustomStringConvertible {
  let name: String
  let seed: Int
  let error: any Error

  public var description: String { "\(name) with seed \(seed): \(error)" }
}

/// A comparison that was to stop before its end.
public struct StoppedComparison: Error, CustomStringConvertible {
  public let description = "interrupted; nothing was compared"
}
