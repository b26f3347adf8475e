// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

// A team needs its accelerators on all its pools at once. Their queues are conservative: each has a
// calendar of what is free. The least start that all have room for is found by going round: a pool
// gives the least start it has from the others' on, until all have given the same. It ends, since
// starts only rise and all is free behind the last slot.

extension Computing {
  /// A job over several pools is submitted: as a job on each of them.
  func submit(_ job: OfferedJob, over team: PoolTeam, of source: Int, tenant: Int32) {
    let name = name(of: job, entry: Int32(source))
    let members = team.parts.map { part in
      var member = job
      member.name = "\(name)/\(pools[part.pool].design.name)"
      member.accelerators = part.accelerators
      var state = PoolJob(member, entry: Int32(source), tenant: tenant, order: nextOrder())
      if let pace = candidates.teamPaces[Int32(source)] {
        (state.pool, state.speed) = (Int32(part.pool), pace)
      }
      book.submitted(member, of: source)
      return jobs.add(state)
    }
    let number = teams.add(JobTeam(members))
    for id in members { jobs[id].team = number }
    teams.asking.append(number)
  }

  // MARK: - Slots

  /// Gives slots to the teams that have none, in the order of their submission.
  func placeTeams() throws(RunError) {
    let asking = teams.asking.sorted { order(of: $0) < order(of: $1) }
    teams.asking.removeAll(keepingCapacity: true)
    for team in asking { try giveSlots(to: team) }
  }

  private func order(of team: TeamID) -> Int64 { jobs[teams[team].members[0]].order }

  private func giveSlots(to team: TeamID) throws(RunError) {
    let members = teams[team].members
    // Where no iteration ever ends, as over a dark link, the job can't run.
    guard jobs[members[0]].pool >= 0 else {
      for id in members { try close(id, .refused("fabric")) }
      return
    }
    for id in members {
      setLength(of: id)
      jobs[id].dataReady = now
    }
    guard let start = commonStart(of: members), start > now.nanoseconds || haveRoom(members) else {
      if watch != nil { watchSlots(of: members, at: nil) }
      return teams.waiting.append(team)
    }
    if watch != nil { watchSlots(of: members, at: SimTime(nanoseconds: start)) }
    for id in members {
      let pool = Int(jobs[id].pool)
      jobs[id].stage = .queued
      countWaiting(id, 1)
      pools[pool].queue?.reserve(queued(id), at: start)
      markPool(pool)
      updateBoard(of: pool)
    }
  }

  /// The least instant at which all pools of a team have room; nil where one never has.
  private func commonStart(of members: [JobID]) -> Int64? {
    var start = now.nanoseconds
    var (agreed, next) = (0, 0)
    while agreed < members.count {
      let id = members[next]
      let found = pools[Int(jobs[id].pool)].queue?.earliestSlot(
        accelerators: Int32(jobs[id].job.accelerators), length: jobs[id].requested, from: start,
        at: now.nanoseconds)
      guard let found else { return nil }
      agreed = found > start ? 1 : agreed + 1
      start = found
      next = (next + 1) % members.count
    }
    return start
  }

  /// Whether all members could start now: calendars take those that are overdue for gone.
  private func haveRoom(_ members: [JobID]) -> Bool {
    members.allSatisfy { pools[Int(jobs[$0].pool)].free >= jobs[$0].job.accelerators }
  }

  // MARK: - Beginning

  /// Starts the teams of which all slots have begun.
  ///
  /// The others give theirs up: a pool has failed, or somebody takes longer than was asked for.
  func startTeams() {
    let beginning = teams.beginning
    teams.beginning.removeAll(keepingCapacity: true)
    for team in beginning {
      let (members, begun) = (teams[team].members, teams[team].begun)
      teams[team].begun.removeAll()
      for id in members { countWaiting(id, -1) }
      guard begun.count == members.count else {
        giveUpSlots(of: team, begun)
        continue
      }
      for id in members { start(id) }
      for id in members {
        updatePower(of: Int(jobs[id].pool))
        updateBoard(of: Int(jobs[id].pool))
      }
    }
  }

  private func giveUpSlots(of team: TeamID, _ begun: [JobID]) {
    for id in teams[team].members {
      let pool = Int(jobs[id].pool)
      if begun.contains(id) { endInQueue(id) } else { withdraw(id) }
      jobs[id].stage = .asking
      markPool(pool)
      updateBoard(of: pool)
    }
    teams.waiting.append(team)
  }

  /// Teams that wait for a common slot look for one again where a pool of theirs was passed over.
  func wakeTeams(on passed: [Int]) {
    guard !teams.waiting.isEmpty else { return }
    let waiting = teams.waiting
    teams.waiting.removeAll(keepingCapacity: true)
    for team in waiting {
      let isConcerned = teams[team].members.contains { passed.contains(Int(jobs[$0].pool)) }
      if isConcerned { teams.asking.append(team) } else { teams.waiting.append(team) }
    }
  }

  // MARK: - At work

  /// All that run with a job, itself among them.
  func teammates(of id: JobID) -> [JobID] {
    jobs[id].team.isNone ? [id] : teams[jobs[id].team].members.filter { jobs.contains($0) }
  }

  /// Part of full speed at which a job runs: that of its pool, or of the slowest pool of its team.
  func pace(of id: JobID) -> Double {
    let own = pools[Int(jobs[id].pool)].speed
    guard !jobs[id].team.isNone else { return own }
    return teammates(of: id).reduce(own) { min($0, pools[Int(jobs[$1].pool)].speed) }
  }

  /// Some jobs, and those that run with them.
  func withTeammates(_ ids: [JobID]) -> [JobID] {
    guard ids.contains(where: { !jobs[$0].team.isNone }) else { return ids }
    var seen: Set<JobID> = []
    return ids.flatMap(teammates).filter { seen.insert($0).inserted }
  }
}
