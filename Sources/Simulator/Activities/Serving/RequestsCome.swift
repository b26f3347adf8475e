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

  /// Counts something of a service, and of all together, with what it stands for.
  @inline(__always)
  func count(of service: Int, _ body: (inout AnswerBook, Int) -> Void) {
    let count = services[service].design.standsFor
    body(&book, count)
    if services.count > 1 { body(&services[service].book, count) }
  }

  /// Takes in all requests to a service that come now.
  func requestComes(to service: Int) throws(RunError) {
    while let request = services[service].pending, request.time == now {
      count(of: service) { $0.offer($1) }
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
    let prefix = services[service].nextPrefix()
    findCandidates(for: request, prefix, of: service)
    guard !question.candidates.isEmpty else { return count(of: service) { $0.refuse(request, $1) } }
    let choice = question.candidates.count > 1 ? services[service].router.route(question) : 0
    let replica = Int(question.candidates[choice].replica)
    let design = services[service].design
    let way = way(of: request, to: replicas[replica].site, of: design) ?? ServiceWay()
    // What a replica remembers is told as the request is sent: a moment before it is there.
    let tokens = replicas[replica].promptTokens(of: request, prefix, design.cache)
    if let prefix { replicas[replica].cache?.see(prefix) }
    let id = requests.add(
      ServedRequest(
        request: request, service: Int32(service), replica: Int32(replica), reached: now + way.up,
        way: way, promptTokens: tokens))
    services[service].sites[replicas[replica].site].add(requests: 1, at: now)
    let work = replicas[replica].engine.terms.times.work(
      promptTokens: tokens, outputTokens: request.outputTokens)
    count(of: service) { $0.send(work: work, $1) }
    guard way.up > .zero else { return hand(id) }
    replicas[replica].coming += 1
    replicas[replica].comingTokens += tokens
    world.plan(.serving(.requestIsThere(id)), at: now + way.up)
  }

  /// A request has crossed the network.
  func requestIsThere(_ id: RequestID) {
    let replica = Int(requests[id].replica)
    replicas[replica].coming -= 1
    replicas[replica].comingTokens -= requests[id].promptTokens
    if replicas[replica].coming == 0 { replicas[replica].comingTokens = 0 }
    hand(id)
  }

  private func hand(_ id: RequestID) {
    let state = requests[id]
    replicas[Int(state.replica)].engine.submit(
      EngineRequest(
        id: id.number, promptTokens: state.promptTokens,
        outputTokens: Int64(state.request.outputTokens)),
      at: now)
    mark(Int(state.replica))
  }

  /// The way of a request to a site; none where nobody says where it comes from.
  private func way(
    of request: OfferedRequest, to site: Int, of design: InferenceService
  ) -> ServiceWay? {
    design.ways.isEmpty ? ServiceWay() : design.ways[request.place][site]
  }

  /// The replicas that may answer a request, as a policy is asked about them.
  private func findCandidates(
    for request: OfferedRequest, _ prefix: Int32?, of service: Int
  ) {
    let design = services[service].design
    question.now = now
    question.inputTokens = request.inputTokens
    question.firstToken = design.promise.firstToken?.seconds ?? .infinity
    question.candidates.removeAll(keepingCapacity: true)
    let isAlone = services[service].replicas.count == 1
    for replica in services[service].replicas where replicas[replica].stage == .on {
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
        candidate.hasPrefix = replicas[replica].has(prefix)
        let tokens = replicas[replica].promptTokens(of: request, prefix, design.cache)
        candidate.firstToken =
          candidate.delay + replicas[replica].firstToken(of: tokens, at: now)
        candidate.yuan = services[service].sites[site].meter.yuanPerHour
      }
      question.candidates.append(candidate)
    }
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

extension ServiceState {
  /// The beginning of the next prompt; nil where they are not told apart.
  fileprivate mutating func nextPrefix() -> Int32? {
    let cache = design.cache
    guard cache.prefixes > 0 else { return nil }
    return Int32.random(in: 0..<Int32(cache.prefixes), using: &prefixes)
  }
}

extension ReplicaState {
  fileprivate func has(_ prefix: Int32?) -> Bool {
    guard let prefix, let cache else { return true }
    return cache.has(prefix)
  }

  /// What is to be taken in of a request: what it does not remember.
  fileprivate func promptTokens(
    of request: OfferedRequest, _ prefix: Int32?, _ terms: ServiceCache
  ) -> Double {
    guard terms.share > 0, has(prefix) else { return max(1, request.inputTokens) }
    return max(1, (request.inputTokens * (1 - terms.share)).rounded())
  }
}
