// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

/// The transfers of a run: who waits for what, and what links have promised to them.
struct TransferBook {
  /// In the order in which they asked; those that are over are given up once all before them are.
  var states = TrailingStore<TransferState>()
  /// What came of those that were given up.
  var tally = TransferTally()
  /// The transfer that each source brings next.
  private(set) var pending: [Transfer?]
  private var sources: [Source]
  /// Candidate routes by the ends of a transfer.
  private var routes: [Route: [Route]] = [:]
  private let model: TransferModel
  /// By the name of a transfer, the jobs that wait for it.
  var waitingJobs: [String: [Int]] = [:]
  private(set) var unfinished = 0
  /// Those that send in their windows, in the order in which they asked.
  private(set) var open: [Int] = []

  private enum Source {
    case listed([Transfer], next: Int)
    case generated(GeneratorState, TransferGenerator)
  }

  init(_ model: Model) {
    self.model = model.transfers
    pending = Array(repeating: nil, count: model.transfers.sources.count)
    sources = model.transfers.sources.map { source in
      switch source {
      case .listed(let transfers): .listed(transfers, next: 0)
      case .generated(let generator):
        .generated(GeneratorState(generator.generator, seed: model.seed), generator)
      }
    }
    for (index, job) in model.training.jobs.enumerated() {
      for name in job.after { waitingJobs[name, default: []].append(index) }
    }
  }

  var isEmpty: Bool { model.isEmpty }

  var isOver: Bool { unfinished == 0 && pending.allSatisfy { $0 == nil } }

  var fractionsDone: [Double] {
    guard !sources.isEmpty else { return [] }
    let asked = states.numbers.upperBound
    return [asked == 0 ? 0 : 1 - Double(unfinished) / Double(asked)]
  }

  /// Takes in a transfer that is known from now on, and gives its position.
  mutating func take(_ order: Transfer, home: FlowClassID, of job: JobID? = nil) -> Int {
    states.append(TransferState(order, home: home, job: job))
    unfinished += 1
    return states.numbers.upperBound - 1
  }

  /// A transfer, unless it is over and has been given up.
  func state(of index: Int) -> TransferState? {
    states.numbers.contains(index) ? states[index] : nil
  }

  /// A transfer is at another stage from now on.
  mutating func move(_ index: Int, to stage: TransferState.Stage) {
    let wasOpen = states[index].isOpen
    states[index].stage = stage
    guard wasOpen != states[index].isOpen else { return }
    let place = open.firstIndex { $0 >= index } ?? open.count
    if wasOpen { open.remove(at: place) } else { open.insert(index, at: place) }
  }

  mutating func end(_ index: Int, _ stage: TransferState.Stage) {
    move(index, to: stage)
    unfinished -= 1
  }

  /// The routes that a transfer may take, from least delay on.
  mutating func routes(of terms: TransferTerms, home: Route, in topology: Topology) -> [Route] {
    guard !terms.isPinned, let source = home.source, let target = home.target else {
      return [home]
    }
    if let known = routes[home] { return known }
    let found = topology.routes(from: source, to: target, count: model.paths)
    routes[home] = found
    return found
  }

  /// Finds the next transfer of a source, unless it would ask when the run is over.
  ///
  /// `idealSeconds` tells how long so many bytes take alone on a route of the model in a class.
  mutating func fetch(
    _ source: Int, before horizon: SimTime, idealSeconds: (Transfer) -> Double
  ) {
    pending[source] = nil
    switch sources[source] {
    case .listed(let transfers, let next):
      guard next < transfers.count else { return }
      sources[source] = .listed(transfers, next: next + 1)
      pending[source] = transfers[next]
    case .generated(var state, let generator):
      let flow = state.next()
      sources[source] = .generated(state, generator)
      guard let flow else { return }
      var transfer = Transfer(
        name: state.flowName(flow.number), trafficClass: generator.generator.trafficClass,
        route: flow.route, bytes: Bytes(flow.bytes), asked: flow.start,
        start: flow.start + generator.ahead, terms: generator.terms)
      transfer.deadline = state.deadline?.deadline(
        start: transfer.start, idealSeconds: idealSeconds(transfer))
      pending[source] = transfer
    }
    if let next = pending[source], next.asked >= horizon { pending[source] = nil }
  }
}
