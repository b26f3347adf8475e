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

extension Run {
  /// The first instant at which something could disturb a job, as far as is known now.
  func quietUntil(for index: Int) -> SimTime {
    // Where loss is looked at, terms of transfers may change at any look.
    if loss.isOn { return now }
    let job = model.training.jobs[index]
    let links = fabric(ofJob: index).fabric.links
    var limit = horizon
    // In order of time; those of this very instant may be yet to come.
    for change in model.changes where change.time >= now {
      if change.time >= limit { break }
      if change.links.contains(where: { links.contains(Int($0.index)) }) { limit = change.time }
    }
    for other in model.training.jobs.indices
    where other != index && training.jobs[other].finish == nil && canMeet(index, other) {
      // One that waits for data may start as soon as these are there.
      let isWaiting = training.jobs[other].awaited > 0
      limit = isWaiting ? now : min(limit, max(now, model.training.jobs[other].start))
    }
    guard mayFlowsCross(model.training.fabrics[job.fabric].fabric) else { return limit }
    if present > 0 || !transfers.isOver { return now }
    for arrival in arrivals { limit = min(limit, arrival?.record.arrival ?? limit) }
    return limit
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

  /// Whether flows may take a link of a fabric: by their route, a trace or a detour.
  private func mayFlowsCross(_ fabric: Fabric) -> Bool {
    guard !model.traffic.isEmpty || !model.transfers.isEmpty else { return false }
    for source in model.traffic { if case .trace = source { return true } }
    let mayDetour = model.classes.contains { $0.onFailure == .move } || !transfers.isOver
    return mayDetour && fabric.isJoined(in: model.topology)
      || model.routes.contains { $0.links.contains { fabric.links.contains(Int($0.index)) } }
  }

  /// Passes the iterations that will be like the last; false where there is none.
  func skipSteadyIterations(_ index: Int, of length: SimDuration) -> Bool {
    let state = training.jobs[index]
    guard training.skipsSteadyIterations, state.quietUntil >= now, length > .zero else {
      return false
    }
    let quiet = (quietUntil(for: index) - now).nanoseconds / length.nanoseconds
    let count = min(Int(quiet), state.iterations.wanted - state.iterations.done)
    let (time, overflow) = length.nanoseconds.multipliedReportingOverflow(by: Int64(count))
    guard count > 0, !overflow else { return false }
    training.jobs[index].skip = JobState.Skip(since: now, iterations: count, length: length)
    let first = fabric(ofJob: index).fabric.firstLink
    for (place, bits) in state.carried.enumerated() where bits > 0 {
      meter.assumed.add(rate: bits / length.seconds, to: first + place, at: now)
    }
    queue.push(
      .training(.iterationsPass(job: Int32(index))), at: now + SimDuration(nanoseconds: time))
    return true
  }

  func passIterations(_ index: Int) throws(RunError) {
    guard let skip = training.jobs[index].skip else { return }
    endSkip(index)
    goOn(index, behindIterationOf: skip.length)
  }

  /// Counts the iterations that have passed up to now, and takes their traffic off the links.
  func endSkip(_ index: Int) {
    guard let skip = training.jobs[index].skip else { return }
    training.jobs[index].skip = nil
    let passed = min(
      skip.iterations, Int((now - skip.since).nanoseconds / skip.length.nanoseconds))
    let first = fabric(ofJob: index).fabric.firstLink
    for (place, bits) in training.jobs[index].carried.enumerated() where bits > 0 {
      meter.assumed.add(rate: -bits / skip.length.seconds, to: first + place, at: now)
    }
    let compute = model.training.jobs[index].compute.seconds
    training.jobs[index].iterations.done += passed
    training.jobs[index].statistics.count(passed, compute: compute)
  }
}

extension Fabric {
  /// Whether a link leads from its cards and switches to anywhere else.
  ///
  /// No way between other nodes leads through a fabric that stands alone.
  fileprivate func isJoined(in topology: Topology) -> Bool {
    let inside = Set(
      topology.links[links].compactMap(\.ends).flatMap { [$0.source, $0.target] })
    return topology.links.indices.contains { place in
      guard !links.contains(place), let ends = topology.links[place].ends else { return false }
      return inside.contains(ends.source) || inside.contains(ends.target)
    }
  }
}
