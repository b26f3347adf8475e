// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import NetworkModel
internal import Policies
internal import Scheduling
internal import Text
internal import Traffic

extension Computing {
  /// The watched pool as it stands now; nil where none is watched.
  func endPoolWatch() -> PoolSnapshot? {
    guard let probe = watch?.pool else { return nil }
    let pool = pools[probe.pool]
    var meter = pool.meter
    meter.advance(to: now)
    let terms = pool.design.power.terms
    var outside: Double?
    if case .curve(_, let temperature) = terms.cooling {
      outside = temperature.celsius(
        month: terms.calendar.date(at: now).month, hour: terms.calendar.hour(at: now))
    }
    let coming = jobs.ids.filter { Int(jobs[$0].pool) == probe.pool && jobs[$0].stage == .fetching }
    var snapshot = PoolSnapshot(
      at: now, design: pool.design, node: model.topology[pool.design.node], state: probe.state,
      since: probe.since, used: pool.held, inService: pool.standing,
      serving: pool.serving, waitingJobs: pool.waiting,
      waitingWork: pool.waitingSeconds,
      onTheWay: coming.reduce(0) { $0 + jobs[$1].job.accelerators }, it_kW: meter.it_kW,
      facility_kW: meter.facility_kW, cap: pool.cap(at: now), speed: pool.speed,
      rates: meter.rates, outside_C: outside)
    snapshot.members =
      running(on: probe.pool) + waitingMembers(on: probe.pool)
      + coming.map { member($0, .coming, since: jobs[$0].job.submitted, "its input") }
    snapshot.changes =
      (probe.changes + priceChanges(of: pool.design) + capChanges(of: pool.design))
      .sorted { $0.at < $1.at }
    return snapshot
  }

  private func running(on pool: Int) -> [PoolSnapshot.Member] {
    pools[pool].running.sorted { jobs[$0].order < jobs[$1].order }.map {
      member($0, .running, since: jobs[$0].resumed, "")
    }
  }

  private func member(
    _ id: JobID, _ state: PoolSnapshot.Member.State, since: SimTime, _ waitsFor: String
  ) -> PoolSnapshot.Member {
    PoolSnapshot.Member(
      job: name(of: id), workload: model.computing.entries[Int(jobs[id].entry)].name,
      tenant: tenants[jobs[id].tenant]?.name ?? "", accelerators: jobs[id].job.accelerators,
      state: state, since: since, waitsFor: waitsFor)
  }
}

// MARK: - What waits, and for what

extension Computing {
  /// Those that wait, the longest first.
  private func waitingMembers(on pool: Int) -> [PoolSnapshot.Member] {
    let rule = pools[pool].design.queue
    let waiting = waiting(on: pool)
    let first = waiting.min { rule.puts(queued($0), before: queued($1)) }
    return waiting.map { id in
      member(
        id, .waiting, since: jobs[id].dataReady ?? jobs[id].job.submitted,
        reason(of: id, behind: first, on: pools[pool]))
    }.sorted { $0.since < $1.since }
  }

  private func reason(of id: JobID, behind first: JobID?, on pool: PoolState) -> String {
    let needed = jobs[id].job.accelerators
    if pool.inService == 0 { return "the pool to be back in service" }
    if needed > pool.inService {
      return "\(needed) accelerators, of which \(pool.inService) are in service for jobs"
    }
    if needed > pool.free { return "\(needed) accelerators, of which \(pool.free) are free" }
    if let program = pool.design.queueProgram { return "\(program.text) to choose it" }
    guard let first, first != id else { return "its turn" }
    let head = "\(name(of: first)) with \(jobs[first].job.accelerators) accelerators"
    switch pool.design.queue {
    case .easy, .easyShortest: return "\(head), which it would delay"
    case .conservative: return "its slot, since it would delay those before it"
    case .fairShare: return "the turn of its tenant"
    case .fcfs, .sjf, .ljf, .priority, .preemptive, .processorSharing:
      return "\(head), which stands first"
    }
  }
}

// MARK: - What changed by itself

extension Computing {
  private var told: SimTime {
    SimTime(nanoseconds: max(0, now.nanoseconds - PoolProbe.span.nanoseconds))
  }

  private func priceChanges(of pool: PoolDesign) -> [PoolSnapshot.Change] {
    guard pool.power.hasTariff else { return [] }
    var changes: [PoolSnapshot.Change] = []
    var last = pool.power.terms.rates(at: told)
    while last.until <= now {
      let begin = last.until
      let next = pool.power.terms.rates(at: begin)
      if next.period != last.period || next.price_yuan_kWh != last.price_yuan_kWh {
        let price = formatted(digits: 4, of: next.price_yuan_kWh)
        changes.append(
          PoolSnapshot.Change(
            at: begin, what: .price, subject: "\(next.period.rawValue), \(price) yuan/kWh"))
      }
      last = next
    }
    return changes
  }

  private func capChanges(of pool: PoolDesign) -> [PoolSnapshot.Change] {
    let window = told...now
    return pool.power.caps.flatMap { cap in
      let power = formatted(digits: 4, of: cap.watts / 1000)
      return [(cap.from, "\(power) kW from here on"), (cap.to, "over")].filter {
        window.contains($0.0)
      }.map { PoolSnapshot.Change(at: $0.0, what: .cap, subject: $0.1) }
    }
  }
}
