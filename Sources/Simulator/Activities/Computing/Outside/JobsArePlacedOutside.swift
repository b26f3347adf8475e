// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Policies
internal import Scheduling
internal import Traffic

// A policy outside is asked about jobs, and what it says of them is done.

extension Computing {
  /// Has the programs decide that do.
  func enlistPolicies() {
    guard !model.computing.isEmpty else { return }
    enlistPlacement()
    enlistQueues()
    enlistPreemption()
    enlistPower()
  }

  private func enlistPlacement() {
    guard let terms = model.computing.placement.outside else { return }
    let hello = PlacementHello(model).parts()
    let placement = world.programs.seam("placement", by: terms.command, telling: hello)
    let migration = model.computing.placement.moves.map { _ in
      world.programs.seam("migration", by: terms.command)
    }
    outside = PlacementOutside(
      terms, model.computing.pools, placement: placement, migration: migration ?? placement)
  }

  /// Asks where jobs go, which stand in the order of their submission.
  func place(_ asking: [JobID], by policy: PlacementOutside) throws(RunError) {
    var open: [PlacementOutside.Asked] = []
    var isCalling = instant.isCalling
    for id in asking {
      guard let asked = try asked(id) else { continue }
      open.append(asked)
      guard policy.terms.asking == .each else { continue }
      try ask(open, policy)
      open.removeAll()
      isCalling = false
    }
    if !open.isEmpty || isCalling { try ask(open, policy) }
  }

  /// What there is to ask about a job; nil where there is nothing to decide, and it is done.
  private func asked(_ id: JobID) throws(RunError) -> PlacementOutside.Asked? {
    try question(about: id).map { asked(id, $0) }
  }

  private func asked(_ id: JobID, _ question: PlacementQuestion) -> PlacementOutside.Asked {
    var question = question
    // Where no pool is within the scenario's bound on the delay, the nearest is left.
    if let bound = model.computing.placement.latency {
      question.candidates = Array(question.candidates.prefix(max(1, question.count(within: bound))))
    }
    let state = jobs[id]
    let name = name(of: id)
    let tenant = tenants[state.tenant]
    return PlacementOutside.Asked(
      id: id, name: name, question: question, level: tenant?.level ?? 1,
      details: details(of: question, state, name, tenant))
  }

  private func ask(
    _ asked: [PlacementOutside.Asked], _ policy: PlacementOutside
  ) throws(RunError) {
    let answer = try answer(to: .placement, asked, policy)
    if let call = answer.callAt { world.plan(.computing(.policyIsCalled), at: call) }
    for (job, decision) in zip(asked, answer.decisions) {
      if watch != nil { watchDecision(of: job.id, job.question, decision) }
      if case .wait(let until) = decision {
        wait(job.id, until: until, policy)
      } else {
        try carryOut(decision, on: job, after: answer.delay, policy)
      }
    }
  }
}

// MARK: - What leaves its pool

extension Computing {
  /// Asks whether jobs leave the pools that they are on, which stand in the order of their submission.
  func reviewJobs(_ ids: [JobID], by policy: PlacementOutside) throws(RunError) {
    var asked: [PlacementOutside.Asked] = []
    for id in ids {
      guard let question = reviewQuestion(about: id) else { continue }
      asked.append(self.asked(id, question))
      guard policy.terms.asking == .each else { continue }
      try move(asked, by: policy)
      asked.removeAll()
    }
    if !asked.isEmpty { try move(asked, by: policy) }
  }

  private func move(
    _ asked: [PlacementOutside.Asked], by policy: PlacementOutside
  ) throws(RunError) {
    let answer = try answer(to: .migration, asked, policy)
    for (job, decision) in zip(asked, answer.decisions) {
      switch decision {
      case .place(let place) where place != job.question.presentPosition:
        if watch != nil { watchDecision(of: job.id, job.question, decision) }
        try carryOut(.place(place), on: job.id, job.question)
      case .wait(let until?):
        if watch != nil { watchDecision(of: job.id, job.question, decision) }
        try carryOut(.wait(until: until), on: job.id, job.question)
      case .place, .wait, .refuse: break
      }
    }
  }

  private func answer(
    to seam: PlacementOutside.Seam, _ asked: [PlacementOutside.Asked], _ policy: PlacementOutside
  ) throws(RunError) -> PlacementOutside.Answer {
    registry.readReports(at: now)
    let seen = registry.isPerfect ? now : registry.reportedAt
    return try policy.ask(seam, asked, registry.board, at: now, seen: seen)
  }
}

// MARK: - What is decided

