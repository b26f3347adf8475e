// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

// A job that could start nowhere may have others stopped that count for less.

extension Computing {
  /// Leaves a job that could start nowhere at once the pools where it could take the place of others.
  ///
  /// The board says so until it is given back what it said before.
  func openPools(to id: JobID, in question: inout PlacementQuestion) -> [PoolBoard.Held] {
    guard model.computing.placement.preempts,
      !question.candidates.contains(where: { registry.board.isFree($0, for: question) })
    else { return [] }
    let opened = question.candidates.filter { canMakeRoom(on: Int($0.pool), for: id) }
    guard !opened.isEmpty else { return [] }
    question.candidates = opened
    return opened.map { candidate in
      let pool = Int(candidate.pool)
      let before = registry.board.entries[pool]
      let free = Int32(clamping: question.accelerators)
      registry.board.entries[pool].free = free
      // The work that runs there is what it was.
      registry.board.entries[pool].runningUntil -= Double(free - before.free) * now.seconds
      registry.board.entries[pool].waiting = 0
      return PoolBoard.Held(pool: pool, entry: before)
    }
  }

  private func mayMakeRoom(
    on pool: Int, for id: JobID, beside others: Beginners = Beginners()
  ) -> Bool {
    !pools[pool].isShared && pools[pool].outages == 0
      && !pools[pool].puts(anyBefore: jobs[id].job.priority, but: others.byPriority)
  }

  /// Counts a job among those that begin as this instant ends, if it does.
  func noteBeginner(_ id: JobID, among others: inout Beginners) {
    let pool = Int(jobs[id].pool)
    let accelerators = jobs[id].job.accelerators
    guard model.computing.placement.preempts, mayMakeRoom(on: pool, for: id, beside: others),
      pools[pool].free - others.accelerators >= accelerators
    else { return }
    others.accelerators += accelerators
    others.byPriority[jobs[id].job.priority, default: 0] += 1
  }

  private func canMakeRoom(on pool: Int, for id: JobID) -> Bool {
    guard mayMakeRoom(on: pool, for: id) else { return false }
    let free = pools[pool].free - pools[pool].expected.accelerators
    let more = whoYields(to: id, on: pool).reduce(0) { $0 + jobs[$1].job.accelerators }
    return free + more >= jobs[id].job.accelerators
  }

  /// Stops jobs that count for less where one could not start otherwise: those that a program says, or
  /// as few as can be, the least of them first, and of equal ones those that started last.
  func makeRoom(for id: JobID, beside others: Beginners) throws(RunError) {
    let pool = Int(jobs[id].pool)
    guard model.computing.placement.preempts, mayMakeRoom(on: pool, for: id, beside: others) else {
      return
    }
    let missing = jobs[id].job.accelerators + others.accelerators - pools[pool].free
    guard missing > 0 else { return }
    let yielding = whoYields(to: id, on: pool)
    guard yielding.reduce(0, { $0 + jobs[$1].job.accelerators }) >= missing else { return }
    let chosen =
      if let preemptionOutside {
        try choose(among: yielding, for: id, missing: missing, preemptionOutside)
      } else {
        first(of: yielding, freeing: missing)
      }
    for other in chosen {
      book.preemptions += 1
      if watch != nil { watchStop(of: other, for: id) }
      leavePool(other)
      instant.asking.append(other)
    }
  }

  private func first(of yielding: [JobID], freeing missing: Int) -> [JobID] {
    var freed = 0
    return yielding.prefix { other in
      defer { freed += jobs[other].job.accelerators }
      return freed < missing
    }.map(\.self)
  }

  /// Jobs that run on a pool, count for less than one, and write down what they have done.
  private func whoYields(to id: JobID, on pool: Int) -> [JobID] {
    pools[pool].running.filter { other in
      jobs[other].job.priority > jobs[id].job.priority && jobs[other].booking != .held
        && jobs[other].team.isNone
        && model.computing.entries[Int(jobs[other].entry)].checkpoints.every != nil
    }.sorted { rank(of: $0) > rank(of: $1) }
  }

  private func rank(of id: JobID) -> (Int, SimTime, Int64) {
    (jobs[id].job.priority, jobs[id].resumed, jobs[id].order)
  }
}

/// Jobs that have come to a pool in this instant, and begin as it ends.
struct Beginners {
  var accelerators = 0
  var byPriority: [Int: Int] = [:]
}

extension PoolBoard {
  /// An entry as it was before it was changed for a question.
  struct Held {
    var pool: Int
    var entry: Entry
  }

  mutating func restore(_ held: [Held]) {
    for one in held { entries[one.pool] = one.entry }
  }
}
