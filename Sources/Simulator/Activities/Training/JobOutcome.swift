// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
internal import NetworkModel
internal import Results
internal import Traffic

/// What came of a training job.
public struct JobOutcome: Sendable {
  public var job: String
  public var gpus: Int
  public var submitted: SimTime
  /// Whether it starts with the arrival of transfers.
  public var waitsForData: Bool
  /// Nil where the run ended before.
  public var started: SimTime?
  public var finished: SimTime?
  /// The end of the job, or of the run.
  public var end: SimTime
  public var iterations: Int
  public var iterationsWanted: Int
  /// Those of them that were simulated; the others are like one of these.
  public var iterationsSimulated: Int
  /// Means over the iterations; not a number without any.
  public var iterationSeconds: Double
  public var computeSeconds: Double
  public var exposedSeconds: Double
  /// Of the gradients' exchange, as NCCL's tests count it.
  public var busBandwidth: Double
  /// Operations of the model over what the accelerators could have done in the time.
  public var modelUtilisation: Double
  public var bytesSent: Double
  public var linkBalance: Double
  /// Mean and least throughput of transfers between hosts, and the cards of the slowest.
  public var meanThroughput: Double
  public var slowestThroughput: Double
  public var slowestTransfer: String
  public var sites = 1
  /// Of a job over sites; not a number, or none, where there is one.
  ///
  /// The rate of all cards of a site over that of its way out, what crossed between sites, the
  /// time of an iteration on one site, and that over the time that it took.
  public var convergence = Double.nan
  public var bytesBetweenSites = 0.0
  public var oneSiteSeconds = Double.nan
  public var efficiency = Double.nan
}

extension Training {
  /// Counts what is passed of skipped iterations, and writes the jobs.
  func finishTraining() throws(RunError) -> [JobOutcome] {
    for index in book.jobs.indices { endSkip(index) }
    for span in book.spans.indices { endSkip(ofSpan: span) }
    var jobs: [JobOutcome] = []
    for index in book.jobs.indices {
      guard let span = model.training.jobs[index].membership?.span else {
        jobs.append(outcome(ofJob: index))
        continue
      }
      // All sites of a job are one row, where the first of them stands.
      if model.training.spans[span].members[0] == index { jobs.append(try outcome(ofSpan: span)) }
    }
    for job in jobs { try table?.append(job) }
    return jobs
  }

  func outcome(ofJob index: Int) -> JobOutcome {
    let job = model.training.jobs[index]
    let state = book.jobs[index]
    let statistics = state.statistics
    let count = Double(state.iterations.done)
    let seconds = statistics.computeSeconds + statistics.exposedSeconds
    let fabric = fabric(ofJob: index).fabric
    let slowest = statistics.slowest
    let hasSent = statistics.transfers > 0
    return JobOutcome(
      job: job.name, gpus: job.gpus, submitted: job.start,
      waitsForData: !job.after.isEmpty, started: state.start, finished: state.finish,
      end: state.finish ?? now, iterations: state.iterations.done,
      iterationsWanted: job.iterations, iterationsSimulated: state.iterations.simulated,
      iterationSeconds: seconds / count, computeSeconds: statistics.computeSeconds / count,
      exposedSeconds: statistics.exposedSeconds / count,
      busBandwidth: statistics.busBits / statistics.busSeconds,
      modelUtilisation: job.peak > 0 ? job.operations * count / (seconds * job.peak) : .nan,
      bytesSent: statistics.bitsSent / 8, linkBalance: statistics.linkBalance,
      meanThroughput: hasSent ? statistics.throughputs / Double(statistics.transfers) : .nan,
      slowestThroughput: hasSent ? slowest.throughput : .nan,
      slowestTransfer: hasSent
        ? "\(fabric.name(ofNIC: Int(slowest.source)))->\(fabric.name(ofNIC: Int(slowest.target)))"
        : "")
  }

  /// Adds what there is to say of all jobs together, and of each.
  func describe(_ jobs: [JobOutcome], in table: inout SummaryTable) {
    guard !jobs.isEmpty else { return }
    table.add("jobs", Double(jobs.count))
    table.add("jobs_finished", Double(jobs.count { $0.finished != nil }))
    table.add("job_bytes_sent", jobs.reduce(0) { $0 + $1.bytesSent }, unit: "B")
    for job in jobs {
      let prefix = jobs.count > 1 ? job.job + "/" : ""
      if job.waitsForData {
        let waited = job.started.map { ($0 - job.submitted).seconds } ?? .nan
        table.add(prefix + "waiting_for_data", waited, unit: "s")
      }
      table.add(prefix + "iterations", Double(job.iterations), showing: .never)
      table.add(prefix + "iteration_mean", job.iterationSeconds, unit: "s", showing: .never)
      table.add(
        prefix + "exposed_communication_mean", job.exposedSeconds, unit: "s", showing: .never)
      table.add(prefix + "bus_bandwidth", job.busBandwidth, unit: "bit/s", showing: .never)
      table.add(prefix + "model_flops_utilisation", job.modelUtilisation, showing: .never)
      table.add(prefix + "uplink_balance", job.linkBalance, showing: .never)
      table.add(prefix + "mean_transfer", job.meanThroughput, unit: "bit/s", showing: .never)
      table.add(
        prefix + "slowest_transfer", job.slowestThroughput, unit: "bit/s", showing: .never)
      guard job.sites > 1 else { continue }
      table.add(prefix + "sites", Double(job.sites))
      table.add(prefix + "convergence_ratio", job.convergence)
      table.add(
        prefix + "bytes_between_sites", job.bytesBetweenSites, unit: "B",
        showing: model.showsFlows())
      table.add(prefix + "one_site_iteration", job.oneSiteSeconds, unit: "s")
      table.add(prefix + "efficiency_vs_one_site", job.efficiency)
    }
  }
}
