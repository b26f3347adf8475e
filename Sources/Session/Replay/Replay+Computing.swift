// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
public import Simulator
internal import Traffic

// Jobs and pools of a run that is lived through once more.

extension Replay {
  /// Watches a job until nothing more comes of it, or to the end of the run; nil where it is never
  /// submitted.
  public func watch(
    job: String, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> JobProbe? {
    let run = try Run(model, watching: .job(job))
    try Drive(of: run).live(watch, until: { $0.jobProbe?.isOver == true })
    return run.endJobWatch()
  }

  /// Looks at a pool at an instant, or when it is busiest; nil where there is none of that name.
  public func watch(
    pool: String, at instant: SimTime?, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> PoolSnapshot? {
    let instant = try instant ?? busiestInstant(of: pool, watch)
    let run = try Run(model, watching: .pool(pool, at: instant))
    try Drive(of: run).live(watch, upTo: instant)
    return run.snapshot(at: instant)
  }

  private func busiestInstant(
    of pool: String, _ watch: (RunProgress) -> Wish
  ) throws -> SimTime {
    let run = try Run(model, watching: .pool(pool, at: nil))
    try Drive(of: run).live(watch)
    return run.busiestInstant ?? .zero
  }

  /// The name of the pool of that name or identifier; nil where there is none.
  public func poolName(_ name: String) -> String? {
    model.computing.pools.first { $0.name == name || $0.identifier == name }?.name
  }

  /// Whether a training job on a fabric has that name.
  public func isTraining(_ job: String) -> Bool {
    model.training.jobs.contains { $0.name == job }
  }

  /// What came of a training job on a fabric; nil where there is none of that name.
  public func outcome(
    ofTraining job: String, _ watch: (RunProgress) -> Wish = { _ in .goOn }
  ) throws -> JobOutcome? {
    let run = try Run(model)
    try Drive(of: run).live(watch)
    return try run.finish().jobs.first { $0.job == job }
  }

  /// Names that jobs have, as far as the scenario says them: of a generator the first alone.
  public var jobNames: [String] {
    model.training.jobs.map(\.name)
      + model.computing.entries.flatMap { entry in
        if case .listed(let jobs) = entry.source { return jobs.compactMap(\.name) }
        return ["\(entry.name)-1"]
      }
  }
}
