// SPDX-License-Identifier: GPL-3.0-or-later
import EventKernel

@testable import Scheduling

/// A queue as a test sees it: by positions of jobs in a case.
protocol DrivenQueue {
  mutating func submit(_ job: Int, _ asked: QueueCase.Job)
  mutating func end(_ job: Int, at now: Int64)
  mutating func withdraw(_ job: Int)
  mutating func setCount(_ count: Int, at now: Int64)
  mutating func pass(at now: Int64) -> [QueueStep]
  var nextPass: Int64? { get }
}

/// Lives a case: all that ends, all that comes, one pass, at each instant.
struct QueueDriver {
  private let jobs: QueueCase
  /// When each job that runs will end.
  private var ends: [Int: Int64] = [:]
  private var left: [Int64]
  private var begun: [Int: Int64] = [:]
  private var waiting: Set<Int> = []
  private var next = 0
  private var nextChange = 0

  init(_ jobs: QueueCase) {
    self.jobs = jobs
    left = jobs.jobs.map(\.run)
  }

  /// The steps of all jobs; calls of an instant before its pass come in the order of the stream.
  mutating func run(
    _ queue: inout some DrivenQueue, shuffling stream: inout RandomStream
  ) -> [QueueStep] {
    var steps: [QueueStep] = []
    while let now = nextInstant(queue.nextPass), steps.count < 100_000 {
      for call in calls(at: now).shuffled(using: &stream) {
        switch call {
        case .end(let job): queue.end(job, at: now)
        case .submission(let job): queue.submit(job, jobs.jobs[job])
        }
      }
      change(&queue, at: now)
      let decided = queue.pass(at: now)
      for step in decided { follow(step) }
      steps += decided
    }
    return steps
  }

  private enum Call { case end(Int), submission(Int) }

  private mutating func calls(at now: Int64) -> [Call] {
    var calls: [Call] = []
    for (job, end) in ends.sorted(by: { $0.key < $1.key }) where end == now {
      ends[job] = nil
      calls.append(.end(job))
    }
    while next < jobs.jobs.count, jobs.jobs[next].submit == now {
      waiting.insert(next)
      calls.append(.submission(next))
      next += 1
    }
    return calls
  }

  private mutating func change(_ queue: inout some DrivenQueue, at now: Int64) {
    while nextChange < jobs.changes.count, jobs.changes[nextChange].at == now {
      switch jobs.changes[nextChange].1 {
      case .count(let count): queue.setCount(count, at: now)
      case .withdrawal(let job):
        if waiting.remove(job) != nil { queue.withdraw(job) }
      }
      nextChange += 1
    }
  }

  private mutating func follow(_ step: QueueStep) {
    if step.isStart {
      precondition(waiting.remove(step.job) != nil, "\(step) does not wait")
      begun[step.job] = step.time
      ends[step.job] = step.time + left[step.job]
    } else {
      waiting.insert(step.job)
      ends[step.job] = nil
      left[step.job] -= step.time - (begun[step.job] ?? step.time)
    }
  }

  private func nextInstant(_ pass: Int64?) -> Int64? {
    var instants = ends.values.map { $0 }
    if next < jobs.jobs.count { instants.append(jobs.jobs[next].submit) }
    if nextChange < jobs.changes.count { instants.append(jobs.changes[nextChange].at) }
    if let pass { instants.append(pass) }
    return instants.min()
  }
}

/// The queues that are tested, with identifiers that are used again.
struct QueueUnderTest: DrivenQueue {
  private(set) var queue: RuledQueue
  private var ids: [Int: JobID] = [:]
  private var store = SlotStore<QueuedJob>()
  private var jobs: [JobID: Int] = [:]

  init?(_ rule: QueueRule, count: Int, halfLife: Int64 = 20) {
    guard let queue = RuledQueue(rule, count: count, halfLife: halfLife) else { return nil }
    self.queue = queue
  }

  var nextPass: Int64? { queue.nextPass }

  mutating func submit(_ job: Int, _ asked: QueueCase.Job) {
    var queued = QueuedJob(
      id: .none, order: asked.order, accelerators: asked.accelerators,
      requested: asked.requested, priority: asked.priority, tenant: asked.tenant,
      weight: asked.weight)
    queued.id = store.add(queued)
    ids[job] = queued.id
    jobs[queued.id] = job
    queue.submit(queued)
  }

  mutating func end(_ job: Int, at now: Int64) {
    queue.end(forget(job), at: now)
  }

  mutating func withdraw(_ job: Int) {
    queue.withdraw(forget(job))
  }

  mutating func setCount(_ count: Int, at now: Int64) {
    queue.setCount(count, at: now)
  }

  mutating func pass(at now: Int64) -> [QueueStep] {
    let free = queue.book.free
    var decisions = QueueDecisions()
    queue.pass(at: now, into: &decisions)
    precondition(
      queue.book.free >= 0 || (decisions.started.isEmpty && queue.book.free == free),
      "an accelerator is held twice")
    return decisions.stopped.map { QueueStep(time: now, job: jobs[$0] ?? -1, isStart: false) }
      + decisions.started.map { QueueStep(time: now, job: jobs[$0] ?? -1, isStart: true) }
  }

  private mutating func forget(_ job: Int) -> JobID {
    guard let id = ids.removeValue(forKey: job) else { preconditionFailure("job \(job)?") }
    store.remove(id)
    jobs[id] = nil
    return id
  }
}
