// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results

/// `jobs.csv`: one job a row, on pools or training on fabrics.
public enum JobsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.jobs]

  public static let schema = TableSchema(
    file: "jobs.csv",
    about: "One job a row: those on pools as they end, then those that are unfinished; training "
      + "jobs on fabrics in the order of the scenario.",
    columns: common + ofPools + ofTraining)

  /// Those that tools for job schedulers know: Batsim writes them, and evalys reads them.
  private static let common = [
    Column("job_id", .string, about: "The name of the job."),
    Column("workload_name", .string, about: "The entry of the scenario that it is of."),
    Column("profile", .string, about: "The type of accelerators that it runs on."),
    Column("submission_time", .number, unit: "s", about: "The instant at which it is to start."),
    Column(
      "requested_number_of_resources", .integer, about: "The accelerators that it asks for."),
    Column(
      "requested_time", .number, unit: "s",
      about: "The time that it asks for on its pool; empty for one that asks for none."),
    Column(
      "success", .integer, about: "1 where it is finished as it should be, else 0."),
    Column(
      "final_state", .string,
      about: "`COMPLETED_SUCCESSFULLY`, `COMPLETED_WALLTIME_REACHED` (its time ran out), "
        + "`COMPLETED_FAILED` (its data broke off), `REJECTED` (no pool can run it); or, at the "
        + "end of the run, `ASKING`, `FETCHING`, `WAITING`, `RUNNING`, `RETURNING`."),
    Column(
      "starting_time", .number, unit: "s",
      about: "The instant of its first start; empty where there was none."),
    Column(
      "execution_time", .number, unit: "s",
      about: "How long it ran, stops left out; empty while unfinished."),
    Column(
      "finish_time", .number, unit: "s", about: "The instant of its end; empty while unfinished."),
    Column(
      "waiting_time", .number, unit: "s",
      about: "From its submission to its first start, with the time that its data took; empty "
        + "where there was none."),
    Column(
      "turnaround_time", .number, unit: "s",
      about: "From its submission to its end; empty while unfinished."),
    Column(
      "stretch", .number,
      about: "That over how long it ran; empty while unfinished, or where it ran for no time."),
    Column(
      "allocated_resources", .string,
      about: "The accelerators of its pool that it held last, as `0-3 7`: the lowest that were "
        + "free; empty where it held none, or shared the pool."),
    Column(
      "consumed_energy", .number, unit: "J",
      about: "What it took of electricity, with its part of the cooling; empty where nobody says "
        + "what accelerators take."),
    Column("metadata", .string, about: "Empty."),
  ]

  private static let ofPools = [
    Column("pool", .string, about: "The pool that it was sent to; empty where to none."),
    Column("tenant", .string, about: "Whose it is; empty where nobody says so."),
    Column(
      "data_ready_s", .number, unit: "s",
      about: "The instant at which its input was there, or it was sent to a pool without any."),
    Column(
      "over_s", .number, unit: "s",
      about: "The instant at which its output was where it goes, or it ended without any."),
    Column(
      "deadline_s", .number, unit: "s",
      about: "The instant by which it was to be over; empty where it has none."),
    Column("stops", .integer, about: "How often it was stopped for another."),
    Column(
      "restarts", .integer, about: "How often a failure ended it; it begins again where it can."),
    Column(
      "moves", .integer,
      about: "How often it was stopped on a pool to go elsewhere, to wait, or to make room."),
    Column(
      "booking", .string,
      about: "What became of the machines and windows that it booked ahead: `held`, `broken` (its "
        + "machines or its data were not there in time) or `refused`; empty where it asked for none."
    ),
    Column(
      "booked_start_s", .number, unit: "s",
      about: "The start that was booked for it; empty where none was."),
    Column("lost_s", .number, unit: "s", about: "How long it ran for what failures cost it."),
    Column("energy_yuan", .number, unit: "yuan", about: "What its electricity cost by the hour."),
    Column("carbon_kg", .number, unit: "kg", about: "The carbon dioxide that it brought about."),
    Column(
      "paid_yuan", .number, unit: "yuan",
      about:
        "What its tenant pays the owners of pools for what it has held; empty where that has no "
        + "price."),
    Column(
      "reason", .string,
      about: "Why it was refused: `too-large`, `level`, `type`, `fabric`, `latency`, "
        + "`unreachable`, `no-booking` (no pool and windows in time); or what it lost: `input-lost`, `output-lost`; else empty."
    ),
  ]

  private static let ofTraining = [
    Column("iterations", .integer, about: "Iterations done."),
    Column(
      "iterations_simulated", .integer,
      about: "Those that were simulated; the others met nothing new and repeat one of them."),
    Column("iteration_s", .number, unit: "s", about: "The mean time of an iteration."),
    Column("compute_s", .number, unit: "s", about: "The compute phase of an iteration."),
    Column(
      "exposed_communication_s", .number, unit: "s",
      about: "The mean time of an iteration on top of its compute phase."),
    Column(
      "bus_bandwidth_bps", .number, unit: "bit/s",
      about: "Of the exchange of gradients, as NCCL's tests count it; empty without one."),
    Column(
      "model_flops_utilisation", .number,
      about: "Operations of the model over what the accelerators could have done; empty for "
        + "a job without a model."),
    Column("bytes_sent", .number, unit: "B", about: "What its network cards sent."),
    Column(
      "uplink_balance", .number,
      about: "Mean over most of what the uplinks of its leaves carried in the last simulated "
        + "iteration; empty where they carried nothing."),
    Column(
      "mean_transfer_bps", .number, unit: "bit/s",
      about: "The mean throughput of transfers between hosts."),
    Column(
      "slowest_transfer_bps", .number, unit: "bit/s",
      about: "The least throughput of a transfer between hosts."),
    Column("slowest_transfer", .string, about: "The network cards of the first that had it."),
    Column("sites", .integer, about: "The fabrics that it is spread over."),
    Column(
      "convergence_ratio", .number,
      about: "The rate of all its cards at a site over that of the way to the next, where it "
        + "is most; empty on one site, as are those behind it."),
    Column("bytes_between_sites", .number, unit: "B", about: "What crossed between sites."),
    Column(
      "one_site_iteration_s", .number, unit: "s",
      about: "The time of an iteration on one site of as many accelerators, or of what unlike "
        + "sites do alone."),
    Column("efficiency_vs_one_site", .number, about: "That over the mean time of an iteration."),
  ]
}

