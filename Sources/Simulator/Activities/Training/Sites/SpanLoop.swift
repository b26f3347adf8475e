// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import NetworkModel
internal import Traffic

// The life of a job over sites: its sites begin an iteration together, meet in it, and end it
// together.

extension Training {
  func beginTogether(_ span: Int) {
    book.spans[span].carried.removeAll(keepingCapacity: true)
    book.spans[span].bits = 0
    book.spans[span].quietUntil = quietUntil(forSpan: span)
    for member in model.training.spans[span].members { beginIteration(member) }
  }

  /// A site has come to where it needs the others.
  func reachMeeting(_ index: Int, of span: Int) {
    book.spans[span].waiting += 1
    let job = model.training.spans[span]
    guard book.spans[span].waiting == job.members.count else { return }
    book.spans[span].waiting = 0
    switch job.exchange {
    case .ring(_, let latencies):
      book.spans[span].pendingHops = job.hops.count
      for hop in job.hops.indices { send(over: hop, of: span, latencies: latencies) }
    case .pipeline(let pipeline): begin(pipeline, of: span)
    }
  }

  /// What the sites of a ring had for each other has arrived.
  func sitesHaveMet(_ span: Int) throws(RunError) {
    for member in model.training.spans[span].members {
      book.jobs[member].hasMet = true
      try beginNextGradients(member)
    }
  }

  /// A site has done all of an iteration.
  func endPart(ofIterationOf span: Int) {
    let members = model.training.spans[span].members
    book.spans[span].done += 1
    guard book.spans[span].done == members.count else { return }
    book.spans[span].done = 0
    let length = now - book.jobs[members[0]].iterationStart
    for member in members { closeIteration(member) }
    book.spans[span].lastBits = book.spans[span].bits
    book.spans[span].bitsInAll += book.spans[span].bits
    goOnTogether(span, behindIterationOf: length)
  }

  func goOnTogether(_ span: Int, behindIterationOf length: SimDuration) {
    let members = model.training.spans[span].members
    guard beginsIteration(members[0]) else {
      for member in members { book.jobs[member].finish = now }
      return
    }
    if !skipSteadyIterations(ofSpan: span, of: length) { beginTogether(span) }
  }
}

// MARK: - Iterations that nothing can disturb

extension Training {
  /// Passes the iterations that will be like the last at all sites; false where there is none.
  private func skipSteadyIterations(ofSpan span: Int, of length: SimDuration) -> Bool {
    let job = model.training.spans[span]
    let leader = job.members[0]
    let count = steadyIterations(
      of: leader, length, since: book.spans[span].quietUntil, until: quietUntil(forSpan: span))
    guard count > 0 else { return false }
    let skip = JobState.Skip(since: now, iterations: count, length: length)
    for member in job.members { beginSkip(member, skip) }
    book.spans[span].skip = skip
    assumeTraffic(of: span, by: skip, times: 1)
    world.queue.push(.training(.iterationsPass(job: Int32(leader))), at: skip.end)
    return true
  }

  /// Counts what has crossed in skipped iterations up to now, and takes it off the links.
  func endSkip(ofSpan span: Int) {
    guard let skip = book.spans[span].skip else { return }
    book.spans[span].skip = nil
    assumeTraffic(of: span, by: skip, times: -1)
    book.spans[span].bitsInAll += book.spans[span].lastBits * Double(skip.passed(by: now))
  }

  private func assumeTraffic(of span: Int, by skip: JobState.Skip, times: Double) {
    for (link, bits) in book.spans[span].carried where bits > 0 {
      world.meter.assumed.add(rate: times * bits / skip.length.seconds, to: link, at: now)
    }
  }

  /// The first instant at which something could disturb a job over sites, as far as is known now.
  private func quietUntil(forSpan span: Int) -> SimTime {
    let job = model.training.spans[span]
    var limit = job.members.map { quietUntil(for: $0) }.min() ?? now
    guard limit > now else { return now }
    let links = links(ofSpan: span)
    if mayLossMatter(toClass: job.trafficClass, on: { links.contains($0) }) { return now }
    let mayDetour = model.classes[job.trafficClass].onFailure == .move && world.links.downCount > 0
    for change in model.changes where change.time >= now {
      if change.time >= limit { break }
      if mayDetour || change.links.contains(where: { links.contains(Int($0.index)) }) {
        limit = change.time
      }
    }
    for other in model.training.spans.indices where other != span {
      let leader = model.training.spans[other].members[0]
      guard book.jobs[leader].finish == nil, !links.isDisjoint(with: self.links(ofSpan: other))
      else { continue }
      limit = min(limit, max(now, model.training.jobs[leader].start))
    }
    limit = min(limit, quietUntilLightChanges(under: links))
    return quietUntilFlowsCome(before: limit, byDetour: true) { links.contains($0) }
  }

  /// Light may change by itself, by its use, or at the times of faults, and then for longer.
  private func quietUntilLightChanges(under links: Set<Int>) -> SimTime {
    let light = model.light
    guard links.contains(where: { world.loss.litLinks[$0] != nil }) else { return .distantFuture }
    guard light.failures == FailureRates(), light.requests.isEmpty,
      light.links.allSatisfy({ $0.automatic == nil })
    else { return now }
    let first = light.faults.map(\.time).min() ?? .distantFuture
    return first >= now ? first : now
  }

  /// The links that a job over sites uses, at home and now.
  private func links(ofSpan span: Int) -> Set<Int> {
    let job = model.training.spans[span]
    var links = Set(job.hops.flatMap { $0.route.links.map { Int($0.index) } })
    for hop in book.spans[span].hops where !hop.flowClass.isNone {
      links.formUnion(world.flowClasses.route(of: hop.flowClass).links.map { Int($0.index) })
    }
    return links
  }
}
