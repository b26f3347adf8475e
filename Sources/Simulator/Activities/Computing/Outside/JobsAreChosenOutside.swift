// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling
internal import Traffic

// Queues of pools, of which a program outside may say who starts.

extension Computing {
  /// Has the programs decide that do.
  func enlistQueues() {
    var known: [PolicyCommand] = []
    for design in model.computing.pools {
      guard let command = design.queueProgram, !known.contains(command) else { continue }
      known.append(command)
      let decided = model.computing.pools.indices.filter {
        model.computing.pools[$0].queueProgram == command
      }
      var parts = PlacementHello(model).parts()
      parts.add("queues") { writer in
        writer.list(decided) { $1.text(model.computing.pools[$0].identifier) }
      }
      let policy = QueuesOutside(
        world.programs.seam("queue", by: command, telling: parts), model.computing.pools)
      for pool in decided { queuesOutside[pool] = policy }
    }
  }

  /// A job joins the queue of its pool.
  func submit(_ id: JobID) {
    let pool = Int(jobs[id].pool)
    pools[pool].queue?.submit(queued(id))
    queuesOutside[pool]?.jobComes(id, named: name(of: id), to: pool)
  }

  /// A job that ran on its pool runs there no more.
  func endInQueue(_ id: JobID) {
    let pool = Int(jobs[id].pool)
    pools[pool].queue?.end(id, at: now.nanoseconds)
    queuesOutside[pool]?.jobGoes(id, from: pool)
  }

  /// A job that waits on its pool goes elsewhere.
  func withdraw(_ id: JobID) {
    let pool = Int(jobs[id].pool)
    pools[pool].queue?.withdraw(id)
    queuesOutside[pool]?.jobGoes(id, from: pool)
  }

  /// Asks the program of a pool, if one decides there and anybody waits, who starts.
  func choose(on pool: Int) throws(RunError) {
    guard let policy = queuesOutside[pool], let book = pools[pool].queue?.book, book.waiting > 0
    else { return }
    let answer = try policy.ask(
      about: pool, free: book.free, count: book.count, at: now,
      size: { jobs[$0].job.accelerators }, details: { describe($0, to: &$1) })
    pools[pool].queue?.choose(start: answer.start, stop: answer.stop)
    if let call = answer.callAt { world.plan(.computing(.passIsDue(pool: Int32(pool))), at: call) }
  }

  /// What the user of a job says of it, as it waits on its pool.
  private func describe(_ id: JobID, to writer: inout MessageWriter) {
    let (state, queued) = (jobs[id], queued(id))
    writer.member("{\"job\":", name(of: id))
    writer.member(",\"of\":", model.computing.entries[Int(state.entry)].name)
    writer.member(",\"number\":", queued.order)
    writer.member(",\"accelerators\":", Int64(queued.accelerators))
    writer.member(",\"submitted\":", state.job.submitted.nanoseconds)
    writer.member(",\"requested\":", queued.requested)
    if queued.priority != 1 { writer.member(",\"priority\":", Int64(queued.priority)) }
    if let deadline = state.job.deadline {
      writer.member(",\"deadline\":", deadline.nanoseconds)
    }
    if let tenant = tenants[state.tenant] {
      writer.member(",\"tenant\":", tenant.name)
      if tenant.weight != 1 {
        writer.raw(",\"weight\":")
        writer.number(tenant.weight)
      }
    }
    writer.raw("}")
  }
}
