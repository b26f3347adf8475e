// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Scheduling
internal import Statistics
internal import Text
internal import Traffic

// What there is to say of pools and jobs when the run is over.

/// How much a pool was used over the run.
public struct PoolUse: Sendable {
  public var pool: String
  public var accelerators: Int
  /// The part of its accelerators that was held, over the time of the run.
  public var use: Double
}

extension Computing {
  func finish(into outcome: inout RunOutcome) throws(RunError) {
    guard !model.computing.isEmpty else { return }
    outcome.inputs += try inputRecords()
    for pool in pools.indices {
      pools[pool].meter.advance(to: now)
      pools[pool].countHeld(until: now)
    }
    let open = try writeUnfinished()
    for pool in pools.indices { try writeEnergy(of: pool) }
    try writeAccounts()
    let traces = zip(model.computing.entries, feeds).compactMap { entry, source in
      source.feed.reading.map { TraceOutcome(name: entry.name, $0, .jobsOnPools) }
    }
    outcome.traces += traces
    outcome.summary.add(traces)
    describeJobs(open, in: &outcome.summary)
    describePools(in: &outcome.summary)
    describeAccounts(in: &outcome.summary)
    outcome.sections.add(shownPools(), rank: 25)
    outcome.sections.add(shownOwners(), rank: 25)
    outcome.pools = pools.filter { $0.design.count > 0 }.map {
      PoolUse(
        pool: $0.design.name, accelerators: $0.design.count,
        use: now > .zero ? $0.account.held / (Double($0.design.count) * now.seconds) : .nan)
    }
  }

  /// Writes the jobs of which something may still come, and gives how many.
  private func writeUnfinished() throws(RunError) -> Int {
    let ids = jobs.ids
    for id in ids {
      chargeUnfinished(id)
      let deadline = jobs[id].job.deadline ?? .distantFuture
      book.deadlines.count(deadline, unfinishedAt: now)
      try tables.jobs?.append(row(of: jobs[id], nil, isOver: false))
    }
    return ids.count
  }

  /// A job that still runs pays for what it has held up to now.
  private func chargeUnfinished(_ id: JobID) {
    guard jobs[id].stage == .running else { return }
    let pool = Int(jobs[id].pool)
    guard pools[pool].isShared else {
      settle(id)
      return charge(id, for: (now - jobs[id].resumed).nanoseconds)
    }
    let left = pools[pool].sharing?.withdraw(id, at: now.nanoseconds) ?? 0
    settleSharing(id, done: max(0, jobs[id].left - left))
  }

  private func describeJobs(_ open: Int, in table: inout SummaryTable) {
    table.add("jobs_submitted", Double(book.submitted))
    table.add("jobs_completed", Double(book.finished))
    table.add("jobs_unfinished", Double(open), showing: .unlessZero)
    table.add("jobs_refused", Double(book.refused.values.reduce(0, +)), showing: .unlessZero)
    table.add("jobs_out_of_time", Double(book.outOfTime), showing: .unlessZero)
    table.add("jobs_lost", Double(book.lost), showing: .unlessZero)
    table.add("jobs_stopped", Double(book.stops), showing: .unlessZero)
    if model.transfers.servesJobs {
      table.add("jobs_booked", Double(book.booked))
      table.add("bookings_broken", Double(book.bookingsBroken), showing: .unlessZero)
    }
    table.add("jobs_moved", Double(book.moves), showing: .unlessZero)
    table.add("jobs_paused", Double(book.pauses), showing: .unlessZero)
    table.add("jobs_preempted", Double(book.preemptions), showing: .unlessZero)
    table.add("power_limits", Double(book.powerLimits), showing: .unlessZero)
    table.add("pool_failures", Double(book.poolFailures), showing: .unlessZero)
    table.add("accelerator_failures", Double(book.acceleratorFailures), showing: .unlessZero)
    table.add("jobs_restarted", Double(book.restarts), showing: .unlessZero)
    table.add("work_lost", book.workLost, unit: "s", showing: .unlessZero)
    Spread(book.wait).describe(as: "job_wait", unit: "s", in: &table)
    Spread(book.response).describe(as: "job_response", unit: "s", in: &table)
    Spread(book.slowdown).describe(as: "job_slowdown", unit: "", in: &table)
    book.deadlines.describe(in: &table, prefix: "job_")
    table.add("makespan", makespan, unit: "s")
    table.add("job_fairness", book.fairness)
    table.add("placements", Double(book.decisions), showing: .unlessZero)
    table.add("placements_stale", Double(book.staleDecisions), showing: .unlessZero)
    table.add("placements_postponed", Double(book.waits), showing: .unlessZero)
    if let rounds {
      table.add("rounds", Double(rounds.count))
      table.add("share_renewals", Double(rounds.renewals))
    }
  }

  /// From the first submission to the last end of a run.
  private var makespan: Double {
    guard let first = book.firstSubmission, let last = book.lastFinish else { return .nan }
    return (last - first).seconds
  }

  private func describePools(in table: inout SummaryTable) {
    let held = pools.reduce(0) { $0 + $1.account.held }
    let there = pools.reduce(0) { $0 + Double($1.design.count) } * now.seconds
    table.add("pool_utilisation", there > 0 ? held / there : .nan)
    let known = pools.filter { $0.design.power.isKnown }
    guard !known.isEmpty else { return }
    let accounts = known.map { $0.meter.account }
    let it = accounts.reduce(0) { $0 + $1.it_kWh }
    let facility = accounts.reduce(0) { $0 + $1.facility_kWh.sum }
    table.add("energy_it", it, unit: "kWh")
    table.add("energy_facility", facility, unit: "kWh")
    table.add("pue", it > 0 ? facility / it : .nan)
    table.add("power_peak", accounts.reduce(0) { $0 + $1.peak_kW }, unit: "kW")
    let demand = zip(known, accounts).reduce(0) {
      $0 + $1.1.demandOfRun_yuan($1.0.design.power.terms.tariff)
    }
    table.add("energy_cost", accounts.reduce(0) { $0 + $1.energy_yuan.sum }, unit: "yuan")
    table.add("demand_cost", demand, unit: "yuan")
    table.add("carbon", accounts.reduce(0) { $0 + $1.carbon_kg }, unit: "kg")
  }

  /// The pools that did most, with what they took.
  private func shownPools() -> Listing {
    var listing = Listing([
      "pool", "at", "accelerators", "jobs", "in use", "energy", "PUE", "yuan", "carbon",
    ])
    let busiest = pools.indices.sorted {
      (-pools[$0].account.held, -pools[$0].meter.account.it_kWh, $0)
        < (-pools[$1].account.held, -pools[$1].meter.account.it_kWh, $1)
    }
    for index in busiest.prefix(ShownSections.mostRows) {
      let pool = pools[index]
      let account = pool.meter.account
      let capacity = Double(pool.design.count) * now.seconds
      let isKnown = pool.design.power.isKnown
      listing.append([
        .text(pool.design.name), .text(model.topology[pool.design.node]),
        pool.design.count > 0 ? .text("\(pool.design.count) \(pool.design.accelerator)") : .absent,
        .number(pool.account.finished),
        capacity > 0 ? .share(pool.account.held / capacity) : .absent,
        isKnown ? .text(formatted(account.facility_kWh.sum, unit: "kWh")) : .absent,
        account.pue.map { .number($0) } ?? .absent,
        pool.design.power.hasTariff ? .number(account.energy_yuan.sum) : .absent,
        pool.design.power.hasTariff ? .text(formatted(account.carbon_kg, unit: "kg")) : .absent,
      ])
    }
    return listing
  }
}
