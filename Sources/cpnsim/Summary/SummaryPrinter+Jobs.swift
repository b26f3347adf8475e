// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import EventKernel
internal import Session
internal import Simulator

// What people want to know of training jobs.

extension SummaryPrinter {
  func jobs() -> String {
    let all = finished.outcome.jobs
    guard !all.isEmpty else { return "" }
    var table = TerminalTable([
      "job", "GPUs", "iterations", "iteration", "compute", "exposed", "MFU", "bus GB/s",
      "mean GB/s", "slowest GB/s", "between", "uplink balance",
    ])
    for job in all {
      table.append([
        job.job, number(Double(job.gpus)), number(Double(job.iterations)),
        seconds(job.iterationSeconds), seconds(job.computeSeconds), seconds(job.exposedSeconds),
        part(job.modelUtilisation), gigabytes(job.busBandwidth),
        gigabytes(job.meanThroughput), gigabytes(job.slowestThroughput),
        job.slowestTransfer.isEmpty ? "-" : job.slowestTransfer,
        part(job.linkBalance),
      ])
    }
    return table.rendered() + spans(all.filter { $0.sites > 1 })
  }

  private func spans(_ jobs: [JobOutcome]) -> String {
    guard !jobs.isEmpty else { return "" }
    var table = TerminalTable([
      "job over sites", "sites", "convergence", "between sites", "on one site", "efficiency",
    ])
    for job in jobs {
      table.append([
        job.job, number(Double(job.sites)), number(job.convergence) + ":1",
        formatted(bytes: job.bytesBetweenSites), seconds(job.oneSiteSeconds),
        part(job.efficiency),
      ])
    }
    return "\n" + table.rendered()
  }

  private func part(_ value: Double) -> String {
    value.isNaN ? "-" : formatted(percentOf: value)
  }

  private func gigabytes(_ bitsPerSecond: Double) -> String {
    bitsPerSecond.isFinite ? number(bitsPerSecond / 8e9) : "-"
  }
}
