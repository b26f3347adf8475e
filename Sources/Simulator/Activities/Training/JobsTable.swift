// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Text

/// `jobs.csv`: one training job a row.
public enum JobsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.jobs]

  public static let schema = TableSchema(
    file: "jobs.csv",
    about: "One training job a row, in the order of the scenario.",
    columns: [
      Column("job_id", .string, about: "The name of the job."),
      Column("submission_time", .number, unit: "s", about: "The instant at which it is to start."),
      Column(
        "requested_number_of_resources", .integer, about: "The accelerators that it asks for."),
      Column("success", .integer, about: "1 where it is finished, 0 where the run ended before."),
      Column(
        "starting_time", .number, unit: "s",
        about: "The instant of its start; empty where the run ended before."),
      Column(
        "waiting_time", .number, unit: "s",
        about: "From when it was to start to its start, for data to arrive; empty where the run "
          + "ended before."),
      Column(
        "execution_time", .number, unit: "s",
        about: "From its start to its finish; empty while unfinished."),
      Column(
        "finish_time", .number, unit: "s",
        about: "The instant of its finish; empty while unfinished."),
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
    ])
}

extension TableWriter<JobsTable> {
  func append(_ job: JobOutcome) throws(RunError) {
    rows.append(job.job)
    rows.append(nanosecondsAsSeconds: job.submitted.nanoseconds)
    rows.append(job.gpus)
    rows.append(job.finished == nil ? 0 : 1)
    append(job.started)
    if let started = job.started {
      rows.append(nanosecondsAsSeconds: (started - job.submitted).nanoseconds)
    } else {
      rows.appendAbsent()
    }
    if let started = job.started, let finished = job.finished {
      rows.append(nanosecondsAsSeconds: (finished - started).nanoseconds)
    } else {
      rows.appendAbsent()
    }
    append(job.finished)
    rows.append(job.iterations)
    rows.append(job.iterationsSimulated)
    for value in [
      job.iterationSeconds, job.computeSeconds, job.exposedSeconds, job.busBandwidth,
      job.modelUtilisation, job.bytesSent, job.linkBalance, job.meanThroughput,
      job.slowestThroughput,
    ] {
      rows.append(value)
    }
    rows.append(job.slowestTransfer)
    rows.append(job.sites)
    for value in [
      job.convergence, job.sites > 1 ? job.bytesBetweenSites : .nan, job.oneSiteSeconds,
      job.efficiency,
    ] {
      rows.append(value)
    }
    try endRow()
  }
}

extension Training {
  func shown(_ jobs: [JobOutcome]) -> Listing {
    var listing = Listing([
      "job", "GPUs", "iterations", "iteration", "compute", "exposed", "MFU", "bus GB/s",
      "mean GB/s", "slowest GB/s", "between", "uplink balance",
    ])
    for job in jobs {
      listing.append([
        .text(job.job), .number(job.gpus), .number(job.iterations),
        .seconds(job.iterationSeconds), .seconds(job.computeSeconds),
        .seconds(job.exposedSeconds), .share(job.modelUtilisation), gigabytes(job.busBandwidth),
        gigabytes(job.meanThroughput), gigabytes(job.slowestThroughput),
        job.slowestTransfer.isEmpty ? .absent : .text(job.slowestTransfer),
        .share(job.linkBalance),
      ])
    }
    return listing
  }

  /// Jobs over sites, and what one site would make of them.
  func shownOverSites(_ jobs: [JobOutcome]) -> Listing {
    var listing = Listing([
      "job over sites", "sites", "convergence", "between sites", "on one site", "efficiency",
    ])
    for job in jobs where job.sites > 1 {
      listing.append([
        .text(job.job), .number(job.sites), .text(formatted(number: job.convergence) + ":1"),
        .size(bytes: job.bytesBetweenSites), .seconds(job.oneSiteSeconds),
        .share(job.efficiency),
      ])
    }
    return listing
  }

  private func gigabytes(_ bitsPerSecond: Double) -> Cell {
    bitsPerSecond.isFinite ? .number(bitsPerSecond / 8e9) : .absent
  }
}

extension Outputs.Kind {
  public static let jobs = Outputs.Kind("jobs")
}
