// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

// Jobs wait in the queue of their pool, run, may be stopped, and end.

extension Computing {
  /// A job whose data are there comes to its pool.
  func join(_ id: JobID) throws(RunError) {
    let pool = Int(jobs[id].pool)
    jobs[id].stage = .queued
    markPool(pool)
    if pools[pool].isShared {
      instant.sharing.append(id)
    } else {
      countWaiting(id, 1)
      submit(id)
    }
  }

  /// A job joins those that wait on its pool, or leaves them.
  func countWaiting(_ id: JobID, _ change: Int) {
    guard model.computing.placement.preempts else { return }
    pools[Int(jobs[id].pool)].countWaiting(change, priority: jobs[id].job.priority)
  }

  func queued(_ id: JobID) -> QueuedJob {
    let state = jobs[id]
    return QueuedJob(
      id: id, order: state.order, accelerators: Int32(state.job.accelerators),
      requested: state.requested, priority: Int32(clamping: state.job.priority),
      tenant: state.tenant, weight: tenants[state.tenant]?.weight ?? 1)
  }

  /// Passes once over the queue of each pool that something has changed.
  func passOverQueues() throws(RunError) {
    guard !instant.marked.isEmpty else { return }
    let marked = instant.marked.sorted()
    instant.marked.removeAll(keepingCapacity: true)
    for pool in marked {
      pools[pool].isMarked = false
      if pools[pool].isShared { try share(pool) } else { try pass(over: pool) }
      updatePower(of: pool)
      updateBoard(of: pool)
      if pools[pool].serving > 0 { world.ask.jobsChanged(pool) }
    }
    startTeams()
    wakeTeams(on: marked)
  }

  private func pass(over pool: Int) throws(RunError) {
    try choose(on: pool)
    pools[pool].queue?.pass(at: now.nanoseconds, into: &decisions)
    let (started, stopped) = (decisions.started, decisions.stopped)
    decisions.removeAll()
    for id in stopped {
      stop(id)
      countWaiting(id, 1)
    }
    for id in started {
      let team = jobs[id].team
      if !team.isNone {
        teams.begins(id, of: team)
        continue
      }
      countWaiting(id, -1)
      start(id)
    }
    guard let next = pools[pool].queue?.nextPass, next > now.nanoseconds else { return }
    world.plan(.computing(.passIsDue(pool: Int32(pool))), at: SimTime(nanoseconds: next))
  }

  /// A job starts, or goes on where it was stopped.
  func start(_ id: JobID) {
    let pool = Int(jobs[id].pool)
    let accelerators = jobs[id].job.accelerators
    pools[pool].countHeld(until: now)
    pools[pool].busy += accelerators
    pools[pool].running.append(id)
    if tables.jobs != nil, !pools[pool].isShared {
      jobs[id].held = pools[pool].numbers.take(accelerators)
    }
    let speed = pools[pool].isShared || pools[pool].speed == 0 ? 1 : pools[pool].speed
    let until = Double(accelerators) * (now.seconds + Double(jobs[id].requested) / 1e9 / speed)
    jobs[id].expected = until
    pools[pool].runningUntil += until
    jobs[id].place = pools[pool].running.count - 1
    jobs[id].stage = .running
    jobs[id].since = now
    jobs[id].resumed = now
    if jobs[id].booking == .held, now > jobs[id].slot ?? now { loseBooking(of: id) }
    if jobs[id].started == nil {
      jobs[id].started = now
      book.started(jobs[id], at: now)
    }
    if watch != nil { watchStart(of: id) }
    planEnd(of: id)
  }

  /// Plans the end of a job that holds its accelerators alone.
  func planEnd(of id: JobID) {
    guard !pools[Int(jobs[id].pool)].isShared else { return }
    if let handle = jobs[id].end { world.queue.cancel(handle) }
    jobs[id].end = nil
    guard let end = end(of: id), end < .distantFuture else { return }
    jobs[id].end = world.queue.push(.computing(.ends(id)), at: end)
    jobs[id].endsAt = end
  }

  /// When a job ends that holds its accelerators alone, at the speed that it has; nil for one that stands.
  private func end(of id: JobID) -> SimTime? {
    let speed = pace(of: id)
    guard speed > 0 else { return nil }
    let rest = SimDuration(nanoseconds: jobs[id].left)
    return jobs[id].since + (speed == 1 ? rest : rest.scaled(by: 1 / speed))
  }

  /// Counts what a job has done up to now, at the speed that it had.
  func settle(_ id: JobID) {
    let passed = (now - jobs[id].since).nanoseconds
    let speed = pace(of: id)
    let done = speed == 1 ? passed : SimDuration(nanoseconds: passed).scaled(by: speed).nanoseconds
    jobs[id].left = max(0, jobs[id].left - done)
    jobs[id].ran += passed
    // One that waits for a slower pool of its team takes the power of its own all the same.
    count(
      energyOf: id, from: jobs[id].since, to: now, speed: pools[Int(jobs[id].pool)].speed)
    jobs[id].since = now
  }

  /// A job that holds its accelerators alone stops, and gives them back.
  func stopRunning(_ id: JobID) {
    settle(id)
    leave(id)
    if let handle = jobs[id].end { world.queue.cancel(handle) }
    jobs[id].end = nil
  }

