// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Statistics
internal import Traffic

// Pools fail as a whole, and accelerators one by one; what runs on them starts anew from what it
// has written down.

/// The failures of the accelerators of a pool, one after the other.
struct AcceleratorFailures {
  /// Between two of them, in seconds.
  private let gaps: Sampler
  private var stream: RandomStream
  private let count: Int
  let repair: SimDuration

  init?(_ pool: PoolDesign, seed: UInt64) {
    guard let failures = pool.failures else { return nil }
    gaps = Sampler(.exponential(mean: failures.meanTime / Double(pool.count)))
    stream = RandomStream(seed: seed, name: "pools/\(pool.name)/failures")
    count = pool.count
    repair = failures.repair
  }

  /// When the next one is; nil where that is beyond all time.
  mutating func next(after now: SimTime) -> SimTime? {
    guard let gap = SimDuration(seconds: gaps.next(using: &stream)) else { return nil }
    return now + gap
  }

  /// Which accelerator it is: those out of service come first, then those that are held.
  mutating func victim() -> Int { Int.random(in: 0..<count, using: &stream) }
}

extension Computing {
  /// Plans the first failures of a pool.
  func planFailures(of pool: Int) {
    for outage in pools[pool].design.outages where outage.from < horizon {
      world.plan(.computing(.poolFails(pool: Int32(pool))), at: outage.from)
      guard let end = outage.to, end < horizon else { continue }
      world.plan(.computing(.poolReturns(pool: Int32(pool))), at: end)
    }
    planNextFailure(on: pool)
  }

  private func planNextFailure(on pool: Int) {
    guard let next = pools[pool].failures?.next(after: now), next < horizon else { return }
    world.plan(.computing(.acceleratorFails(pool: Int32(pool))), at: next)
  }

  /// A pool is out of service: what runs on it fails, what waits there goes on waiting.
  func poolFails(_ pool: Int) throws(RunError) {
    try endDone(on: pool)
    pools[pool].outages += 1
    guard pools[pool].outages == 1 else { return }
    book.poolFailures += 1
    failJobs(pools[pool].running.sorted { jobs[$0].order < jobs[$1].order })
    serviceChanges(of: pool)
  }

  func poolReturns(_ pool: Int) {
    pools[pool].outages -= 1
    if pools[pool].outages == 0 { serviceChanges(of: pool) }
  }

  /// An accelerator breaks, and with it the job that holds it.
  func acceleratorFails(on pool: Int) throws(RunError) {
    try endDone(on: pool)
    defer { planNextFailure(on: pool) }
    guard var failures = pools[pool].failures else { return }
    let victim = failures.victim() - pools[pool].broken
    pools[pool].failures = failures
    guard victim >= 0, pools[pool].outages == 0 else { return }
    book.acceleratorFailures += 1
    if let job = holder(of: victim, on: pool) { failJobs([job]) }
    guard failures.repair > .zero else { return }
    pools[pool].broken += 1
    world.plan(.computing(.acceleratorReturns(pool: Int32(pool))), at: now + failures.repair)
    serviceChanges(of: pool)
  }

  func acceleratorReturns(to pool: Int) {
    pools[pool].broken -= 1
    serviceChanges(of: pool)
  }

  /// Jobs that are done in this very instant are, though what fails was planned before their ends.
  private func endDone(on pool: Int) throws(RunError) {
    guard let sharing = pools[pool].sharing else {
      for id in pools[pool].running.sorted(by: { jobs[$0].order < jobs[$1].order })
      where jobs[id].stage == .running && jobs[id].endsAt == now {
        guard let handle = jobs[id].end else { continue }
        world.queue.cancel(handle)
        try jobEnds(id)
      }
      return
    }
    guard let next = sharing.nextEnd, next <= now.nanoseconds else { return }
    if let handle = pools[pool].nextEnd { world.queue.cancel(handle) }
    try sharesEnd(on: pool)
  }

  /// The job that holds an accelerator, where those that are held come first; where jobs share a
  /// pool, each stands for as many as it has asked for.
  private func holder(of accelerator: Int, on pool: Int) -> JobID? {
    var end = 0
    for id in pools[pool].running {
      end += jobs[id].job.accelerators
      if accelerator < end { return id }
    }
    return nil
  }

  private func serviceChanges(of pool: Int) {
    pools[pool].renewCount(at: now)
    // Those whom it fails ask in this instant, and it is no choice any more.
    updateBoard(of: pool)
    markPool(pool)
  }

  /// Jobs that run lose what they have not written down; a policy may send them elsewhere.
  private func failJobs(_ failing: [JobID]) {
    for id in withTeammates(failing) {
      stopFailed(id)
      keepWork(of: id)
      jobs[id].stage = .asking
      jobs[id].isCut = false
      let team = jobs[id].team
      if team.isNone {
        instant.asking.append(id)
      } else if teams[team].members.first == id {
        teams.asking.append(team)
      }
    }
  }

  private func stopFailed(_ id: JobID) {
    if jobs[id].booking == .held { loseBooking(of: id) }
    let pool = Int(jobs[id].pool)
    if pools[pool].isShared {
      stopSharing(id)
    } else {
      endInQueue(id)
      stopRunning(id)
    }
    markPool(pool)
  }

  /// Counts what a job keeps and what it loses, in time on accelerators of speed 1.
  private func keepWork(of id: JobID) {
    let entry = model.computing.entries[Int(jobs[id].entry)]
    let time = SimDuration(nanoseconds: max(0, jobs[id].length - jobs[id].left))
    let kept = entry.checkpoints.kept(after: time, start: jobs[id].startup)
    jobs[id].saved = jobs[id].saved + kept.scaled(by: jobs[id].speed)
    jobs[id].startup = entry.checkpoints.restart
    jobs[id].dataPool = nil
    jobs[id].restarts += 1
    let lost = (time - kept).seconds
    jobs[id].lost += lost
    book.restarts += 1
    book.workLost += lost * Double(jobs[id].job.accelerators)
  }
}
