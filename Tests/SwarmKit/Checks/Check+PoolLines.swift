// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Simulator
internal import Traffic

extension Check {
  /// Who starts when on a pool, found once more by going over the whole line at each instant.
  static let poolLines = [
    Check(name: "jobs start when the rule of their queue says") { run, found in
      let computing = run.model.computing
      guard run.has("jobs"), computing.placement.rounds == nil,
        onPools(run).allSatisfy(hasStayed)
      else { return }
      for (name, pool) in designs(run) {
        guard let rule = PlainLine.Rule(pool.queue), pool.queueProgram == nil, pool.serving == 0,
          pool.outages.isEmpty, pool.failures == nil, hasAllPower(pool, run),
          let jobs = jobs(on: name, run)
        else { continue }
        let starts = PlainLine(rule: rule, count: pool.count).starts(of: jobs)
        for (job, start) in zip(jobs, starts) where start ?? .max < run.outcome.end.nanoseconds {
          found.require(
            job.start == start,
            "\(job.name) on \(name) starts at \(job.start ?? -1), expected \(start ?? -1)")
        }
      }
    },
    Check(name: "jobs pay for the time that they held accelerators") { run, found in
      for row in onPools(run) where hasStayed(row) && row.number("stops") == 0 {
        guard let pool = designs(run)[row["pool"]], let price = pool.price_yuan_h,
          pool.queue != .processorSharing, let ran = row.number("execution_time"),
          let size = row.number("requested_number_of_resources")
        else { continue }
        // In whole fen, which may lie on either side of a half.
        let fen = (row.number("paid_yuan") ?? 0) * 100
        found.near(
          fen, price * 100 * size * ran / 3600, absolute: 0.5 + 1e-6,
          "fen that \(row["job_id"]) pays")
      }
    },
    Check(name: "without checkpoints a failure costs what was done") { run, found in
      let entries = run.model.computing.entries.filter { $0.checkpoints.every == nil }.map(\.name)
      for row in onPools(run) where entries.contains(row["workload_name"]) {
        guard let restarts = row.number("restarts"), restarts > 0 else { continue }
        found.require(
          row.number("lost_s") ?? 0 > 0, "\(row["job_id"]) failed and has lost nothing")
      }
    },
    Check(name: "checkpoints take their time") { run, found in
      for entry in run.model.computing.entries {
        guard let every = entry.checkpoints.every, case .generated(let generator) = entry.source,
          generator.requestedFactor == 1
        else { continue }
        for row in onPools(run) where row["workload_name"] == entry.name {
          guard hasStayed(row), row.number("stops") == 0, row["success"] == "1",
            let pool = designs(run)[row["pool"]], pool.queue != .processorSharing,
            hasAllPower(pool, run), let work = row.nanoseconds("requested_time"), work > 0
          else { continue }
          let count = (work - 1) / every.nanoseconds
          found.near(
            row.number("execution_time") ?? -1,
            Double(work + count * entry.checkpoints.takes.nanoseconds) / 1e9, absolute: 1e-6,
            "time of \(row["job_id"]) with \(count) checkpoints")
        }
      }
    },
  ]

  /// The jobs of a pool in the order of their submission; nil where rows leave open what that is.
  private static func jobs(on pool: String, _ run: SwarmRun) -> [PlainLine.Job]? {
    let entries = run.model.computing.entries
    var jobs: [PlainLine.Job] = []
    for row in onPools(run) where row["pool"] == pool {
      guard let ready = row.nanoseconds("data_ready_s") else { continue }
      guard let entry = entries.first(where: { $0.name == row["workload_name"] }),
        case .generated(let generator) = entry.source, entry.checkpoints.every == nil,
        let submitted = row.nanoseconds("submission_time"),
        let requested = row.nanoseconds("requested_time"), requested > 0,
        let size = row.nanoseconds("requested_number_of_resources"),
        row.number("execution_time") != 0
      else { return nil }
      jobs.append(
        PlainLine.Job(
          name: row["job_id"], submitted: submitted, ready: ready, size: Int(size / 1_000_000_000),
          requested: requested, priority: generator.priority,
          start: row.nanoseconds("starting_time"), end: row.nanoseconds("finish_time")))
    }
    jobs.sort { $0.submitted < $1.submitted }
    let isOrdered = zip(jobs, jobs.dropFirst()).allSatisfy { $0.submitted < $1.submitted }
    return isOrdered ? jobs : nil
  }
}