  private func stop(_ id: JobID) {
    stopRunning(id)
    jobs[id].stage = .queued
    jobs[id].requested = max(0, jobs[id].requested - (now - jobs[id].resumed).nanoseconds)
    jobs[id].stops += 1
    book.countStop()
  }

  /// A job gives its accelerators back.
  func leave(_ id: JobID) {
    if !pools[Int(jobs[id].pool)].isShared { charge(id, for: (now - jobs[id].resumed).nanoseconds) }
    if watch != nil { watchLeave(of: id) }
    let pool = Int(jobs[id].pool)
    pools[pool].countHeld(until: now)
    pools[pool].busy -= jobs[id].job.accelerators
    pools[pool].runningUntil -= jobs[id].expected
    if pools[pool].busy == 0 { pools[pool].runningUntil = 0 }
    if tables.jobs != nil, !pools[pool].isShared { pools[pool].numbers.release(jobs[id].held) }
    let place = jobs[id].place
    pools[pool].running.swapAt(place, pools[pool].running.count - 1)
    pools[pool].running.removeLast()
    if place < pools[pool].running.count { jobs[pools[pool].running[place]].place = place }
  }

  /// A job is done, or its time has run out, and so it is with those that run with it.
  func jobEnds(_ id: JobID) throws(RunError) {
    guard !jobs[id].team.isNone else { return try finish(id) }
    for member in teammates(of: id) {
      if member != id, let handle = jobs[member].end { world.queue.cancel(handle) }
      try finish(member)
    }
  }

  private func finish(_ id: JobID) throws(RunError) {
    let pool = Int(jobs[id].pool)
    settle(id)
    endInQueue(id)
    leave(id)
    leaveRounds(id)
    jobs[id].end = nil
    jobs[id].finished = now
    pools[pool].account.finished += 1
    markPool(pool)
    try sendOutput(of: id)
  }

  /// What a job has made sets out; without any, all is over.
  func sendOutput(of id: JobID) throws(RunError) {
    if try sendBookedOutput(of: id) { return }
    let state = jobs[id]
    let entry = model.computing.entries[Int(state.entry)]
    let node = model.computing.pools[Int(state.pool)].node
    guard !state.isCut, state.job.outputBytes > 0, let target = entry.outputTo,
      let route = candidates.route(from: node, to: target)
    else { return try close(id, state.isCut ? .outOfTime : .done) }
    jobs[id].stage = .returning
    try move(state.job.outputBytes, of: id, over: route, isOutput: true)
  }
}

// MARK: - Pools that all jobs share

extension Computing {
  /// Jobs that came begin at once, and all run at the speed that is left for each.
  private func share(_ pool: Int) throws(RunError) {
    defer { pools[pool].countShared(until: now) }
    // On a pool that is out of service those that came wait for its return.
    guard pools[pool].outages == 0 else { return }
    let waiting = instant.sharing.filter { Int(jobs[$0].pool) == pool }
    instant.sharing.removeAll { Int(jobs[$0].pool) == pool }
    for id in waiting {
      start(id)
      pools[pool].sharing?.begin(
        id, accelerators: Int32(jobs[id].job.accelerators), time: jobs[id].left,
        at: now.nanoseconds)
    }
    planNextEnd(of: pool)
  }

  /// Plans when the next of those that share a pool is done.
  func planNextEnd(of pool: Int) {
    if let handle = pools[pool].nextEnd { world.queue.cancel(handle) }
    pools[pool].nextEnd = nil
    guard let next = pools[pool].sharing?.nextEnd else { return }
    pools[pool].nextEnd = world.queue.push(
      .computing(.sharesEnd(pool: Int32(pool))), at: SimTime(nanoseconds: next))
  }

  /// Those end whose work is done by now.
  func sharesEnd(on pool: Int) throws(RunError) {
    pools[pool].nextEnd = nil
    while let id = pools[pool].sharing?.popEnded(by: now.nanoseconds) {
      settleSharing(id, done: jobs[id].left)
      leave(id)
      jobs[id].finished = now
      pools[pool].account.finished += 1
      try sendOutput(of: id)
    }
    markPool(pool)
  }

  /// A job that shares a pool stops, and leaves its part of it to others.
  func stopSharing(_ id: JobID) {
    let pool = Int(jobs[id].pool)
    let left = pools[pool].sharing?.withdraw(id, at: now.nanoseconds) ?? 0
    settleSharing(id, done: max(0, jobs[id].left - left))
    jobs[id].left = left
    leave(id)
  }

  /// Counts what a job has taken that shared a pool, has just been taken out of those that do, and got so
  /// far: the part of its accelerators that it had, in the mean.
  func settleSharing(_ id: JobID, done: Int64) {
    let passed = (now - jobs[id].since).nanoseconds
    let held = pools[Int(jobs[id].pool)].sharing?.lastHeld ?? 0
    charge(id, for: done)
    jobs[id].ran += passed
    guard passed > 0 else { return }
    count(
      energyOf: id, from: jobs[id].since, to: now, speed: Double(done) / Double(passed),
      part: held / Double(passed))
  }
}