/// What all jobs have in common in `jobs.csv`.
struct JobRow {
  var name: String
  var workload: String
  var profile: String
  var submitted: SimTime
  var accelerators: Int
  var requested: SimDuration?
  var hasSucceeded: Bool
  var state: String
  var started: SimTime?
  var ran: SimDuration?
  var finished: SimTime?
  var held = ""
  var energy_J = Double.nan
}

extension TableWriter<JobsTable> {
  /// The columns that all jobs have; others follow.
  func append(_ job: JobRow) {
    rows.append(job.name)
    rows.append(job.workload)
    rows.append(job.profile)
    append(job.submitted)
    rows.append(job.accelerators)
    append(job.requested)
    rows.append(job.hasSucceeded ? 1 : 0)
    rows.append(job.state)
    append(job.started)
    append(job.ran)
    append(job.finished)
    append(job.started.map { $0 - job.submitted })
    let turnaround = job.finished.map { $0 - job.submitted }
    append(turnaround)
    if let turnaround, let ran = job.ran, ran > .zero {
      rows.append(turnaround.seconds / ran.seconds)
    } else {
      rows.appendAbsent()
    }
    rows.append(job.held)
    rows.append(job.energy_J)
    rows.append("")
  }

  /// Leaves columns empty that say nothing of a job.
  func skip(_ count: Int) {
    for _ in 0..<count { rows.appendAbsent() }
  }

  private func append(_ time: SimDuration?) {
    append(time.map { SimTime.zero + $0 })
  }
}

extension JobsTable {
  static var poolColumns: Int { ofPools.count }
  static var trainingColumns: Int { ofTraining.count }
}

extension Outputs.Kind {
  public static let jobs = Outputs.Kind("jobs")
}
