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
  var yuan: Double
  var carbon_kg: Double
  var reason: String
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
    rows.append(job.yuan)
    rows.append(job.carbon_kg)
    rows.append(job.reason)
    skip(JobsTable.trainingColumns)
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
      pool: pool?.name ?? "", tenant: entry.tenant.map { model.computing.tenants[$0].name } ?? "",
      dataReady: state.dataReady, over: isOver && state.finished != nil ? now : nil,
      deadline: state.job.deadline, stops: state.stops,
      yuan: isPriced ? state.account.yuan : .nan,
      carbon_kg: isPriced ? state.account.carbon_kg : .nan, reason: ending?.reason ?? "")
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
