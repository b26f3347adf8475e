// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling
internal import Traffic

// The watch on a job or a pool. It reads and never changes what happens.

/// What is watched of pools and jobs.
struct ComputingWatch {
  var job: JobProbe?
  var pool: PoolProbe?
  /// The pool that the policy sent a job to before the latest.
  var lastPool: String?

  /// Nil where it is something else, or there is none of that name.
  init?(_ watched: Watched, _ model: ComputingModel) {
    switch watched {
    case .flow, .link, .request, .demand, .site: return nil
    case .job(let name): job = JobProbe(job: name)
    case .pool(let name, let instant):
      guard let pool = model.pools.firstIndex(where: { $0.name == name }) else { return nil }
      self.pool = PoolProbe(pool: pool, at: instant)
    }
  }
}

extension Computing {
  /// Looks at what is watched as an instant ends.
  func look() {
    if let job = watch?.job, !job.isOver, let id = job.id { lookAtJob(id) }
    if watch?.pool != nil { lookAtPool() }
  }

  private func lookAtJob(_ id: JobID) {
    let state = jobs[id]
    var stretch = JobProbe.Stretch(
      from: now, to: now, phase: .deciding,
      pool: state.pool < 0 ? "" : pools[Int(state.pool)].design.name)
    switch state.stage {
    case .asking: break
    case .fetching: stretch.phase = .input
    case .returning: stretch.phase = .output
    case .queued:
      stretch.phase = .queued
      if watch?.job?.stretches.last?.phase != .queued { stretch.queue = queueAhead(of: id) }
    case .running:
      let pool = pools[Int(state.pool)]
      stretch.phase = .running(speed: pool.sharing?.speed ?? pace(of: id))
      if pool.speed < 1 { stretch.cap = pool.cap(at: now) }
    }
    watch?.job?.note(stretch)
  }

  private func queueAhead(of id: JobID) -> JobProbe.QueueAhead {
    let pool = Int(jobs[id].pool)
    let rule = pools[pool].design.queue
    // Nobody knows whom a program would choose before it is asked.
    let isOutside = pools[pool].design.queueProgram != nil
    let own = queued(id)
    var ahead = JobProbe.QueueAhead()
    for other in waiting(on: pool) where other != id {
      let job = queued(other)
      guard rule == .fairShare || isOutside || rule.puts(job, before: own) else { continue }
      ahead.waiting += 1
      ahead.waitingWork += Double(job.accelerators) * Double(job.requested) / 1e9
    }
    for other in pools[pool].running {
      ahead.running += 1
      let left = jobs[other].requested - (now - jobs[other].resumed).nanoseconds
      ahead.runningWork += Double(jobs[other].job.accelerators) * Double(max(0, left)) / 1e9
    }
    return ahead
  }

  /// The jobs that wait on a pool, in the order of their submission.
  func waiting(on pool: Int) -> [JobID] {
    jobs.ids.filter { jobs[$0].stage == .queued && Int(jobs[$0].pool) == pool }
  }
}

// MARK: - What a watched job does within an instant

extension Computing {
  /// Whether a job is the one that is watched; the first of its name is.
  func isWatched(_ id: JobID) -> Bool {
    guard let probe = watch?.job, !probe.isOver else { return false }
    if let known = probe.id { return known == id }
    guard name(of: id) == probe.job else { return false }
    watch?.job?.id = id
    return true
  }

  /// A policy was asked, and has said something.
  func watchDecision(
    of id: JobID, _ question: PlacementQuestion, _ verdict: PlacementVerdict, draws: [Int] = [],
    opened: [PoolBoard.Held] = []
  ) {
    if isWatched(id) {
      var reason = PlacementReason(
        terms: model.computing.placement, question: question, board: registry.board,
        draws: draws, last: watch?.lastPool, pools: model.computing.pools)
      reason.takesPlaces = !opened.isEmpty
      let (answer, place) = verdict.answer(question, model.computing.pools)
      watch?.job?.decisions.append(
        PlacementDecision(
          at: now, answer: answer, reason: reason.sentence(verdict),
          candidates: question.candidates.indices.map {
            candidate($0, of: question, isTaken: $0 == place, opened)
          },
          excluded: candidates.exclusions(
            of: jobs[id].job, jobs[id].entry,
            bookable: question.isBooked ? question.candidates.count : .max)))
    }
    if case .place(let place) = verdict {
      watch?.lastPool = model.computing.pools[Int(question.candidates[place].pool)].name
    }
  }

  /// A job is stopped, and another runs in its place.
  func watchStop(of id: JobID, for other: JobID) {
    guard isWatched(id) else { return }
    watch?.job?.decisions.append(
      PlacementDecision(
        at: now, answer: .waits(until: nil),
        reason: "It was stopped on \(pools[Int(jobs[id].pool)].design.name) to make room for "
          + "\(name(of: other)), which goes before it, and asks anew."))
  }

  /// A job is sent to a pool: perhaps to one that the scenario names.
  func watchSending(of id: JobID, to candidate: PoolCandidate) {
    let entry = model.computing.entries[Int(jobs[id].entry)]
    guard entry.pool != nil, isWatched(id) else { return }
    let name = model.computing.pools[Int(candidate.pool)].name
    watch?.job?.decisions.append(
      PlacementDecision(
        at: now, answer: .placed(pool: name),
        reason: "The scenario sends the jobs of '\(entry.name)' to this pool."))
  }

