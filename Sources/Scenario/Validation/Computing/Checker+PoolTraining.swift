// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

// Jobs whose time is that of the iterations they do on the fabric of a pool.

extension Checker {
  /// Such a job on each fabric of pools that it fits; nil where there is none, which is reported.
  mutating func training(of section: JobsSection, on pools: [PoolDesign]) -> PoolTraining? {
    guard let training = section.training else { return nil }
    guard training.over == nil else { return PoolTraining(onFabrics: [:]) }
    let names = Set(pools.compactMap(\.fabric)).sorted()
    if names.isEmpty, isNetworkSound, scenario.pools != nil {
      report("found training, but no pool with a fabric; expected one", at: training.origin)
    }
    var jobs: [String: OneSiteJob] = [:]
    for name in names {
      guard let place = scenario.network.fabrics.firstIndex(where: { $0.name.value.text == name }),
        isRuled(place, training.origin), let fabric = fabrics[place],
        let job = phases(
          training.model, training.plan, on: scenario.network.fabrics[place], training.origin)
      else { return nil }
      guard job.gpus <= fabric.fabric.design.gpus else { continue }
      jobs[name] = OneSiteJob(job, on: fabric.fabric.design, fabric.balancing)
    }
    if jobs.isEmpty, !names.isEmpty {
      report(
        "found a plan of more accelerators than any fabric of a pool has, expected fewer",
        at: training.plan.origin)
      return nil
    }
    return PoolTraining(onFabrics: jobs)
  }

  /// False for a fabric on which a program says by which paths flows go, which is reported.
  mutating func isRuled(_ fabric: Int, _ origin: Origin) -> Bool {
    guard case .program = scenario.network.fabrics[fabric].balancing else { return true }
    report(
      "found training on a fabric whose `balancing` is a program, expected a rule", at: origin)
    return false
  }

  /// The run time of a training job, at an iteration a second.
  static func run(of training: PoolTrainingSection) -> SimDuration {
    SimDuration(seconds: Double(training.iterations.value.value)) ?? .zero
  }

  func checkpoints(of section: CheckpointSection?) -> Checkpoints {
    guard let section else { return Checkpoints() }
    return Checkpoints(
      every: section.every?.value, takes: section.takes, restart: section.restart,
      bytes: section.size?.value ?? 0)
  }
}

extension PoolTrainingSection {
  /// The accelerators of its plan; a number out of reach is reported where the plan is checked.
  var accelerators: Int {
    let factors = [plan.data.value, plan.tensor.value, plan.pipeline.value]
    return factors.reduce(1) { product, factor in
      let (result, overflow) = product.multipliedReportingOverflow(by: factor)
      return overflow ? Int.max : result
    }
  }
}
