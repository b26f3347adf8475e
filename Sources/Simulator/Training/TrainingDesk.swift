// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// The training jobs of a run: how far each is, and what they have under way.
struct TrainingDesk {
  var jobs: [JobState] = []
  var exchanges: [ExchangeState] = []
  /// The jobs over sites, whose parts stand among `jobs`.
  var spans: [SpanState]
  /// Parts of transfers on each link of each fabric, where its policy wants to know.
  var loads: [[Float]]
  /// What each lane carries; lanes behind the last entry carry flows.
  private var owners: [LaneOwner] = []
  /// Set by tests that hold the skipping of steady iterations against doing without.
  var skipsSteadyIterations = true

  enum LaneOwner: BitwiseCopyable {
    case flows
    /// A transfer of an exchange, by one of its ways.
    case transfer(exchange: Int32, transfer: Int32, choice: Int32)
    /// What a job sends from one site to another.
    case hop(span: Int32, hop: Int32)
  }

  init(_ model: TrainingModel) {
    spans = model.spans.map { SpanState($0) }
    loads = model.fabrics.map { entry in
      entry.balancing.policy.readsLoads
        ? Array(repeating: 0, count: entry.fabric.links.count) : []
    }
    for (index, job) in model.jobs.enumerated() {
      let fabric = model.fabrics[job.fabric].fabric
      let first = exchanges.count
      for exchange in job.blocking + job.gradients {
        exchanges.append(
          ExchangeState(job: index, ExchangePlan(exchange, of: job, on: fabric)))
      }
      jobs.append(
        JobState(
          firstExchange: first, linkCount: fabric.links.count, awaited: job.after.count))
    }
  }

  var isOver: Bool { jobs.allSatisfy { $0.finish != nil } }

  var fractionsDone: [Double] { jobs.map(\.fractionDone) }

  func owns(_ lane: Int32) -> Bool {
    guard Int(lane) < owners.count else { return false }
    if case .flows = owners[Int(lane)] { return false }
    return true
  }

  func owner(of lane: Int32) -> LaneOwner { owners[Int(lane)] }

  mutating func setOwner(of lane: Int32, _ owner: LaneOwner) {
    while owners.count <= Int(lane) { owners.append(.flows) }
    owners[Int(lane)] = owner
  }
}

extension Run {
  /// Plans the start of each job.
  func planTraining() {
    if !model.training.jobs.isEmpty {
      meter.assumed = AssumedTraffic(links: model.topology.links.count)
    }
    for (index, job) in model.training.jobs.enumerated()
    where job.start < horizon && job.after.isEmpty {
      // The first site of a job starts with all others.
      if let span = job.membership?.span, model.training.spans[span].members[0] != index {
        continue
      }
      queue.push(.training(.jobStarts(job: Int32(index))), at: job.start)
    }
  }

  /// A transfer that a job waits for has arrived: with the last of them it starts.
  func dataArrive(for index: Int) {
    training.jobs[index].awaited -= 1
    let start = max(now, model.training.jobs[index].start)
    guard training.jobs[index].awaited == 0, start < horizon else { return }
    queue.push(.training(.jobStarts(job: Int32(index))), at: start)
  }

  func handle(_ event: TrainingEvent) throws(RunError) {
    switch event {
    case .jobStarts(let job): startJob(Int(job))
    case .gradientsBegin(let job): try beginNextGradients(Int(job))
    case .computeEnds(let job): try endCompute(Int(job))
    case .transfersStart(let exchange, let tier): startTransfers(Int(exchange), at: tier)
    case .hostsAreDone(let exchange): endPart(of: Int(exchange))
    case .phaseEnds(let exchange): try beginNextStep(Int(exchange))
    case .iterationsPass(let job): try passIterations(Int(job))
    case .hopBegins(let span, let hop): hopBegins(Int(hop), of: Int(span))
    case .transferIsWhole(let exchange): endPart(of: Int(exchange))
    case .hopIsWhole(let span, let hop): transferIsOver(Int(hop), of: Int(span))
    case .sitesHaveMet(let span): try sitesHaveMet(Int(span))
    case .microbatchLeaves(let span, let stop):
      try microbatchLeaves(StopNumber(stop), of: Int(span))
    }
  }

  /// The fabric that a job stands on, with its policy.
  func fabric(ofJob job: Int) -> BalancedFabric {
    model.training.fabrics[model.training.jobs[job].fabric]
  }
}