extension Computing {
  private func carryOut(
    _ decision: PlacementVerdict, on job: PlacementOutside.Asked,
    after delay: SimDuration, _ policy: PlacementOutside
  ) throws(RunError) {
    var sawFree = false
    if case .place(let place) = decision {
      sawFree = registry.board.isFree(job.question.candidates[place], for: job.question)
    }
    let pending = PlacementOutside.Pending(asked: job, decision: decision, sawFree: sawFree)
    guard delay > .zero else { return try takeEffect(pending) }
    policy.pending[job.id] = pending
    world.plan(.computing(.isDecided(job.id)), at: now + delay)
  }

  /// A decision that took time holds from now on.
  func takeEffect(of id: JobID) throws(RunError) {
    guard let pending = outside?.pending.removeValue(forKey: id) else { return }
    try takeEffect(pending)
  }

  private func takeEffect(_ pending: PlacementOutside.Pending) throws(RunError) {
    let job = pending.asked
    switch pending.decision {
    case .place(let place):
      let candidate = job.question.candidates[place]
      book.countDecision(
        isStale: registry.isFree(candidate, for: job.question) != pending.sawFree)
      try send(job.id, to: candidate)
    case .refuse(let reason): try close(job.id, .refused(reason))
    case .wait: break
    }
  }

  // MARK: - Waiting

  private func wait(_ id: JobID, until: SimTime?, _ policy: PlacementOutside) {
    book.countWait()
    plan(until, forWaiting: id, policy)
    if until == nil { policy.awaiting.insert(id) }
  }

  /// A job that was told to wait is to be placed when the instant ends.
  func askAgain(_ id: JobID) {
    if let outside {
      outside.waiting[id] = nil
      outside.awaiting.remove(id)
    }
    instant.asking.append(id)
  }

  /// The policy is asked about all jobs that wait, and about none where none does.
  func callPolicy() {
    guard let outside else { return }
    instant.isCalling = true
    for (id, event) in outside.waiting.sorted(by: { jobs[$0.key].order < jobs[$1.key].order }) {
      if let event { world.queue.cancel(event) }
      askAgain(id)
    }
  }

  /// Has those ask again that wait for a change, a moment after one that the policy may know of.
  func wakeOnChange(_ policy: PlacementOutside) {
    registry.readReports(at: now)
    guard policy.isBehind(registry.board, at: now) else { return }
    let next = SimTime(nanoseconds: now.nanoseconds + 1)
    for id in policy.awaiting.sorted(by: { jobs[$0].order < jobs[$1].order }) {
      policy.awaiting.remove(id)
      plan(next, forWaiting: id, policy)
    }
  }

  /// Notes a job that waits, with the event at which it asks again, unless it waits for a call.
  private func plan(_ time: SimTime?, forWaiting id: JobID, _ policy: PlacementOutside) {
    var event: EventHandle?
    if let time, time <= horizon {
      event = world.queue.push(.computing(.asksAgain(id)), at: time)
    }
    policy.waiting.updateValue(event, forKey: id)
  }
}

// MARK: - What is told of a job

extension Computing {
  /// What its user says of it, and nothing that only its run will show.
  private func details(
    of question: PlacementQuestion, _ state: PoolJob, _ name: String, _ tenant: Tenant?
  ) -> [UInt8] {
    let entry = model.computing.entries[Int(state.entry)]
    var writer = MessageWriter()
    writer.member("\"job\":", name)
    writer.member(",\"of\":", entry.name)
    writer.member(",\"accelerators\":", Int64(state.job.accelerators))
    writer.member(",\"level\":", Int64(tenant?.level ?? 1))
    writer.member(",\"submitted\":", state.job.submitted.nanoseconds)
    writer.member(",\"requested\":", state.job.requested.nanoseconds)
    if state.job.place < entry.origins.count {
      writer.member(",\"from\":", model.topology[entry.origins[state.job.place]])
    }
    if state.job.inputBytes > 0 {
      writer.member(",\"input_bytes\":", Int64(state.job.inputBytes))
    }
    if let deadline = state.job.deadline {
      writer.member(",\"deadline\":", deadline.nanoseconds)
    }
    if entry.latency != nil { writer.raw(",\"latency_bound\":true") }
    if state.job.priority != 1 { writer.member(",\"priority\":", Int64(state.job.priority)) }
    if state.restarts > 0 { writer.member(",\"restarts\":", Int64(state.restarts)) }
    if let tenant {
      writer.member(",\"tenant\":", tenant.name)
    }
    if let present = question.present {
      writer.raw(present.isRunning ? ",\"runs_on\":" : ",\"waits_at\":")
      writer.text(model.computing.pools[Int(present.pool)].identifier)
      let rest = SimDuration(seconds: question.seconds) ?? .zero
      writer.member(",\"rest\":", rest.nanoseconds)
      let anew = SimDuration(seconds: question.startingAnew) ?? .zero
      writer.member(",\"anew\":", anew.nanoseconds)
    }
    return writer.bytes
  }
}
