// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Results
internal import Scheduling
internal import Traffic

/// Inference services: requests come, are sent to replicas on pools, wait, and are answered.
///
/// What happens in an instant happens in this order: requests come and reach their replicas, then
/// each replica that anything has changed is moved on once. So what reaches a replica as a step of
/// it ends joins the next one.
final class Serving: Activity {
  let world: World
  var services: [ServiceState] = []
  var replicas = ReplicaStore()
  var requests = SlotStore<ServedRequest>()
  /// Services that are to get more requests.
  var openFeeds = 0
  /// What is counted of all services together.
  var book: AnswerBook
  let table: TableWriter<SamplesTable>?
  /// Replicas that are to be moved on before this instant is over, and which they are.
  private var marked: [Int] = []
  private var isMarked: [Bool] = []
  /// When each is moved on at the latest.
  private var nextSteps: [EventHandle] = []
  /// What a replica has just finished; kept so that steps need not allocate.
  private var finished: [BatchEngine.Finished] = []
  /// Kept likewise.
  var question = RequestQuestion(now: .zero, inputTokens: 0)

  init(_ world: World) {
    self.world = world
    book = AnswerBook(countsFrom: .zero + world.model.warmUp)
    table = world.outputs.writer(of: SamplesTable.self)
    for (index, design) in world.model.serving.services.enumerated() {
      let first = replicas.count
      for (site, terms) in design.sites.enumerated() {
        for _ in 0..<terms.most {
          replicas.append(
            ReplicaState(of: design, index, site: site, number: replicas.count - first))
        }
      }
      services.append(ServiceState(design, replicas: first..<replicas.count, model: world.model))
    }
    isMarked = Array(repeating: false, count: replicas.count)
    nextSteps = Array(repeating: .none, count: replicas.count)
  }

  /// Has the replicas that are there at the start, and opens all sources.
  func begin() throws(RunError) {
    for index in services.indices {
      beginReplicas(of: index)
      try open(index)
    }
  }

  func handle(_ event: ServingEvent) throws(RunError) {
    switch event {
    case .requestComes(let service): try requestComes(to: Int(service))
    case .requestIsThere(let id): requestIsThere(id)
    case .replicaSteps(let replica):
      nextSteps[Int(replica)] = .none
      mark(Int(replica))
    case .replicaIsReady(let replica): replicaIsReady(Int(replica))
    case .isReviewed(let service): review(Int(service))
    }
  }

  /// Has a replica moved on when the instant ends.
  func mark(_ replica: Int) {
    guard !isMarked[replica] else { return }
    isMarked[replica] = true
    marked.append(replica)
  }

  /// What is left to do once everything of an instant has happened.
  func instantEnds() throws(RunError) {
    guard !marked.isEmpty else { return }
    if marked.count > 1 { marked.sort() }
    for place in marked.indices { try moveOn(marked[place]) }
    marked.removeAll(keepingCapacity: true)
  }

  private func moveOn(_ replica: Int) throws(RunError) {
    isMarked[replica] = false
    replicas[replica].engine.advance(to: now, into: &finished)
    for place in finished.indices { try requestIsDone(finished[place], by: replica) }
    finished.removeAll(keepingCapacity: true)
    planStep(of: replica)
    noteWork(of: replica)
    endIfIdle(replica)
  }

  private func planStep(of replica: Int) {
    let next = replicas[replica].engine.nextChange
    if let next, next <= horizon, next < .distantFuture {
      if nextSteps[replica] != .none, world.queue.reschedule(nextSteps[replica], to: next) {
        return
      }
      nextSteps[replica] = world.queue.push(.serving(.replicaSteps(Int32(replica))), at: next)
    } else if nextSteps[replica] != .none {
      world.queue.cancel(nextSteps[replica])
      nextSteps[replica] = .none
    }
  }

  /// Notes where a replica begins or ends to be at work.
  private func noteWork(of replica: Int) {
    let isBusy = replicas[replica].engine.isBusy
    guard isBusy != replicas[replica].work.isRunning else { return }
    replicas[replica].work.set(running: isBusy, at: now)
    let accelerators = replicas[replica].accelerators
    let (service, site) = (replicas[replica].service, replicas[replica].site)
    let change = isBusy ? accelerators : -accelerators
    services[service].sites[site].meter.add(busy: change, held: 0, at: now)
    world.ask.serve(services[service].design.sites[site].pool, change, 0)
  }

  var isOver: Bool { requests.count == 0 && openFeeds == 0 }

  var fractionsDone: [Double] { services.map { $0.feed?.fractionDone ?? 0 } }
}
