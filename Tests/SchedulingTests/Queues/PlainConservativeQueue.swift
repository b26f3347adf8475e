// SPDX-License-Identifier: GPL-3.0-or-later

@testable import Scheduling

/// Conservative backfilling from its sentences: a list of reservations, and every instant tried.
struct PlainConservativeQueue: DrivenQueue {
  private struct Job {
    var index: Int
    var asked: QueueCase.Job
    /// The start of its slot; nil where it has none.
    var slot: Int64?
    var length: Int64 { max(1, asked.requested) }
  }

  private var count: Int
  private var waiting: [Job] = []
  private var running: [Job] = []
  private var arrivals: [Job] = []
  private var (isSweepDue, isAnewDue) = (false, false)

  init(count: Int) {
    self.count = count
  }

  var nextPass: Int64? { waiting.compactMap(\.slot).min() }

  mutating func submit(_ job: Int, _ asked: QueueCase.Job) {
    arrivals.append(Job(index: job, asked: asked))
  }

  mutating func end(_ job: Int, at now: Int64) {
    running.removeAll { $0.index == job }
    isSweepDue = true
  }

  mutating func withdraw(_ job: Int) {
    if waiting.contains(where: { $0.index == job }) { isSweepDue = true }
    waiting.removeAll { $0.index == job }
    arrivals.removeAll { $0.index == job }
  }

  mutating func setCount(_ count: Int, at now: Int64) {
    if count < self.count { isAnewDue = true }
    if count > self.count { isSweepDue = true }
    self.count = count
  }

  mutating func pass(at now: Int64) -> [QueueStep] {
    if isAnewDue {
      let jobs = waiting
      waiting = []
      for job in jobs { place(job, from: now) }
    } else if isSweepDue {
      for position in waiting.indices {
        let old = waiting[position].slot
        waiting[position].slot = nil
        let new = earliest(waiting[position], from: now)
        // Never later than before.
        waiting[position].slot = min(new ?? .max, old ?? .max)
        if waiting[position].slot == .max { waiting[position].slot = nil }
      }
    }
    (isSweepDue, isAnewDue) = (false, false)
    for job in arrivals.sorted(by: { $0.asked.order < $1.asked.order }) { place(job, from: now) }
    arrivals = []
    var steps: [QueueStep] = []
    for job in waiting.sorted(by: {
      ($0.slot ?? .max, $0.asked.order) < ($1.slot ?? .max, $1.asked.order)
    })
    where job.slot == now {
      waiting.removeAll { $0.index == job.index }
      running.append(job)
      steps.append(QueueStep(time: now, job: job.index, isStart: true))
    }
    return steps
  }

  private mutating func place(_ job: Job, from now: Int64) {
    var job = job
    job.slot = earliest(job, from: now)
    waiting.append(job)
    waiting.sort { $0.asked.order < $1.asked.order }
  }

  /// The first instant, now or at the end of a reservation, at which it fits for as long as it asks.
  private func earliest(_ job: Job, from now: Int64) -> Int64? {
    let reserved = running + waiting
    let ends = reserved.compactMap { other in other.slot.map { $0 + other.length } }
    let starts = reserved.compactMap(\.slot)
    for start in ([now] + ends).filter({ $0 >= now }).sorted() {
      let steps = [start] + (starts + ends).filter { $0 > start && $0 < start + job.length }
      let fits = steps.allSatisfy { time in
        let held = reserved.filter { other in
          other.slot.map { $0 <= time && time < $0 + other.length } ?? false
        }
        let sum = held.reduce(0) { $0 + Int($1.asked.accelerators) }
        return count - sum >= Int(job.asked.accelerators)
      }
      if fits { return start }
    }
    return nil
  }
}
