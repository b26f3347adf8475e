// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

// The life of a job: iterations of blocking exchanges, the compute phase, and gradients beside
// its end and behind it.

extension Training {
  func startJob(_ index: Int) {
    let span = model.training.jobs[index].membership?.span
    for site in span.map({ model.training.spans[$0].members }) ?? [index] {
      book.jobs[site].start = now
      book.jobs[site].iterations.wanted = model.training.jobs[site].iterations
    }
    if let span { beginTogether(span) } else { beginIteration(index) }
  }

  func beginsIteration(_ index: Int) -> Bool {
    book.jobs[index].iterations.done < book.jobs[index].iterations.wanted
  }

  func beginIteration(_ index: Int) {
    book.jobs[index].iterationStart = now
    book.jobs[index].quietUntil = quietUntil(for: index)
    book.jobs[index].statistics.beginIteration()
    for link in book.jobs[index].carried.indices { book.jobs[index].carried[link] = 0 }
    book.jobs[index].blocking = -1
    book.jobs[index].gradients = -1
    book.jobs[index].hasMet = false
    beginNextBlocking(index)
  }

  private func beginNextBlocking(_ index: Int) {
    let job = model.training.jobs[index]
    book.jobs[index].blocking += 1
    let next = book.jobs[index].blocking
    if next < job.blocking.count {
      beginExchange(book.jobs[index].firstExchange + next)
    } else {
      book.jobs[index].blocking = -1
      beginCompute(index)
    }
  }

  private func beginCompute(_ index: Int) {
    let job = model.training.jobs[index]
    book.jobs[index].isComputing = true
    if let membership = job.membership, membership.meeting == .pipeline {
      return reachMeeting(index, of: membership.span)
    }
    world.queue.push(.training(.computeEnds(job: Int32(index))), at: now + job.compute)
    guard !job.gradients.isEmpty || job.membership != nil else { return }
    let alone = Double(job.compute.nanoseconds) * (1 - job.overlap)
    book.jobs[index].gradients = 0
    world.queue.push(
      .training(.gradientsBegin(job: Int32(index))),
      at: now + SimDuration(nanoseconds: Int64(alone.rounded())))
  }

  func endCompute(_ index: Int) throws(RunError) {
    book.jobs[index].isComputing = false
    try endIterationIfDone(index)
  }

  /// Goes on behind an exchange of a job.
  func exchangeEnds(_ exchange: Int) throws(RunError) {
    let index = book.exchanges[exchange].job
    if book.jobs[index].blocking >= 0 { return beginNextBlocking(index) }
    book.jobs[index].gradients += 1
    try beginNextGradients(index)
  }

  /// Goes on to the next exchange of gradients, to the other sites, or to the end.
  func beginNextGradients(_ index: Int) throws(RunError) {
    let job = model.training.jobs[index]
    let next = book.jobs[index].gradients
    if let membership = job.membership, membership.meeting == .gradients(behind: next),
      !book.jobs[index].hasMet
    {
      return reachMeeting(index, of: membership.span)
    }
    if next < job.gradients.count {
      beginExchange(book.jobs[index].firstExchange + job.blocking.count + next)
    } else {
      book.jobs[index].gradients = -1
      try endIterationIfDone(index)
    }
  }

  private func endIterationIfDone(_ index: Int) throws(RunError) {
    let state = book.jobs[index]
    guard !state.isComputing, state.gradients < 0 else { return }
    if let span = model.training.jobs[index].membership?.span {
      return endPart(ofIterationOf: span)
    }
    closeIteration(index)
    goOn(index, behindIterationOf: now - state.iterationStart)
  }

  /// Counts an iteration that is over.
  func closeIteration(_ index: Int) {
    let compute = model.training.jobs[index].compute.seconds
    let length = now - book.jobs[index].iterationStart
    book.jobs[index].iterations.done += 1
    book.jobs[index].iterations.simulated += 1
    book.jobs[index].statistics.lastBits = bitsSent(byIterationOf: index)
    book.jobs[index].statistics.lastExposed = length.seconds - compute
    book.jobs[index].statistics.count(1, compute: compute)
    noteLinkBalance(of: index)
  }

  /// Skips what will be the same, begins another iteration, or ends the job.
  func goOn(_ index: Int, behindIterationOf length: SimDuration) {
    guard beginsIteration(index) else {
      book.jobs[index].finish = now
      return
    }
    if !skipSteadyIterations(index, of: length) { beginIteration(index) }
  }

  /// What the cards of the job sent.
  private func bitsSent(byIterationOf index: Int) -> Double {
    let fabric = fabric(ofJob: index).fabric
    return stride(from: 0, to: 2 * fabric.nicCount, by: 2)
      .reduce(0) { $0 + book.jobs[index].carried[$1] }
  }

  /// Looks at the links above the leaves that the job stands on.
  private func noteLinkBalance(of index: Int) {
    let fabric = fabric(ofJob: index).fabric
    let carried = book.jobs[index].carried
    var most = 0.0
    var total = 0.0
    var count = 0
    let firsts = leaves(ofJob: index).flatMap { leaf in
      let up = fabric.leafLink(leaf, spine: 0) - fabric.firstLink
      return [up, up + 1]
    }
    for first in firsts {
      let spines = 0..<fabric.spinesPerPod
      // A leaf that nothing leaves, or enters, leaves nothing to balance.
      guard spines.contains(where: { carried[first + 2 * $0] > 0 }) else { continue }
      for spine in spines {
        let bits = carried[first + 2 * spine]
        most = max(most, bits)
        total += bits
        count += 1
      }
    }
    book.jobs[index].statistics.linkBalance = most > 0 ? total / Double(count) / most : .nan
  }

  /// The leaves that the cards of a job have cables to.
  func leaves(ofJob index: Int) -> [Int] {
    let fabric = fabric(ofJob: index).fabric
    let job = model.training.jobs[index]
    let leaves = (0..<job.gpus).map {
      fabric.leaf(ofNIC: fabric.nic(ofGPU: job.placement.gpu(ofRank: $0)))
    }
    return Set(leaves).sorted()
  }
}