  /// A job on several pools is given a start, or finds none that all have room for.
  func watchSlots(of members: [JobID], at start: SimTime?) {
    guard let id = members.first(where: isWatched) else { return }
    let names = members.map { pools[Int(jobs[$0].pool)].design.name }.joined(separator: " and ")
    let (answer, reason): (PlacementDecision.Answer, String) =
      if let start {
        (
          .placed(pool: pools[Int(jobs[id].pool)].design.name),
          "It runs on \(names) at once, which all have room from \(start.seconds) s on."
        )
      } else {
        (.waits(until: nil), "It runs on \(names) at once, which do not all have room.")
      }
    watch?.job?.decisions.append(PlacementDecision(at: now, answer: answer, reason: reason))
  }

  /// Nothing more comes of a job.
  func watchEnd(of id: JobID, _ ending: JobEnding) {
    guard isWatched(id) else { return }
    if case .refused(let reason) = ending, watch?.job?.decisions.last?.at != now {
      watch?.job?.decisions.append(
        PlacementDecision(
          at: now, answer: .refused(reason),
          reason: jobs[id].booking == .refused
            ? "No pool and windows for its data could be booked in time." : "No pool can run it.",
          excluded: candidates.exclusions(
            of: jobs[id].job, jobs[id].entry, bookable: jobs[id].booking == .refused ? 0 : .max)))
    }
    watch?.job?.close(at: now)
    watch?.job?.isOver = true
    watch?.job?.facts = facts(of: id, ending)
  }

  /// Notes what a job has taken, each price by itself.
  func watchSpend(
    _ terms: EnergyTerms, _ watts: Double, of id: JobID, from: SimTime, to: SimTime
  ) {
    var begin = from
    while begin < to {
      let rates = terms.rates(at: begin)
      let end = min(to, rates.until)
      let spend = terms.spend(
        itWatts: watts * Double(jobs[id].job.accelerators), from: begin, to: end)
      watch?.job?.spends.append(
        JobProbe.Spend(
          from: begin, to: end, period: rates.period, kWh: spend.facility_kWh, yuan: spend.yuan,
          carbon_kg: spend.carbon_kg))
      begin = end
    }
  }

  /// Ends the watch where the run stands; nil where no job of that name was submitted.
  func endJobWatch() -> JobProbe? {
    guard let probe = watch?.job, let id = probe.id else { return nil }
    guard !probe.isOver else { return probe }
    if jobs[id].stage == .running, !pools[Int(jobs[id].pool)].isShared { settle(id) }
    watch?.job?.close(at: now)
    watch?.job?.facts = facts(of: id, nil)
    return watch?.job
  }

  private func facts(of id: JobID, _ ending: JobEnding?) -> JobProbe.Facts {
    let row = row(of: jobs[id], ending, isOver: ending != nil)
    return JobProbe.Facts(
      workload: row.common.workload, tenant: row.tenant, pool: row.pool,
      accelerator: row.common.profile, accelerators: row.common.accelerators,
      requested: row.common.requested, submitted: row.common.submitted,
      started: row.common.started, finished: row.common.finished, deadline: row.deadline,
      state: row.common.state, reason: row.reason, stops: row.stops, restarts: row.restarts,
      kWh: row.common.energy_J / 3.6e6, yuan: row.yuan, carbon_kg: row.carbon_kg,
      paid_yuan: row.paid_yuan)
  }

  private func candidate(
    _ place: Int, of question: PlacementQuestion, isTaken: Bool, _ opened: [PoolBoard.Held]
  ) -> PlacementDecision.Candidate {
    let candidate = question.candidates[place]
    let pool = Int(candidate.pool)
    let design = model.computing.pools[pool]
    let seen = opened.first { $0.pool == pool }?.entry ?? registry.board.entries[pool]
    let actual = registry.actual[pool]
    let span = registry.board.span(candidate, for: question, from: now)
    // What leads up to a booked start is a wait, and no input.
    let wait =
      question.isBooked ? candidate.transfer : registry.board.wait(candidate, for: question)
    // Of what nobody knows the begin of nobody knows the price.
    let isKnown = wait < .infinity
    let isPriced = isKnown && design.power.hasTariff && design.power.full > 0
    let isBehind =
      !registry.isPerfect && (seen.free != actual.free || seen.waiting != actual.waiting)
    return PlacementDecision.Candidate(
      pool: design.name, delay: candidate.delay,
      transfer: question.isBooked ? candidate.input : candidate.transfer,
      free: max(0, Int(seen.free)), waiting: Int(seen.waiting),
      wait: wait, start: span.start, end: span.end,
      yuan: isPriced || isKnown && design.price_yuan_h != nil
        ? registry.board.yuan(pool, question.accelerators, span.start, span.end) : .nan,
      carbon_kg: isPriced
        ? registry.board.carbon(pool, question.accelerators, span.start, span.end) : .nan,
      actual: isBehind ? (max(0, Int(actual.free)), Int(actual.waiting)) : nil,
      isBeyondBound: model.computing.placement.latency.map { candidate.delay > $0 } ?? false,
      isTaken: isTaken)
  }
}
