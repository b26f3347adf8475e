// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling
internal import Traffic

// Whom to stop for a job, where a program outside says it.

extension Computing {
  /// Has the program say whom to stop that does.
  func enlistPreemption() {
    guard let command = model.computing.placement.preemptProgram else { return }
    preemptionOutside = world.programs.seam(
      "preemption", by: command, telling: PlacementHello(model).parts())
  }

  /// Asks which of some jobs are stopped for one that lacks so many accelerators.
  func choose(
    among yielding: [JobID], for id: JobID, missing: Int, _ seam: OutsideSeam
  ) throws(RunError) -> [JobID] {
    let reply: PreemptionReply = try seam.ask(at: now, parts: yielding.count) { _ in
    } question: { writer in
      describe(id, missing: missing, to: &writer)
      writer.raw(",\"candidates\":")
      writer.list(yielding) { describe($0, thatMayStopTo: &$1) }
    }
    var chosen: [JobID] = []
    for name in reply.stop {
      guard let other = yielding.first(where: { self.name(of: $0) == name }) else {
        throw seam.wrong("found the job \"\(name)\", expected one of the candidates")
      }
      guard !chosen.contains(other) else {
        throw seam.wrong("found the job \"\(name)\" twice, expected each once")
      }
      chosen.append(other)
    }
    let freed = chosen.reduce(0) { $0 + jobs[$1].job.accelerators }
    guard chosen.isEmpty || freed >= missing else {
      throw seam.wrong(
        "found jobs of \(freed) accelerators in stop, expected \(missing) at least, or none")
    }
    return chosen
  }

  private func describe(_ id: JobID, missing: Int, to writer: inout MessageWriter) {
    let state = jobs[id]
    writer.member(",\"job\":", name(of: id))
    writer.member(",\"of\":", model.computing.entries[Int(state.entry)].name)
    writer.member(",\"pool\":", model.computing.pools[Int(state.pool)].identifier)
    writer.member(",\"accelerators\":", Int64(state.job.accelerators))
    writer.member(",\"priority\":", Int64(state.job.priority))
    writer.member(",\"missing\":", Int64(missing))
    if let deadline = state.job.deadline { writer.member(",\"deadline\":", deadline.nanoseconds) }
  }

  private func describe(_ id: JobID, thatMayStopTo writer: inout MessageWriter) {
    let state = jobs[id]
    writer.member("{\"job\":", name(of: id))
    writer.member(",\"accelerators\":", Int64(state.job.accelerators))
    writer.member(",\"priority\":", Int64(state.job.priority))
    writer.member(",\"since\":", state.resumed.nanoseconds)
    let left = state.requested - (now - state.resumed).nanoseconds
    writer.member(",\"rest\":", max(0, left))
    writer.raw("}")
  }
}
