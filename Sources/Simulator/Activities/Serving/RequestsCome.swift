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
        design.source, name: design.name, seed: model.seed, horizon: horizon,
        isCertified: world.outputs.areKept)
    } catch {
      throw .trace(error)
    }
    openFeeds += 1
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
    if let request = services[service].pending, request.time < horizon { return }
    services[service].pending = nil
    openFeeds -= 1
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
    let choice = services[service].router.route(question)
    let replica = Int(question.candidates[choice].replica)
    let site = replicas[replica].site
    let ways = ways(of: service, from: request.place)
    let way = ways.isEmpty ? ServiceWay() : ways[site] ?? ServiceWay()
    // What a replica remembers is told as the request is sent: a moment before it is there.
    let tokens = promptTokens(of: request, isKnown: replicas.has(prefix, replica), service)
    if let prefix { replicas[replica].cache?.see(prefix) }
    let id = requests.add(
      ServedRequest(
        request: request, service: Int32(service), replica: Int32(replica), reached: now + way.up,
        way: way, promptTokens: tokens))
    services[service].sites[site].add(requests: 1, at: now)
    let work = services[service].design.sites[site].engine.times.work(
      promptTokens: tokens, outputTokens: request.outputTokens)
    count(of: service) { $0.send(work: work, $1) }
    guard way.up > .zero else { return hand(id) }
    replicas[replica].isSent(tokens)
    world.plan(.serving(.requestIsThere(id)), at: now + way.up)
  }

  /// A request has crossed the network.
  func requestIsThere(_ id: RequestID) {
    replicas[Int(requests[id].replica)].isReached(requests[id].promptTokens)
    hand(id)
  }

  private func hand(_ id: RequestID) {
    let replica = Int(requests[id].replica)
    replicas[replica].engine.submit(
      EngineRequest(
        id: id.number, promptTokens: requests[id].promptTokens,
        outputTokens: Int64(requests[id].request.outputTokens)),
      at: now)
    mark(replica)
  }

  /// The replicas that may answer a request, as a policy is asked about them.
  private func findCandidates(
    for request: OfferedRequest, _ prefix: Int32?, of service: Int
  ) {
    question.now = now
    question.inputTokens = request.inputTokens
    question.firstToken = services[service].design.promise.firstToken?.seconds ?? .infinity
    question.candidates.removeAll(keepingCapacity: true)
    let count = services[service].replicas.count
    let most = services[service].design.mostWaiting
    let ways = ways(of: service, from: request.place)
    let facts = count > 1 ? services[service].facts : ReplicaFacts()
    let asksMore = facts.firstToken || facts.yuan || facts.prefix
    let loads = replicas.loads
    var candidate = ReplicaCandidate(replica: 0)
    question.candidates.append(addingCapacity: count) { candidates in
      for site in services[service].sites.indices {
        guard let way = ways.isEmpty ? ServiceWay() : ways[site] else { continue }
        candidate.delay = (way.up + way.down).seconds
        for replica in services[service].sites[site].replicas
        where loads[replica].isOn && Int(loads[replica].waiting) < most {
          candidate.replica = Int32(replica)
          candidate.requests = loads[replica].requests
          candidate.waiting = loads[replica].waiting
          if asksMore { find(facts, of: &candidate, loads[replica], for: request, prefix, service) }
          candidates.append(candidate)
        }
      }
    }
  }

  /// Finds what a routing asks of a replica beside its requests.
  private func find(
    _ facts: ReplicaFacts, of candidate: inout ReplicaCandidate, _ load: ReplicaLoad,
    for request: OfferedRequest, _ prefix: Int32?, _ service: Int
  ) {
    let hasPrefix = replicas.has(prefix, Int(candidate.replica))
    candidate.hasPrefix = hasPrefix
    guard facts.firstToken || facts.yuan else { return }
    let site = Int(load.site)
    let times = services[service].design.sites[site].engine.times
    let tokens = promptTokens(of: request, isKnown: hasPrefix, service)
    if facts.firstToken {
      candidate.firstToken = candidate.delay + load.firstToken(of: tokens, by: times, at: now)
    }
    if facts.yuan {
      let seconds = times.seconds(promptTokens: tokens, requests: 0)
      let accelerators = services[service].design.sites[site].engine.accelerators
      candidate.yuan = services[service].sites[site].meter.yuan(
        forSeconds: seconds * Double(accelerators), at: now)
    }
  }

  /// What is to be taken in of a prompt: what is not remembered.
  private func promptTokens(
    of request: OfferedRequest, isKnown: Bool, _ service: Int
  ) -> Double {
    let share = services[service].design.cache.share
    guard share > 0, isKnown else { return max(1, request.inputTokens) }
    return max(1, (request.inputTokens * (1 - share)).rounded())
  }

  /// The ways from a place to each site; none where nobody says where requests come from.
  private func ways(of service: Int, from place: Int) -> [ServiceWay?] {
    services[service].design.ways.isEmpty ? [] : services[service].design.ways[place]
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
    guard design.cache.prefixes > 0 else { return nil }
    return Int32.random(in: 0..<Int32(design.cache.prefixes), using: &prefixes)
  }
}

extension ReplicaState {
  /// A request is on its way to it.
  fileprivate mutating func isSent(_ tokens: Double) {
    coming += 1
    comingTokens += tokens
  }

  /// One that was on its way is there.
  fileprivate mutating func isReached(_ tokens: Double) {
    coming -= 1
    comingTokens = coming == 0 ? 0 : comingTokens - tokens
  }
}
