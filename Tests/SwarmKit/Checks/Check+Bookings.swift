// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Light
internal import Simulator

extension Check {
  /// Jobs that book ahead have what they booked, and what tenants pay is what owners earn.
  static let bookings = [
    Check(name: "jobs start when they have booked") { run, found in
      // Where there is less power for a time, whoever is there before may leave late.
      guard run.model.transfers.servesJobs, run.model.computing.powerPolicy == nil else { return }
      for row in onPools(run) where row["booking"] == "held" {
        // What is broken as the slot begins is waited for.
        guard let pool = designs(run)[row["pool"]], pool.failures == nil, pool.outages.isEmpty
        else { continue }
        let (booked, start) = (row.nanoseconds("booked_start_s"), row.nanoseconds("starting_time"))
        if let start {
          found.require(start == booked, "\(row["job_id"]) starts at \(start), not at its slot")
        } else {
          let end = run.outcome.end.nanoseconds
          found.require(booked ?? 0 >= end, "\(row["job_id"]) has not started at its slot")
        }
        if let deadline = row.nanoseconds("deadline_s"), let over = row.nanoseconds("over_s"),
          isUndisturbed(run)
        {
          found.require(over <= deadline, "\(row["job_id"]) has booked and is late")
        }
      }
      let booked = onPools(run).count { ["held", "broken"].contains($0["booking"]) }
      found.near(Double(booked), run.metric("jobs_booked") ?? 0, "jobs that have booked")
      let broken = onPools(run).count { $0["booking"] == "broken" }
      found.near(Double(broken), run.metric("bookings_broken") ?? 0, "bookings that are broken")
      if isUndisturbed(run) { found.require(broken == 0, "\(broken) bookings are broken") }
    },
    Check(name: "what tenants pay is what owners earn") { run, found in
      guard let earned = run.metric("owners_earned") else { return }
      found.require(run.metric("tenants_paid") == earned, "tenants pay other sums than owners earn")
      let fen = { (value: Double?) in ((value ?? 0) * 100).rounded() }
      if run.has("jobs") {
        let paid = onPools(run).reduce(0) { $0 + fen($1.number("paid_yuan")) }
        found.require(paid == fen(earned), "jobs pay \(paid) fen of \(fen(earned))")
      }
      guard run.has("accounts") else { return }
      let booked = run.rows("accounts").reduce(0) { $0 + fen($1.number("paid_yuan")) }
      found.require(booked == fen(earned), "accounts have \(booked) fen of \(fen(earned))")
    },
  ]

  /// Whether nothing fails or changes that bookings rely on.
  private static func isUndisturbed(_ run: SwarmRun) -> Bool {
    let model = run.model
    return model.changes.isEmpty && model.light.links.isEmpty
      && model.computing.pools.allSatisfy {
        $0.outages.isEmpty && $0.failures == nil && $0.power.caps.isEmpty && $0.serving == 0
      }
  }
}
