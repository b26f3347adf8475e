// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

// Machines are booked together with the light that brings the data of a job and takes them away.
//
// With a start s on a pool, a job of length r needs a window for its input that ends by s, the
// accelerators from s to s + r, and a window for its output from s + r to its deadline. The window
// of the input that ends first gives the least s that light allows, the calendar of the pool the
// least s behind it; whatever a later s allows, this one does too. So either all three are booked
// or nothing is. The input then takes the window of least rate up to s.

/// What is booked ahead for a job, as one.
struct JobBooking {
  enum Outcome: String {
    /// It asked for nothing.
    case none = ""
    case held
    /// Its machines or its data were not there in time.
    case broken
    case refused
  }

  var begins: EventHandle?
  /// Windows; nil where nothing moves.
  var input: TransferID?
  var output: TransferID?
}

/// What could be booked for a job on a pool.
struct BookablePlan {
  var start: SimTime
  var input: JobMove?
  var output: JobMove?
}

extension Computing {
  /// Whether a job is still to book.
  func books(_ id: JobID) -> Bool {
    jobs[id].booking == .none && model.computing.entries[Int(jobs[id].entry)].booking != nil
      && jobs[id].restarts == 0
  }

  /// Leaves a job that books the pools where it can; false where there is none, and it is refused.
  func keepBookable(_ found: inout [PoolCandidate], for id: JobID) throws(RunError) -> Bool {
    guard books(id) else { return true }
    var bookable: [PoolCandidate] = []
    for var candidate in found {
      guard let plan = plan(of: id, on: candidate) else { continue }
      candidate.input = candidate.transfer
      candidate.transfer = (plan.start - now).seconds
      bookable.append(candidate)
    }
    guard bookable.isEmpty else {
      found = bookable
      return true
    }
    return try isLeftToQueue(id)
  }

  /// What a job does that can't book; false where it is refused.
  private func isLeftToQueue(_ id: JobID) throws(RunError) -> Bool {
    jobs[id].booking = .refused
    guard model.computing.entries[Int(jobs[id].entry)].booking?.ifRefused == .refuse else {
      return true
    }
    try close(id, .refused("no-booking"))
    return false
  }

  /// What can be booked for a job on a pool now; nil where not all of it can.
  private func plan(of id: JobID, on candidate: PoolCandidate) -> BookablePlan? {
    let pool = Int(candidate.pool)
    guard pools[pool].queue?.takesBookings == true else { return nil }
    var state = jobs[id]
    state.speed = candidate.speed
    let length = max(1, lengths(of: state).requested)
    let input = move(of: id, to: pool)
    var ready = now
    if let input {
      guard let window = world.ask.firstWindow(input) else { return nil }
      ready = window.end
    }
    let slot = pools[pool].queue?.earliestSlot(
      accelerators: Int32(state.job.accelerators), length: length, from: ready.nanoseconds,
      at: now.nanoseconds)
    guard let slot else { return nil }
    let (end, isTooLate) = slot.addingReportingOverflow(length)
    guard !isTooLate, SimTime(nanoseconds: end) <= state.job.deadline ?? .distantFuture else {
      return nil
    }
    // What ends in the instant in which a window opens is there a moment before.
    let output = move(of: id, from: pool, at: SimTime(nanoseconds: end + 1))
    if let output, world.ask.firstWindow(output) == nil { return nil }
    return BookablePlan(start: SimTime(nanoseconds: slot), input: input, output: output)
  }

  /// The input of a job on its way to a pool; nil where nothing moves.
  private func move(of id: JobID, to pool: Int) -> JobMove? {
    let state = jobs[id]
    let origins = model.computing.entries[Int(state.entry)].origins
    guard state.job.inputBytes > 0, state.job.place < origins.count,
      let route = candidates.route(
        from: origins[state.job.place], to: model.computing.pools[pool].node)
    else { return nil }
    return move(state.job.inputBytes, of: id, over: route, from: now, isOutput: false)
  }

  /// The output of a job on its way from a pool; nil where nothing moves.
  private func move(of id: JobID, from pool: Int, at end: SimTime) -> JobMove? {
    let state = jobs[id]
    guard state.job.outputBytes > 0,
      let target = model.computing.entries[Int(state.entry)].outputTo,
      let route = candidates.route(from: model.computing.pools[pool].node, to: target)
    else { return nil }
    return move(state.job.outputBytes, of: id, over: route, from: end, isOutput: true)
  }

