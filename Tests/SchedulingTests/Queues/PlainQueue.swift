// SPDX-License-Identifier: GPL-3.0-or-later

@testable import Scheduling

/// Each rule as it is said in a sentence, by looking at everything each time.
struct PlainQueue: DrivenQueue {
  struct Job {
    var index: Int
    var asked: QueueCase.Job
    var start: Int64 = 0
    /// What it asked for, or what is left of that after it was stopped.
    var requested: Int64
    var expectedEnd: Int64 { start + requested }
  }

  let rule: QueueRule
  var count: Int
  var waiting: [Job] = []
  var running: [Job] = []
  var starts: [Int: Int] = [:]
  private var startCount = 0

  init(_ rule: QueueRule, count: Int) {
    self.rule = rule
    self.count = count
  }

  var nextPass: Int64? { nil }
  var free: Int { count - running.reduce(0) { $0 + Int($1.asked.accelerators) } }

  mutating func submit(_ job: Int, _ asked: QueueCase.Job) {
    waiting.append(Job(index: job, asked: asked, requested: asked.requested))
  }

  mutating func end(_ job: Int, at now: Int64) { running.removeAll { $0.index == job } }
  mutating func withdraw(_ job: Int) { waiting.removeAll { $0.index == job } }
  mutating func setCount(_ count: Int, at now: Int64) { self.count = count }

  mutating func pass(at now: Int64) -> [QueueStep] {
    waiting.sort { left, right in
      switch rule {
      case .sjf: (left.requested, left.asked.order) < (right.requested, right.asked.order)
      case .ljf: (-left.requested, left.asked.order) < (-right.requested, right.asked.order)
      case .priority, .preemptive:
        (left.asked.priority, left.asked.order) < (right.asked.priority, right.asked.order)
      default: left.asked.order < right.asked.order
      }
    }
    switch rule {
    case .preemptive: return passPreemptive(at: now)
    case .easy, .easyShortest: return startWhileFits(at: now) + backfill(at: now)
    default: return startWhileFits(at: now)
    }
  }

  private func fits(_ job: Job) -> Bool { Int(job.asked.accelerators) <= free }

  private mutating func start(_ position: Int, at now: Int64) -> QueueStep {
    var job = waiting.remove(at: position)
    job.start = now
    running.append(job)
    starts[job.index] = startCount
    startCount += 1
    return QueueStep(time: now, job: job.index, isStart: true)
  }

  private mutating func startWhileFits(at now: Int64) -> [QueueStep] {
    var steps: [QueueStep] = []
    while let head = waiting.first, fits(head) { steps.append(start(0, at: now)) }
    return steps
  }

  private mutating func backfill(at now: Int64) -> [QueueStep] {
    guard let head = waiting.first else { return [] }
    // The first instant at which the head fits, and what is free then.
    var (shadow, extra) = (Int64.max, 0)
    for end in running.map({ max(now, $0.expectedEnd) }).sorted() {
      let ended = running.filter { $0.expectedEnd <= end }
      let then = free + ended.reduce(0) { $0 + Int($1.asked.accelerators) }
      if then >= Int(head.asked.accelerators) {
        (shadow, extra) = (end, then - Int(head.asked.accelerators))
        break
      }
    }
    var steps: [QueueStep] = []
    var rest = waiting.dropFirst().map { $0 }
    if rule == .easyShortest {
      rest.sort { ($0.requested, $0.asked.order) < ($1.requested, $1.asked.order) }
    }
    for job in rest where fits(job) {
      let isShort = shadow == .max || now + job.requested <= shadow
      guard isShort || Int(job.asked.accelerators) <= extra else { continue }
      if !isShort { extra -= Int(job.asked.accelerators) }
      guard let position = waiting.firstIndex(where: { $0.index == job.index }) else { continue }
      steps.append(start(position, at: now))
    }
    return steps
  }

  /// Stops are told before starts.
  private mutating func passPreemptive(at now: Int64) -> [QueueStep] {
    var (stops, steps) = ([QueueStep](), [QueueStep]())
    while let head = waiting.first {
      var victims = running.filter { $0.asked.priority > head.asked.priority }.sorted {
        ($0.asked.priority, starts[$0.index] ?? 0) > ($1.asked.priority, starts[$1.index] ?? 0)
      }
      func freed(_ jobs: [Job]) -> Int {
        free + jobs.reduce(0) { $0 + Int($1.asked.accelerators) }
      }
      let wanted = Int(head.asked.accelerators)
      guard freed(victims) >= wanted else { break }
      // The fewest from the front, and then without each that is not needed, from the back.
      while let last = victims.last, freed(victims.dropLast()) >= wanted {
        _ = last
        victims.removeLast()
      }
      for position in victims.indices.reversed() {
        var without = victims
        without.remove(at: position)
        if freed(without) >= wanted { victims = without }
      }
      steps.append(start(0, at: now))
      for var job in victims {
        running.removeAll { $0.index == job.index }
        job.requested = max(0, job.requested - (now - job.start))
        waiting.append(job)
        stops.append(QueueStep(time: now, job: job.index, isStart: false))
      }
      waiting.sort { ($0.asked.priority, $0.asked.order) < ($1.asked.priority, $1.asked.order) }
    }
    return stops + steps
  }
}
