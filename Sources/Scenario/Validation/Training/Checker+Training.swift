// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic
internal import YAMLReader

extension Checker {
  /// The fabrics and the jobs on them; a job in error is left out.
  mutating func trainingModel() -> TrainingModel {
    let entries = scenario.traffic.filter { $0.training != nil }
    checkUnique(entries.compactMap { $0.training?.name }, kind: "job")
    let programs = scenario.network.fabrics.map { command(of: $0.balancing) }
    var training = TrainingModel(
      fabrics: zip(fabrics, programs).compactMap { fabric, program in
        fabric.map { BalancedFabric($0.fabric, $0.balancing, program: program) }
      })
    for entry in entries {
      guard let section = entry.training else { continue }
      let trafficClass = classIndex(entry.trafficClass)
      if let sites = section.sites {
        add(section, over: sites, trafficClass: trafficClass, to: &training)
      } else if let job = job(section, trafficClass: trafficClass) {
        checkOverlap(of: job, with: training.jobs, at: section.origin)
        training.jobs.append(job)
      }
    }
    return training
  }

  mutating func checkOverlap(of job: TrainingJob, with others: [TrainingJob], at origin: Origin) {
    guard let other = others.first(where: { $0.overlaps(job) }) else { return }
    report(
      "found accelerators that job \(Node.quoted(other.name)) has, expected others", at: origin,
      key: "first_host")
  }

  /// The failures of the links that fabrics call failed, at the very start.
  mutating func failedLinks() -> [LinkChange] {
    zip(scenario.network.fabrics, fabrics).filter { $1 != nil }.flatMap { $0.0.failed }
      .compactMap { change(.fail, of: $0, at: .zero) }
  }

  private mutating func job(_ section: TrainingSection, trafficClass: Int) -> TrainingJob? {
    guard let name = section.fabric, let place = fabricIndex(name),
      let fabric = fabrics[place]?.fabric
    else { return nil }
    let most = fabric.design.hosts - 1
    guard (0...most).contains(section.firstHost.value) else {
      report("found \(section.firstHost.value), expected 0 to \(most)", at: section.firstHost)
      return nil
    }
    guard var job = phases(of: section, on: scenario.network.fabrics[place]) else { return nil }
    job.name = section.name.value.text
    job.trafficClass = trafficClass
    // Those of fabrics in error are left out, and then the model does not count.
    job.fabric = place
    job.start = .zero + section.start
    job.after = awaited(section.after)
    job.iterations = section.iterations.value
    guard let placement = placement(of: job, section, on: fabric) else { return nil }
    job.placement = placement
    return job
  }

  /// The transfers that a job waits for, by name.
  private mutating func awaited(_ names: Written<[Written<Name>]>?) -> [String] {
    let known = scenario.traffic.flatMap { $0.transfers ?? [] }.map(\.name.value.text)
    for name in names?.value ?? [] where !known.contains(name.value.text) {
      report(problems.unknown(name.value.text, kind: "transfer", among: known), at: name)
    }
    checkUnique(names?.value ?? [], kind: "transfer")
    return names?.value.map(\.value.text) ?? []
  }

  private mutating func phases(
    of section: TrainingSection, on fabric: FabricSection
  ) -> TrainingJob? {
    if let collective = section.collective { return phases(of: collective) }
    guard let model = section.model, let plan = section.plan else { return nil }
    return phases(model, plan, on: fabric, section.origin)
  }

  mutating func fabricIndex(_ name: Written<Name>) -> Int? {
    let names = scenario.network.fabrics.map(\.name.value.text)
    if let index = names.firstIndex(of: name.value.text) { return index }
    report(problems.unknown(name.value.text, kind: "fabric", among: names), at: name)
    return nil
  }

  private mutating func phases(of section: CollectiveSection) -> TrainingJob? {
    // Those of cards in error are left out, and reported where they are placed.
    let ranks = section.gpus?.value.value ?? section.cards?.value.reduce(0) { $0 + $1.value.count }
    let collective = Collective(
      section.kind, section.algorithm, ranks: ranks ?? 0, bytes: section.size.value.value)
    if let problem = collective.problem {
      report(problem, at: section.origin, key: "algorithm")
      return nil
    }
    if collective.ranks < 2 {
      let key = section.cards == nil ? "gpus" : "cards"
      report("found \(collective.ranks), expected 2 or more", at: section.origin, key: key)
      return nil
    }
    return TrainingJob(
      name: "", gpus: collective.ranks, gradients: [JobExchange(.collective, collective)])
  }

  mutating func phases(
    _ model: ModelSection, _ plan: PlanSection, on fabric: FabricSection, _ origin: Origin
  ) -> TrainingJob? {
    guard let type = fabric.accelerator.flatMap({ Accelerator.builtIn(named: $0.value) }) else {
      report(
        "a model needs a fabric that says its accelerator", at: origin, key: "fabric")
      return nil
    }
    guard isSound(model), isSound(plan, for: model) else { return nil }
    guard let job = TrainingJob(model.transformer, plan.parallelPlan, on: type, name: "") else {
      report("found an iteration of more than 292 years, expected less", at: origin)
      return nil
    }
    for exchange in job.blocking + job.gradients {
      guard let problem = exchange.collective.problem else { continue }
      report("for \(exchange.purpose.rawValue), \(problem)", at: plan.origin)
      return nil
    }
    return job
  }
}
