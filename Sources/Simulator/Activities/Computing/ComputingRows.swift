// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

/// A job on a pool, as jobs.csv has it.
struct PoolJobRow {
  var common: JobRow
  var pool: String
  var tenant: String
  var dataReady: SimTime?
  var over: SimTime?
  var deadline: SimTime?
  var stops: Int
  var restarts: Int
  var moves: Int
  var booking: JobBooking.Outcome
  var slot: SimTime?
  var lost_s: Double
  var yuan: Double
  var carbon_kg: Double
  var paid_yuan: Double
  var reason: String
  /// Of a training job: how many it has done, and how long one takes on its pool.
  var iterations: (done: Int, seconds: Double)?
}

extension TableWriter<JobsTable> {
  func append(_ job: PoolJobRow) throws(RunError) {
    append(job.common)
    rows.append(job.pool)
    rows.append(job.tenant)
    append(job.dataReady)
    append(job.over)
    append(job.deadline)
    rows.append(job.stops)
    rows.append(job.restarts)
    rows.append(job.moves)
    rows.append(job.booking.rawValue)
    append(job.slot)
    rows.append(job.lost_s)
    rows.append(job.yuan)
    rows.append(job.carbon_kg)
    rows.append(job.paid_yuan)
    rows.append(job.reason)
    if let iterations = job.iterations {
      rows.append(iterations.done)
      rows.append(1)
      rows.append(iterations.seconds)
      skip(JobsTable.trainingColumns - 3)
    } else {
      skip(JobsTable.trainingColumns)
    }
    try endRow()
  }
}

extension Computing {
  /// What there is to write of a job, when it is over or when the run is.
  func row(of state: PoolJob, _ ending: JobEnding?, isOver: Bool) -> PoolJobRow {
    let entry = model.computing.entries[Int(state.entry)]
    let pool = state.pool < 0 ? nil : model.computing.pools[Int(state.pool)]
    let isMetered = (pool?.power.full ?? 0) > 0
    let isPriced = isMetered && pool?.power.hasTariff == true
    return PoolJobRow(
      common: JobRow(
        name: name(of: state.job, entry: state.entry), workload: entry.name,
        profile: pool?.accelerator ?? "", submitted: state.job.submitted,
        accelerators: state.job.accelerators, requested: state.time(of: state.job.requested),
        hasSucceeded: ending == .done, state: ending?.word ?? state.stage.word,
        started: state.started,
        ran: state.finished == nil ? nil : SimDuration(nanoseconds: state.ran),
        finished: state.finished, held: HeldNumbers.text(of: state.held),
        energy_J: isMetered ? state.account.kWh * 3.6e6 : .nan),
      pool: pool?.name ?? "", tenant: tenants[state.tenant]?.name ?? "",
      dataReady: state.dataReady, over: isOver && state.finished != nil ? now : nil,
      deadline: state.job.deadline, stops: state.stops,
      restarts: state.restarts, moves: state.moves, booking: state.booking, slot: state.slot,
      lost_s: state.lost,
      yuan: isPriced ? state.account.yuan : .nan,
      carbon_kg: isPriced ? state.account.carbon_kg : .nan,
      paid_yuan: state.paid_fen.map { Double($0) / 100 } ?? .nan, reason: ending?.reason ?? "",
      iterations: entry.training == nil ? nil : iterations(of: state, entry))
  }

  /// The run time of a training job is a second an iteration at speed 1.
  private func iterations(
    of state: PoolJob, _ entry: JobEntry
  ) -> (done: Int, seconds: Double)? {
    guard state.pool >= 0 else { return nil }
    let time = SimDuration(nanoseconds: max(0, state.length - state.left))
    let checkpoints = entry.checkpoints
    let isDone = state.finished != nil && !state.isCut
    let done =
      state.saved
      + checkpoints.work(after: time, start: state.startup)
      .scaled(by: state.speed)
    let iterations = isDone ? state.job.run.seconds : done.seconds
    return (Int(iterations.rounded(.down)), 1 / state.speed)
  }
}

extension PoolJob.Stage {
  /// As jobs.csv names it, of a job that is not over.
  fileprivate var word: String {
    switch self {
    case .asking: "ASKING"
    case .fetching: "FETCHING"
    case .queued: "WAITING"
    case .running: "RUNNING"
    case .returning: "RETURNING"
    }
  }
}
