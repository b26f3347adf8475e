// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

// A policy sends jobs to pools, and their input moves there.

extension Computing {
  /// Asks where the jobs go that were submitted in this instant, or ask again.
  func placeJobs() throws(RunError) {
    guard !instant.asking.isEmpty || instant.isCalling else { return }
    let asking = instant.asking.sorted { jobs[$0].order < jobs[$1].order }
    instant.asking.removeAll(keepingCapacity: true)
    if rounds != nil { return try joinRounds(asking) }
    if let outside { return try place(asking, by: outside) }
    for id in asking { try placeJob(id) }
  }

  /// What a policy is to be asked about a job; nil where there is nothing to decide, and it is done.
  func question(about id: JobID) throws(RunError) -> PlacementQuestion? {
    let state = jobs[id]
    var found = candidates.candidates(for: state.job, of: state.entry)
    guard !found.isEmpty else {
      try close(id, .refused(candidates.refusal(of: state.job, of: state.entry)))
      return nil
    }
    guard try keepBookable(&found, for: id) else { return nil }
    let entry = model.computing.entries[Int(state.entry)]
    guard entry.pool == nil else {
      try send(id, to: found[0])
      return nil
    }
    registry.readReports(at: now)
    registry.removeDown(&found)
    return question(about: id, among: found, kept: state.saved, startup: state.startup)
  }

  /// What a policy is to be asked about the work that a job has left, where it has kept some.
  func question(
    about id: JobID, among found: [PoolCandidate], kept: SimDuration, startup: SimDuration
  ) -> PlacementQuestion {
    let job = jobs[id].job
    var question = PlacementQuestion(
      now: now, accelerators: job.accelerators,
      seconds: max(.zero, job.requested - kept).seconds, deadline: job.deadline,
      isLatencyBound: model.computing.entries[Int(jobs[id].entry)].latency != nil,
      candidates: found)
    question.startingAnew = startup.seconds
    question.checkpoints = model.computing.entries[Int(jobs[id].entry)].checkpoints
    question.isBooked = books(id)
    // It is over in time wherever it can book, and need not wait for an hour.
    if question.isBooked {
      question.deadline = nil
      return question
    }
    measureMoves(of: id, kept: kept, to: &question.candidates)
    measureOutput(of: job, jobs[id].entry, from: &question.candidates)
    return question
  }

  /// Adds how long the output of a job with a deadline takes, as this is to be there in time too.
  private func measureOutput(
    of job: OfferedJob, _ entry: Int32, from found: inout [PoolCandidate]
  ) {
    guard job.deadline != nil, job.outputBytes > 0,
      let target = model.computing.entries[Int(entry)].outputTo
    else { return }
    for index in found.indices {
      found[index].output = candidates.transfer(
        of: job.outputBytes, from: found[index].pool, to: target)
    }
  }

  private func placeJob(_ id: JobID) throws(RunError) {
    guard var question = try question(about: id) else { return }
    let opened = openPools(to: id, in: &question)
    let draws = watch.map { _ in policy.draws(for: question) } ?? []
    let answer = policy.place(question, on: registry.board)
    if watch != nil {
      watchDecision(of: id, question, PlacementVerdict(answer), draws: draws, opened: opened)
    }
    registry.board.restore(opened)
    switch answer {
    case .place(let position):
      let candidate = question.candidates[position]
      book.countDecision(isStale: registry.isStale(candidate, for: question))
      try send(id, to: candidate)
    case .wait(let time):
      book.countWait()
      letWait(id, until: time)
    }
  }

  /// A job asks again at an instant, a moment from now at least.
  func letWait(_ id: JobID, until time: SimTime) {
    world.plan(
      .computing(.asksAgain(id)), at: max(time, SimTime(nanoseconds: now.nanoseconds + 1)))
  }

  /// A job goes to a pool: its input sets out, or it is there at once.
  func send(_ id: JobID, to candidate: PoolCandidate) throws(RunError) {
    let pool = Int(candidate.pool)
    if watch != nil { watchSending(of: id, to: candidate) }
    if books(id) { return try book(id, on: candidate) }
    let hasData = jobs[id].pool == candidate.pool && jobs[id].dataReady != nil
    jobs[id].pool = candidate.pool
    jobs[id].speed = candidate.speed
    setLength(of: id)
    expect(id, on: pool, after: candidate.transfer)
    let data = data(of: id)
    guard data.bytes > 0, !hasData, let origin = data.origin,
      let route = candidates.route(from: origin, to: model.computing.pools[pool].node)
    else {
      jobs[id].dataReady = now
      return instant.ready.append(id)
    }
    jobs[id].stage = .fetching
    try move(data.bytes, of: id, over: route, isOutput: false)
  }