  private func move(
    _ bytes: Double, of id: JobID, over route: Route, from start: SimTime, isOutput: Bool
  ) -> JobMove {
    let entry = model.computing.entries[Int(jobs[id].entry)]
    return JobMove(
      name: name(of: id) + (isOutput ? "/out" : "/in"), job: id, isOutput: isOutput,
      trafficClass: entry.trafficClass, route: route, bytes: bytes, start: start,
      deadline: jobs[id].job.deadline ?? .distantFuture,
      mostRate: entry.booking?.mostRate ?? .unlimited)
  }

  // MARK: - Booking

  /// Books all that a job needs on a pool; where another has taken it meanwhile, nothing.
  func book(_ id: JobID, on candidate: PoolCandidate) throws(RunError) {
    guard let plan = plan(of: id, on: candidate) else {
      if try isLeftToQueue(id) { instant.asking.append(id) }
      return
    }
    let pool = Int(candidate.pool)
    jobs[id].pool = candidate.pool
    jobs[id].speed = candidate.speed
    setLength(of: id)
    (jobs[id].booking, jobs[id].slot) = (.held, plan.start)
    pools[pool].queue?.reserve(queued(id), at: plan.start.nanoseconds)
    jobs[id].stage = plan.input == nil ? .queued : .fetching
    if plan.input == nil { jobs[id].dataReady = now }
    countWaiting(id, 1)
    book.booked += 1
    bookings[id] = try bookWindows(of: plan)
    if plan.start <= horizon {
      bookings[id]?.begins = world.queue.push(.computing(.slotBegins(id)), at: plan.start)
    }
    markPool(pool)
    updateBoard(of: pool)
  }

  private func bookWindows(of plan: BookablePlan) throws(RunError) -> JobBooking {
    var booking = JobBooking()
    if var input = plan.input {
      input.deadline = plan.start
      booking.input = try world.ask.bookWindow(input)
    }
    if let output = plan.output { booking.output = try world.ask.bookWindow(output) }
    return booking
  }

  // MARK: - What becomes of it

  /// The slot of a job begins: without its data it gives the machines back, and waits as any other.
  func slotBegins(of id: JobID) throws(RunError) {
    bookings[id]?.begins = nil
    guard jobs[id].booking == .held, jobs[id].dataReady == nil else { return }
    loseBooking(of: id)
    leaveSlot(of: id)
    expect(id, on: Int(jobs[id].pool), after: 0)
  }

  private func leaveSlot(of id: JobID) {
    let pool = Int(jobs[id].pool)
    countWaiting(id, -1)
    pools[pool].queue?.withdraw(id)
    markPool(pool)
    updateBoard(of: pool)
  }

  /// What was promised to a job can't be kept: what it has booked and not begun, others may have.
  func loseBooking(of id: JobID) {
    jobs[id].booking = .broken
    book.bookingsBroken += 1
    if let handle = bookings[id]?.begins { world.queue.cancel(handle) }
    bookings[id]?.begins = nil
    if let output = bookings[id]?.output { world.ask.withdraw(output) }
    bookings[id]?.output = nil
  }

  /// Data of a job that had a window have moved, or broken off.
  func bookedDataEnd(_ id: JobID, _ end: FlowEnd) throws(RunError) {
    guard jobs[id].stage == .fetching, jobs[id].booking == .held else {
      return try dataEnds(id, end)
    }
    guard end.finish != nil else {
      loseBooking(of: id)
      leaveSlot(of: id)
      return try close(id, .inputLost)
    }
    jobs[id].dataReady = now
    jobs[id].stage = .queued
  }

  /// Whether what a job has made leaves in a window that is booked for it.
  func sendBookedOutput(of id: JobID) throws(RunError) -> Bool {
    guard let output = bookings[id]?.output else { return false }
    guard !jobs[id].isCut else {
      world.ask.withdraw(output)
      return false
    }
    guard try world.ask.dataAreThere(output) else { return false }
    jobs[id].stage = .returning
    return true
  }
}
