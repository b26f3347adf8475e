// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel

@testable import Scheduling

/// Jobs for one pool, and what else happens to it.
struct QueueCase {
  struct Job {
    /// Its number by (submit, id); the same as its position.
    var order: Int64
    var submit: Int64
    var run: Int64
    var requested: Int64
    var accelerators: Int32
    var priority: Int32 = 1
    var tenant: Int32 = 0
    var weight = 1.0
  }

  /// What is neither a submission nor an end.
  enum Change {
    case count(Int)
    /// A job goes elsewhere, if it waits then.
    case withdrawal(Int)
  }

  var count: Int
  var jobs: [Job]
  var changes: [(at: Int64, Change)] = []

  /// A small one, in which many instants coincide.
  init(random stream: inout RandomStream) {
    count = Int.random(in: 1...12, using: &stream)
    let span = Int64.random(in: 1...60, using: &stream)
    let longest = Int64.random(in: 1...20, using: &stream)
    let exact = Int.random(in: 0...2, using: &stream)
    jobs = []
    for _ in 0..<Int.random(in: 1...40, using: &stream) {
      let run = Int64.random(in: 0...longest, using: &stream)
      let slack =
        exact == 0 || (exact == 1 && Bool.random(using: &stream))
        ? 0 : Int64.random(in: 0...longest, using: &stream)
      let tenant = Int32.random(in: 1...4, using: &stream)
      let isWide = Int.random(in: 0..<8, using: &stream) == 0
      jobs.append(
        Job(
          order: 0, submit: Int64.random(in: 0...span, using: &stream), run: run,
          requested: run + slack,
          accelerators: Int32(isWide ? count : Int.random(in: 1...count, using: &stream)),
          priority: Int32.random(in: 1...3, using: &stream), tenant: tenant,
          weight: Double(tenant)))
    }
    jobs.sort { $0.submit < $1.submit }
    for index in jobs.indices { jobs[index].order = Int64(index) }
  }

  init(count: Int, jobs: [Job]) {
    self.count = count
    self.jobs = jobs
  }

  /// The same with changes of the count, all undone at the end, and jobs that go elsewhere.
  func changed(using stream: inout RandomStream) -> QueueCase {
    var changed = self
    let end = (jobs.last?.submit ?? 0) + 40
    for _ in 0..<Int.random(in: 0...4, using: &stream) {
      let at = Int64.random(in: 0...end, using: &stream)
      changed.changes.append((at, .count(Int.random(in: 0...count + 2, using: &stream))))
    }
    for _ in 0..<Int.random(in: 0...4, using: &stream) {
      let at = Int64.random(in: 0...end, using: &stream)
      let job = Int.random(in: jobs.indices, using: &stream)
      changed.changes.append((at, .withdrawal(job)))
    }
    changed.changes.append((end + 1, .count(count)))
    changed.changes.sort { $0.at < $1.at }
    return changed
  }
}

/// What a job does at an instant.
struct QueueStep: Equatable, CustomStringConvertible {
  var time: Int64
  var job: Int
  var isStart: Bool
  var description: String { "\(time): \(isStart ? "start" : "stop") \(job)" }
}
