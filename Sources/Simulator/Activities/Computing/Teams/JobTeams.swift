// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling

/// Jobs on several pools that begin, stop and end as one.
struct JobTeam {
  /// A job a pool, in the order of the scenario.
  let members: [JobID]
  /// Those whose slots have begun in this instant.
  var begun: [JobID] = []
  /// Of how many members something may still come.
  var left: Int

  init(_ members: [JobID]) {
    self.members = members
    left = members.count
  }
}

typealias TeamID = Position<JobTeam>

/// All teams, and those for which something is to be done.
struct JobTeams {
  private var teams = SlotStore<JobTeam>()
  /// Those that are to be given slots in this instant.
  var asking: [TeamID] = []
  /// Those that no common slot was found for: they ask again when something changes on their pools.
  var waiting: [TeamID] = []
  /// Those of which a slot has begun in this instant.
  var beginning: [TeamID] = []

  subscript(team: TeamID) -> JobTeam {
    get { teams[team] }
    _modify { yield &teams[team] }
  }

  mutating func add(_ team: JobTeam) -> TeamID { teams.add(team) }

  /// Nothing more comes of a member.
  mutating func memberIsGone(of team: TeamID) {
    teams[team].left -= 1
    if teams[team].left == 0 { teams.remove(team) }
  }

  /// A member's slot has begun.
  mutating func begins(_ id: JobID, of team: TeamID) {
    if teams[team].begun.isEmpty { beginning.append(team) }
    teams[team].begun.append(id)
  }
}
