// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import NetworkModel
public import Scheduling
public import Traffic

/// A job on a single fabric that has it for itself, which a job over sites is compared with.
public struct OneSiteJob: Sendable {
  public var design: FabricDesign
  public var balancing: LoadBalancing
  public var job: TrainingJob
  /// The part of the whole job's iteration that one of its iterations does.
  public var share: Double

  public init(
    _ job: TrainingJob, on design: FabricDesign, _ balancing: LoadBalancing, share: Double = 1
  ) {
    self.design = design
    self.balancing = balancing
    self.job = job
    self.share = share
  }

  /// The time of an iteration, from a run of one.
  func iterationSeconds(seed: UInt64) throws(RunError) -> Double {
    var topology = Topology()
    guard let fabric = try? Fabric(design, in: &topology) else { return .nan }
    var job = job
    job.fabric = 0
    job.firstGPU = 0
    return try TrainingModel(fabrics: [BalancedFabric(fabric, balancing)], jobs: [job])
      .iterationSeconds(in: topology, seed: seed)
  }
}

extension TrainingModel {
  /// The time of the first iteration of its jobs, from a run of one with nothing else on the network.
  func iterationSeconds(in topology: Topology, seed: UInt64) throws(RunError) -> Double {
    var alone = self
    for index in alone.jobs.indices {
      alone.jobs[index].trafficClass = 0
      alone.jobs[index].start = .zero
      alone.jobs[index].iterations = 1
    }
    for index in alone.spans.indices {
      alone.spans[index].trafficClass = 0
      alone.spans[index].oneSite = []
    }
    let model = Model(
      name: alone.jobs.first?.name ?? "", seed: seed, topology: topology, training: alone,
      outputs: Outputs(kinds: []))
    let run = try Run(model)
    while try run.advance(instants: 1024) {}
    return try run.finish().jobs.first?.iterationSeconds ?? .nan
  }
}

extension SpanningJob {
  /// The time of an iteration without long links: that of one site, or of what all sites do alone.
  ///
  /// Sites that train by themselves, each at its own pace, do the shares of an iteration in the
  /// time after which these add up to one.
  func secondsOnOneSite(seed: UInt64) throws(RunError) -> Double {
    var pace = 0.0
    for alone in oneSite { pace += alone.share / (try alone.iterationSeconds(seed: seed)) }
    return pace > 0 ? 1 / pace : .nan
  }
}
