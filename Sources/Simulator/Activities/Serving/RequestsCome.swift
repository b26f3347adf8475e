// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Scheduling
internal import Traces
internal import Traffic

// Requests come, are sent to replicas, and are answered.

extension Serving {
  func open(_ index: Int) throws(RunError) {
    let design = services[index].design
    do throws(TraceError) {
      services[index].feed = try InferenceFeed(
        design.source, name: design.name, seed: model.seed, isCertified: world.outputs.areKept)
    } catch {
      throw .trace(error)
    }
    try fetchRequest(of: index)
    planRequest(of: index)
  }

  /// Counts something of a service, and of all together.
  @inline(__always)
  private func count(of service: Int, _ body: (inout AnswerBook) -> Void) {
    body(&book)
    if services.count > 1 { body(&services[service].book) }
  }

  /// Takes in all requests to a service that come now.
  func requestComes(to service: Int) throws(RunError) {
    while let request = services[service].pending, request.time == now {
      count(of: service) { $0.offer() }
      send(request, of: service)
      try fetchRequest(of: service)
    }
    planRequest(of: service)
  }

  private func fetchRequest(of service: Int) throws(RunError) {
    do throws(TraceError) {
      services[service].pending = try services[service].feed?.next()
    } catch {
      throw .trace(error)
    }
    if let request = services[service].pending, request.time >= horizon {
      services[service].pending = nil
    }
  }

  private func planRequest(of service: Int) {
    guard let request = services[service].pending else { return }
    world.queue.push(.serving(.requestComes(service: Int32(service))), at: request.time)
  }

  /// Sends a request to the replica that the policy says, or refuses it where none takes it.
  private func send(_ request: OfferedRequest, of service: Int) {
    findCandidates(for: request, of: service)
    guard !question.candidates.isEmpty else { return count(of: service) { $0.refuse(request) } }
    let choice = question.candidates.count > 1 ? services[service].router.route(question) : 0
    let replica = Int(question.candidates[choice].replica)
    let way = way(of: request, to: replicas[replica].site, of: services[service].design)
    let reached = now + (way?.up ?? .zero)
    let id = requests.add(
      ServedRequest(
        request: request, service: Int32(service), replica: Int32(replica), reached: reached,
        way: way ?? ServiceWay()))
    guard reached > now else { return hand(id) }
    replicas[replica].coming += 1
    replicas[replica].comingTokens += promptTokens(of: request, services[service].design)
    world.plan(.serving(.requestIsThere(id)), at: reached)
  }

  /// A request has crossed the network.
  func requestIsThere(_ id: RequestID) {
    let replica = Int(requests[id].replica)
    let design = services[Int(requests[id].service)].design
    replicas[replica].coming -= 1
    replicas[replica].comingTokens -= promptTokens(of: requests[id].request, design)
    if replicas[replica].coming == 0 { replicas[replica].comingTokens = 0 }
    hand(id)
  }

  private func hand(_ id: RequestID) {
    let state = requests[id]
    let replica = Int(state.replica)
    let tokens = promptTokens(of: state.request, services[Int(state.service)].design)
    replicas[replica].engine.submit(
      EngineRequest(
        id: id.number, promptTokens: tokens, outputTokens: Int64(state.request.outputTokens)),
      at: now)
    mark(replica)
  }

  /// What is to be taken in of a request: what no cache has.
  func promptTokens(of request: OfferedRequest, _ design: InferenceService) -> Double {
    max(1, (request.inputTokens * (1 - design.cached)).rounded())
  }

  /// The way of a request to a site; none where nobody says where it comes from.
  private func way(
    of request: OfferedRequest, to site: Int, of design: InferenceService
  ) -> ServiceWay? {
    design.ways.isEmpty ? ServiceWay() : design.ways[request.place][site]
  }

  /// The replicas that may answer a request, as a policy is asked about them.
  private func findCandidates(for request: OfferedRequest, of service: Int) {
    let design = services[service].design
    question.now = now
    question.inputTokens = request.inputTokens
    question.firstToken = design.promise.firstToken?.seconds ?? .infinity
    question.candidates.removeAll(keepingCapacity: true)
    let isAlone = services[service].replicas.count == 1
    let tokens = promptTokens(of: request, design)
    for replica in services[service].replicas {
      let site = replicas[replica].site
      let waiting = replicas[replica].engine.waitingCount + replicas[replica].coming
      guard let way = way(of: request, to: site, of: design), waiting < design.mostWaiting else {
        continue
      }
      var candidate = ReplicaCandidate(replica: Int32(replica))
      if !isAlone {
        candidate.delay = (way.up + way.down).seconds
        candidate.requests = Int32(replicas[replica].requests)
        candidate.waiting = Int32(waiting)
        candidate.firstToken =
          candidate.delay + replicas[replica].firstToken(of: tokens, at: now)
        candidate.yuan = services[service].meters[site].yuanPerHour
      }
      question.candidates.append(candidate)
    }
  }

  /// A replica has given the last token of a request.
  func requestIsDone(_ end: BatchEngine.Finished, by replica: Int) throws(RunError) {
    let state = requests.take(RequestID(number: end.id))
    let service = Int(state.service)
    let request = state.request
    let between = SimDuration(
      nanoseconds: Int64(
        (Double((end.end - end.first).nanoseconds) / max(1, request.outputTokens)).rounded()))
    let times = AnswerTimes(
      queue: end.start - state.reached, firstToken: end.first - request.time + state.way.down,
      betweenTokens: between, response: end.end - request.time + state.way.down)
    let promise = services[service].design.promise
    let isWithin = promise.holds(
      firstToken: times.firstToken, betweenTokens: times.betweenTokens)
    count(of: service) { $0.serve(request, times, isWithin: isWithin) }
    guard let table else { return }
    try table.append(row(of: state, times, by: replica, promise.isEmpty ? nil : isWithin))
  }

  private func row(
    of state: ServedRequest, _ times: AnswerTimes, by replica: Int, _ isWithin: Bool?
  ) -> SamplesTable.Row {
    let design = services[Int(state.service)].design
    let request = state.request
    let pool = model.computing.pools[design.sites[replicas[replica].site].pool]
    let source =
      request.place < design.origins.count
      ? model.topology[design.origins[request.place]] : ""
    return SamplesTable.Row(
      instant: request.time, traffic: design.name, service: design.name, source: source,
      site: model.topology[pool.node], inputTokens: request.inputTokens,
      outputTokens: request.outputTokens, up_s: state.way.up.seconds,
      down_s: state.way.down.seconds,
      served: SamplesTable.Served(
        request: request.number, queue: times.queue, firstToken: times.firstToken,
        betweenTokens: times.betweenTokens, response: times.response, pool: pool.name,
        replica: replicas[replica].number, isWithin: isWithin))
  }

  /// What was read of traces of requests.
  func inputRecords() throws(RunError) -> [FileRecord] {
    var records: [FileRecord] = []
    for service in services {
      do throws(TraceError) {
        if let record = try service.feed?.record() { records.append(record) }
      } catch {
        throw .trace(error)
      }
    }
    return records
  }
}
