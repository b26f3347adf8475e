// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel

// What each site does of a job, as a job of its own that meets the others once an iteration.

extension SitePlan {
  /// The parts as jobs, which are yet to be told where they stand; nil where time can't tell.
  public func jobs(name: String, span: Int) -> [TrainingJob]? {
    let jobs = parts.map { part -> TrainingJob? in
      var plan = part.plan
      // What is all-reduced over one site is scattered, crosses, and is gathered.
      if spread == .data { plan.isSharded = true }
      guard var job = TrainingJob(part.model, plan, on: part.accelerator, name: name) else {
        return nil
      }
      switch spread {
      case .data:
        let scattered = job.gradients.filter { $0.purpose == .gradients }
        job.gradients = scattered + job.gradients.filter { $0.purpose == .parameters }
        job.membership = .init(span: span, meeting: .gradients(behind: scattered.count))
      case .pipeline:
        guard let time = pipeline?.compute else { return nil }
        job.compute = time
        job.membership = .init(span: span, meeting: .pipeline)
      }
      return job
    }
    let all = jobs.compactMap(\.self)
    return all.count == parts.count ? all : nil
  }

  /// The gradients that cross between sites: those of all parameters, each once.
  public var gradientBytes: Double { model.parameters * Transformer.bytesPerNumber }

  /// The stages at each site; nil where sites have whole replicas, or time can't tell.
  public var pipeline: PipelinedSites? {
    guard spread == .pipeline else { return nil }
    let tokens = Double(plan.microbatch) * Double(model.sequence)
    let stages = parts.map { part -> PipelinedSites.Stages? in
      let operations = tokens * part.model.operationsPerToken
      let rate =
        part.accelerator.peak(model.precision) * plan.efficiency
        * Double(plan.tensor * part.plan.pipeline)
      // Backward takes twice the operations of forward.
      guard let forward = SimDuration(seconds: operations / rate / 3),
        let backward = SimDuration(seconds: operations / rate * 2 / 3)
      else { return nil }
      return .init(count: part.plan.pipeline, forward: forward, backward: backward)
    }
    let known = stages.compactMap(\.self)
    guard known.count == stages.count else { return nil }
    return PipelinedSites(
      microbatches: plan.microbatches,
      bytes: Double(plan.data * plan.microbatch) * model.activationBytes, sites: known)
  }
}

/// A pipeline whose stages stand at several sites, all replicas in step.
public struct PipelinedSites: Equatable, Sendable {
  /// The stages of one site, all alike.
  public struct Stages: Equatable, Sendable {
    public var count: Int
    /// The time of a microbatch at a stage.
    public var forward: SimDuration
    public var backward: SimDuration

    public init(count: Int, forward: SimDuration, backward: SimDuration) {
      self.count = count
      self.forward = forward
      self.backward = backward
    }
  }

  public var microbatches: Int
  /// What a microbatch takes from one site to the next, for all replicas.
  public var bytes: Double
  public var sites: [Stages]

  public init(microbatches: Int, bytes: Double, sites: [Stages]) {
    self.microbatches = microbatches
    self.bytes = bytes
    self.sites = sites
  }

  /// The time of an iteration over links that take none, forward and then backward.
  ///
  /// Machines in a row with room between them: the first microbatch goes through all, and the
  /// others follow at the pace of the slowest. Nil where time can't tell.
  public var compute: SimDuration? {
    let forward = makespan(sites.map { ($0.count, $0.forward.nanoseconds) })
    let backward = makespan(sites.map { ($0.count, $0.backward.nanoseconds) })
    let sum = forward + backward
    return sum < 9e18 ? SimDuration(nanoseconds: Int64(sum)) : nil
  }

  private func makespan(_ stages: [(count: Int, time: Int64)]) -> Double {
    stages.reduce(0) { $0 + Double($1.count) * Double($1.time) }
      + Double(microbatches - 1) * Double(stages.map(\.time).max() ?? 0)
  }
}
