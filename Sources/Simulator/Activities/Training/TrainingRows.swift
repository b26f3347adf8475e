// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Text

extension TableWriter<JobsTable> {
  func append(_ job: JobOutcome) throws(RunError) {
    append(
      JobRow(
        name: job.job, workload: "training", profile: "", submitted: job.submitted,
        accelerators: job.gpus, hasSucceeded: job.finished != nil, state: job.finalState,
        started: job.started, ran: job.ran, finished: job.finished))
    skip(JobsTable.poolColumns)
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

extension JobOutcome {
  /// How long it ran; nil while it is unfinished.
  fileprivate var ran: SimDuration? {
    guard let started, let finished else { return nil }
    return finished - started
  }

  fileprivate var finalState: String {
    if finished != nil { return "COMPLETED_SUCCESSFULLY" }
    return started == nil ? "WAITING" : "RUNNING"
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