  /// What moves to the pool that a job is sent to, and from where: its input from its origin, or from
  /// the pool that it left, with what it has written down there.
  func data(of id: JobID) -> (bytes: Double, origin: NodeID?) {
    let state = jobs[id]
    if let pool = state.dataPool {
      return (bytesOnPool(of: id, kept: state.saved), model.computing.pools[Int(pool)].node)
    }
    let origins = model.computing.entries[Int(state.entry)].origins
    let place = state.job.place
    return (state.job.inputBytes, place < origins.count ? origins[place] : nil)
  }

  /// What a job has on a pool: its input, and what it has written down if it has kept any work.
  func bytesOnPool(of id: JobID, kept: SimDuration) -> Double {
    let checkpoints = model.computing.entries[Int(jobs[id].entry)].checkpoints
    return jobs[id].job.inputBytes + (kept > .zero ? checkpoints.bytes : 0)
  }

  /// How long a job takes on its pool from what it has kept, and what it asks for there.
  ///
  /// What writing down and starting anew take is not counted against the time it has asked for.
  func setLength(of id: JobID) {
    let length: Int64
    (length, jobs[id].requested) = lengths(of: jobs[id])
    jobs[id].length = min(length, jobs[id].requested)
    jobs[id].left = jobs[id].length
    jobs[id].isCut = length > jobs[id].requested
  }

  /// How long a job takes at its speed, and what it asks for, in nanoseconds.
  func lengths(of state: PoolJob) -> (length: Int64, requested: Int64) {
    let checkpoints = model.computing.entries[Int(state.entry)].checkpoints
    let work = state.time(of: state.job.run - state.saved)
    // Where jobs stop all the time, each start has what is left of the time that was asked for.
    let asked = state.job.requested - (rounds == nil ? .zero : state.saved)
    // Who plans with it knows what was asked for, and not how long the job really runs.
    let time = state.time(of: max(.zero, asked))
    return (
      (work + checkpoints.overhead(of: work, start: state.startup)).nanoseconds,
      (time + checkpoints.overhead(of: time, start: state.startup)).nanoseconds
    )
  }

  /// Starts a flow that is a job's.
  func move(
    _ bytes: Double, of id: JobID, over route: Route, isOutput: Bool
  ) throws(RunError) {
    let state = jobs[id]
    let entry = model.computing.entries[Int(state.entry)]
    let source = model.traffic.count + model.elastic.entries.count + Int(state.entry)
    let name =
      state.job.name.map { world.names.keep($0 + (isOutput ? "/out" : "/in")) }
      ?? FlowName(.roundTrip(source: source, number: state.job.number, isAnswer: isOutput))
    let flowClass = world.flowClasses.flowClass(
      for: route, trafficClass: entry.trafficClass, in: &world.fluid)
    let record = FlowRecord(name: name, arrival: now, bytes: bytes, owner: .job(id))
    try world.admit(Arrival(record: record, flowClass: flowClass))
  }

  /// The input or output of a job has arrived, or has broken off.
  func dataEnds(_ id: JobID, _ end: FlowEnd) throws(RunError) {
    guard jobs[id].stage == .fetching else {
      return try close(id, end.finish == nil ? .outputLost : .done)
    }
    guard end.finish != nil else {
      forget(id)
      leaveRounds(id)
      return try close(id, .inputLost)
    }
    jobs[id].dataReady = now
    instant.ready.append(id)
  }

  /// Jobs whose data are there join the queues of their pools, in the order of their submission.
  func queueJobs() throws(RunError) {
    guard !instant.ready.isEmpty else { return }
    let ready = instant.ready.sorted { jobs[$0].order < jobs[$1].order }
    instant.ready.removeAll(keepingCapacity: true)
    var beginners: [Int: Beginners] = [:]
    for id in ready {
      forget(id)
      let pool = Int(jobs[id].pool)
      try makeRoom(for: id, beside: beginners[pool] ?? Beginners())
      noteBeginner(id, among: &beginners[pool, default: Beginners()])
      try join(id)
    }
  }
}
