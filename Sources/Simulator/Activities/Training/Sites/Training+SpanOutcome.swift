// SPDX-License-Identifier: GPL-3.0-or-later
internal import NetworkModel
internal import Traffic

// What came of a job over sites, as one row, and how it compares with one site.

extension Training {
  func outcome(ofSpan span: Int) throws(RunError) -> JobOutcome {
    let job = model.training.spans[span]
    let parts: [JobOutcome] = job.members.map { self.outcome(ofJob: $0) }
    var outcome: JobOutcome = parts[0]
    let count = Double(outcome.iterations)
    outcome.job = job.name
    outcome.gpus = parts.reduce(0) { $0 + $1.gpus }
    // All iterations are as long at every site; the site that computes longest sets the pace.
    outcome.computeSeconds = parts.map(\.computeSeconds).reduce(.nan) { Double.maximum($0, $1) }
    outcome.exposedSeconds = outcome.iterationSeconds - outcome.computeSeconds
    outcome.busBandwidth = .nan
    outcome.modelUtilisation =
      job.peak > 0 ? job.operations / (outcome.iterationSeconds * job.peak) : .nan
    outcome.linkBalance = parts.map(\.linkBalance).reduce(.nan) { Double.minimum($0, $1) }
    noteTransfers(of: parts, job, in: &outcome)
    outcome.sites = parts.count
    outcome.convergence = convergence(of: job)
    outcome.bytesBetweenSites = book.spans[span].bitsInAll / 8
    outcome.bytesSent = parts.reduce(0) { $0 + $1.bytesSent } + outcome.bytesBetweenSites
    if count > 0, !job.oneSite.isEmpty {
      outcome.oneSiteSeconds = try job.secondsOnOneSite(seed: model.seed)
      outcome.efficiency = outcome.oneSiteSeconds / outcome.iterationSeconds
    }
    return outcome
  }

  /// Transfers inside the sites, with the fabric in the name of the slowest.
  private func noteTransfers(
    of parts: [JobOutcome], _ job: SpanningJob, in outcome: inout JobOutcome
  ) {
    let statistics = job.members.map { book.jobs[$0].statistics }
    let transfers = statistics.reduce(0) { $0 + $1.transfers }
    guard transfers > 0 else { return }
    outcome.meanThroughput = statistics.reduce(0) { $0 + $1.throughputs } / Double(transfers)
    let slowest = statistics.indices.min {
      statistics[$0].slowest.throughput < statistics[$1].slowest.throughput
    }
    guard let slowest else { return }
    outcome.slowestThroughput = parts[slowest].slowestThroughput
    outcome.slowestTransfer =
      "\(fabric(ofJob: job.members[slowest]).fabric.design.name)/\(parts[slowest].slowestTransfer)"
  }

  /// The rate of all cards of a site over that of its way to another, where this is most.
  private func convergence(of job: SpanningJob) -> Double {
    job.hops.map { hop in
      let member = model.training.jobs[job.members[hop.source]]
      let design = model.training.fabrics[member.fabric].fabric.design
      let hosts = (member.gpus + design.gpusPerHost - 1) / design.gpusPerHost
      let cards = Double(hosts * design.nicsPerHost) * design.nicRate.value
      let path = hop.route.links.map { model.topology[$0].capacity.value }.min() ?? .infinity
      return cards / path
    }.max() ?? .nan
  }
}
