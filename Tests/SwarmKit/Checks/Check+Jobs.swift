// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Simulator
internal import Traffic

extension Check {
  /// Training jobs do what they were told.
  static let jobs = [
    Check(name: "jobs do their iterations") { run, found in checkJobs(run, &found) }
  ]

  private static func checkJobs(_ run: SwarmRun, _ found: inout Findings) {
    let rows = Dictionary(
      run.rows("jobs").map { ($0["job_id"], $0) }, uniquingKeysWith: { first, _ in first })
    for job in run.model.training.jobs where job.membership == nil {
      guard let row = rows[job.name] else { continue }
      let done = row.number("iterations") ?? 0
      if row["success"] == "1" {
        found.near(done, Double(job.iterations), "iterations of \(job.name)")
        found.require(
          (row.number("execution_time") ?? 0) >= done * job.compute.seconds * (1 - 1e-9),
          "\(job.name) was done before it could compute")
      }
      guard done > 0 else { continue }
      let (iteration, compute) = (row.number("iteration_s") ?? 0, row.number("compute_s") ?? 0)
      found.near(
        iteration - compute, row.number("exposed_communication_s") ?? 0, relative: 1e-6,
        absolute: 1e-9, "exposed communication of \(job.name)")
      let hosts = run.model.training.fabrics[job.fabric].fabric.design.gpusPerHost
      guard row["success"] == "1", let bytes = networkBytes(of: job, perHost: hosts) else {
        continue
      }
      found.near(
        row.number("bytes_sent") ?? 0, bytes * Double(job.iterations), relative: 1e-6,
        "bytes that \(job.name) sent")
    }
  }

  /// What crosses between hosts in an iteration of one collective of neighbouring accelerators.
  private static func networkBytes(of job: TrainingJob, perHost: Int) -> Double? {
    guard job.blocking.isEmpty || job.gradients.isEmpty,
      let exchange = (job.blocking + job.gradients).first,
      job.blocking.count + job.gradients.count == 1,
      exchange.purpose == .collective, exchange.stride == 1, exchange.repeats == 1
    else { return nil }
    let collective = exchange.collective
    let ranks = Double(collective.ranks)
    let hosts = Double(collective.ranks / perHost)
    guard collective.ranks.isMultiple(of: perHost), hosts > 1 else { return nil }
    // Accelerators of a host add up or share out among themselves; whatever the algorithm does
    // among the hosts, it moves the least that there is to move.
    switch collective.kind {
    case .allReduce: return 2 * (hosts - 1) * collective.bytes
    case .allGather, .reduceScatter: return (hosts - 1) * collective.bytes
    case .allToAll: return ranks * (ranks - Double(perHost)) * collective.bytes / ranks
    default: return nil
    }
  }
}
