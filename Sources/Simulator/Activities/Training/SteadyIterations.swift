// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

// Iterations that nothing can disturb are not simulated again.
//
// A job repeats itself exactly as long as nobody else uses its links and none of them changes. So
// behind an iteration that was such, all that would end before the next thing that could matter
// are passed at once: a change of a link of the fabric, a job that can meet this one, a flow if
// any may cross the fabric, the end of the run. What could matter is told from what the model
// says, never guessed: where it can't be told, everything is simulated. Links carry the bits of the
// iterations that are passed at their mean rate.

extension Training {
  /// The first instant at which something could disturb a job, as far as is known now.
  func quietUntil(for index: Int) -> SimTime {
    let job = model.training.jobs[index]
    let links = fabric(ofJob: index).fabric.links
    // A program may remember, and answer otherwise the next time.
    if spreaders[job.fabric] != nil { return now }
    if mayLossMatter(toClass: job.trafficClass, on: { links.contains($0) }) { return now }
    var limit = horizon
    // In order of time; those of this very instant may be yet to come.
    for change in model.changes where change.time >= now {
      if change.time >= limit { break }
      if change.links.contains(where: { links.contains(Int($0.index)) }) { limit = change.time }
    }
    for other in model.training.jobs.indices
    where other != index && book.jobs[other].finish == nil && canMeet(index, other) {
      // One that waits for data may start as soon as these are there.
      let isWaiting = book.jobs[other].awaited > 0
      limit = isWaiting ? now : min(limit, max(now, model.training.jobs[other].start))
    }
    let isJoined = fabric(ofJob: index).fabric.isJoined(in: model.topology)
    return quietUntilFlowsCome(before: limit, byDetour: isJoined) { links.contains($0) }
  }

  /// The first instant at which a flow could come to some links, if that is before a limit.
  func quietUntilFlowsCome(
    before limit: SimTime, byDetour: Bool, on isOne: (Int) -> Bool
  ) -> SimTime {
    guard mayFlowsCross(isOne, byDetour: byDetour) else { return limit }
    return min(limit, world.ask.nextFlow())
  }

  /// Whether a look at loss may change the terms of flows of a class, or what links leave them.
  func mayLossMatter(toClass trafficClass: Int, on isOne: (Int) -> Bool) -> Bool {
    guard world.loss.isOn else { return false }
    return model.classes[trafficClass].transport.kind != .ideal
      || world.loss.demands.contains { demand in
        demand.route?.links.contains { isOne(Int($0.index)) } == true
      }
  }

  /// Whether two jobs may have links in common: those above a leaf, or in a pod and above it.
  private func canMeet(_ first: Int, _ second: Int) -> Bool {
    let jobs = model.training.jobs
    guard jobs[first].fabric == jobs[second].fabric else { return false }
    let fabric = fabric(ofJob: first).fabric
    func places(_ job: Int) -> Set<Int> {
      Set(leaves(ofJob: job).map { fabric.podCount > 1 ? fabric.pod(ofLeaf: $0) : $0 })
    }
    return !places(first).isDisjoint(with: places(second))
  }

  /// Whether flows may take one of some links: by their route, a trace or a detour.
  private func mayFlowsCross(_ isOne: (Int) -> Bool, byDetour: Bool) -> Bool {
    guard model.hasFlows else { return false }
    if model.traffic.contains(where: \.findsRoutesInRun) { return true }
    let mayDetour = model.classes.contains { $0.onFailure == .move } || world.ask.hasTransfers()
    return byDetour && mayDetour
      || model.routes.contains { $0.links.contains { isOne(Int($0.index)) } }
  }

  /// Passes the iterations that will be like the last; false where there is none.
  func skipSteadyIterations(_ index: Int, of length: SimDuration) -> Bool {
    let count = steadyIterations(
      of: index, length, since: book.jobs[index].quietUntil, until: quietUntil(for: index))
    guard count > 0 else { return false }
    let skip = JobState.Skip(since: now, iterations: count, length: length)
    beginSkip(index, skip)
    world.queue.push(.training(.iterationsPass(job: Int32(index))), at: skip.end)
    return true
  }

  /// The iterations that will be like the last, which nothing could have disturbed before `since`.
  func steadyIterations(
    of index: Int, _ length: SimDuration, since: SimTime, until limit: SimTime
  ) -> Int {
    guard book.skipsSteadyIterations, since >= now, length > .zero else { return 0 }
    let quiet = (limit - now).nanoseconds / length.nanoseconds
    let iterations = book.jobs[index].iterations
    let count = max(0, min(Int(quiet), iterations.wanted - iterations.done))
    let (_, overflow) = length.nanoseconds.multipliedReportingOverflow(by: Int64(count))
    return overflow ? 0 : count
  }

  /// Has the links of the fabric carry what the iterations put on them.
  func beginSkip(_ index: Int, _ skip: JobState.Skip) {
    book.jobs[index].skip = skip
    let first = fabric(ofJob: index).fabric.firstLink
    for (place, bits) in book.jobs[index].carried.enumerated() where bits > 0 {
      world.meter.assumed.add(rate: bits / skip.length.seconds, to: first + place, at: now)
    }
  }

  func passIterations(_ index: Int) throws(RunError) {
    guard let skip = book.jobs[index].skip else { return }
    guard let span = model.training.jobs[index].membership?.span else {
      endSkip(index)
      return goOn(index, behindIterationOf: skip.length)
    }
    for member in model.training.spans[span].members { endSkip(member) }
    endSkip(ofSpan: span)
    goOnTogether(span, behindIterationOf: skip.length)
  }

  /// Counts the iterations that have passed up to now, and takes their traffic off the links.
  func endSkip(_ index: Int) {
    guard let skip = book.jobs[index].skip else { return }
    book.jobs[index].skip = nil
    let passed = skip.passed(by: now)
    let first = fabric(ofJob: index).fabric.firstLink
    for (place, bits) in book.jobs[index].carried.enumerated() where bits > 0 {
      world.meter.assumed.add(rate: -bits / skip.length.seconds, to: first + place, at: now)
    }
    let compute = model.training.jobs[index].compute.seconds
    book.jobs[index].iterations.done += passed
    book.jobs[index].statistics.pass(passed, compute: compute)
  }
}

extension Fabric {
  /// Whether a link leads from its cards and switches to anywhere else.
  ///
  /// No path between other nodes leads through a fabric that stands alone.
  fileprivate func isJoined(in topology: Topology) -> Bool {
    let inside = Set(
      topology.links[links].compactMap(\.ends).flatMap { [$0.source, $0.target] })
    return topology.links.indices.contains { place in
      guard !links.contains(place), let ends = topology.links[place].ends else { return false }
      return inside.contains(ends.source) || inside.contains(ends.target)
    }
  }
}