/// A line of jobs for accelerators of one pool, gone over in whole at each instant.
struct PlainLine {
  struct Job {
    var name: String
    var submitted: Int64
    var ready: Int64
    var size: Int
    var requested: Int64
    var priority: Int
    /// As the program has them.
    var start: Int64?
    var end: Int64?
  }

  enum Rule {
    case fcfs, sjf, ljf, priority, easy, easyShortest

    /// Nil for a rule that is not gone over here.
    init?(_ rule: QueueRule) {
      switch rule {
      case .fcfs: self = .fcfs
      case .sjf: self = .sjf
      case .ljf: self = .ljf
      case .priority: self = .priority
      case .easy: self = .easy
      case .easyShortest: self = .easyShortest
      case .conservative, .preemptive, .fairShare, .processorSharing: return nil
      }
    }
  }

  let rule: Rule
  let count: Int

  /// When each starts, if each runs for as long as it did.
  func starts(of jobs: [Job]) -> [Int64?] {
    var starts: [Int64?] = jobs.map { _ in nil }
    var running: [(job: Int, end: Int64)] = []
    var instants = Set(jobs.map(\.ready))
    while let now = instants.min() {
      instants.remove(now)
      running.removeAll { $0.end <= now }
      for job in pass(jobs, starts, running.map(\.job), at: now) {
        let length = jobs[job].end.flatMap { end in jobs[job].start.map { end - $0 } }
        starts[job] = now
        let end = length.map { now + $0 } ?? .max
        running.append((job, end))
        if end < .max { instants.insert(end) }
      }
    }
    return starts
  }

  /// Who starts at an instant.
  private func pass(_ jobs: [Job], _ starts: [Int64?], _ running: [Int], at now: Int64) -> [Int] {
    var line = jobs.indices.filter { starts[$0] == nil && jobs[$0].ready <= now }
    line.sort { (key(jobs[$0]), $0) < (key(jobs[$1]), $1) }
    var free = count - running.reduce(0) { $0 + jobs[$1].size }
    var ends = running.map { (end: starts[$0, default: now] + jobs[$0].requested, of: $0) }
    var started: [Int] = []
    func start(_ job: Int) {
      free -= jobs[job].size
      ends.append((now + jobs[job].requested, job))
      started.append(job)
    }
    while let first = line.first, jobs[first].size <= free {
      start(line.removeFirst())
    }
    guard rule == .easy || rule == .easyShortest, let head = line.first else { return started }
    line.removeFirst()
    // What the first needs is there once enough of those have ended that run.
    ends.sort { $0.end < $1.end }
    var shadow = Int64.max
    var extra = free
    for (place, entry) in ends.enumerated() {
      extra += jobs[entry.of].size
      let isLast = place + 1 == ends.count || ends[place + 1].end > entry.end
      if isLast, extra >= jobs[head].size {
        shadow = entry.end
        break
      }
    }
    extra -= jobs[head].size
    if rule == .easyShortest { line.sort { (jobs[$0].requested, $0) < (jobs[$1].requested, $1) } }
    for job in line where jobs[job].size <= free {
      if now + jobs[job].requested > shadow {
        guard jobs[job].size <= extra else { continue }
        extra -= jobs[job].size
      }
      start(job)
    }
    return started
  }

  private func key(_ job: Job) -> Int64 {
    switch rule {
    case .sjf: job.requested
    case .ljf: -job.requested
    case .priority: Int64(job.priority)
    case .fcfs, .easy, .easyShortest: 0
    }
  }
}

extension [Int64?] {
  fileprivate subscript(index: Int, default value: Int64) -> Int64 { self[index] ?? value }
}
