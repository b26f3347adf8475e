// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

typealias ExchangePartID = Position<TrainingBook.ExchangePart>
typealias HopID = Position<SpanningJob.Hop>

/// The training jobs of a run: how far each is, and what they have under way.
struct TrainingBook {
  var jobs: [JobState] = []
  var exchanges: [ExchangeState] = []
  /// The jobs over sites, whose parts stand among `jobs`.
  var spans: [SpanState]
  /// The jobs over sites and their hops, by the number of the owner that these are.
  let hopPlaces: [(span: Int, hop: Int)]
  private let firstHops: [Int]
  /// What flow classes that exchanges have for themselves carry, by the number of their owner.
  private var parts: [ExchangePart] = []
  /// Set by tests that hold the skipping of steady iterations against doing without.
  var skipsSteadyIterations = true

  /// A transfer of an exchange, by one of its paths.
  struct ExchangePart: BitwiseCopyable {
    var exchange: Int32
    var transfer: Int32
    var choice: Int32
  }

  init(_ model: TrainingModel) {
    spans = model.spans.map { SpanState($0) }
    hopPlaces = model.spans.enumerated().flatMap { span, job in
      job.hops.indices.map { (span, $0) }
    }
    firstHops = model.spans.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.hops.count) }
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

  func hopNumber(_ hop: Int, of span: Int) -> HopID { HopID(firstHops[span] + hop) }

  func part(_ id: ExchangePartID) -> ExchangePart { parts[id.index] }

  mutating func add(_ part: ExchangePart) -> Owner {
    parts.append(part)
    return .exchange(ExchangePartID(parts.count - 1))
  }
}

extension Training {
  /// Plans the start of each job.
  func planTraining() {
    if !model.training.jobs.isEmpty {
      world.meter.assumed = AssumedTraffic(links: model.topology.links.count)
    }
    for (index, job) in model.training.jobs.enumerated()
    where job.start < horizon && job.after.isEmpty {
      // The first site of a job starts with all others.
      if let span = job.membership?.span, model.training.spans[span].members[0] != index {
        continue
      }
      world.queue.push(.training(.jobStarts(job: Int32(index))), at: job.start)
    }
  }

  /// A transfer that a job waits for has arrived: with the last of them it starts.
  func dataArrive(for index: Int) {
    book.jobs[index].awaited -= 1
    let start = max(now, model.training.jobs[index].start)
    guard book.jobs[index].awaited == 0, start < horizon else { return }
    world.queue.push(.training(.jobStarts(job: Int32(index))), at: start)
  }

  func handle(_ event: TrainingEvent) throws(RunError) {
    switch event {
    case .jobStarts(let job): startJob(Int(job))
    case .gradientsBegin(let job): try beginNextGradients(Int(job))
    case .computeEnds(let job): try endCompute(Int(job))
    case .transfersStart(let exchange, let tier): try startTransfers(Int(exchange), at: tier)
    case .hostsAreDone(let exchange): endPart(of: Int(exchange))
    case .phaseEnds(let exchange): try beginNextStep(Int(exchange))
    case .iterationsPass(let job): try passIterations(Int(job))
    case .hopBegins(let span, let hop): try hopBegins(Int(hop), of: Int(span))
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
