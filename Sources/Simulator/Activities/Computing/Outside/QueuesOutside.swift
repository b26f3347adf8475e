// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling

/// A program outside that says which of the jobs start that wait on some pools, and which are
/// stopped for them.
///
/// Before it is asked about a pool it is told who has come there, gone, or ended since the last
/// time; what it has decided itself it knows.
final class QueuesOutside {
  private let seam: OutsideSeam
  private let pools: [PoolDesign]
  private var news: [Int: QueueNews] = [:]
  /// Calls that are planned.
  private var calls: [Int: SimTime] = [:]

  init(_ seam: OutsideSeam, _ pools: [PoolDesign]) {
    self.seam = seam
    self.pools = pools
  }

  /// What is done on a pool, and when its program wants to be asked again.
  struct Answer {
    var start: [JobID]
    var stop: [JobID]
    var callAt: SimTime?
  }

  func jobComes(_ id: JobID, named name: String, to pool: Int) {
    news[pool, default: QueueNews()].come(id, named: name)
  }

  func jobGoes(_ id: JobID, from pool: Int) {
    news[pool]?.go(id)
  }

  /// Asks about a pool on which so many accelerators are free of those in service; `details` says of
  /// a job what its user does.
  func ask(
    about pool: Int, free: Int, count: Int, at now: SimTime, size: (JobID) -> Int,
    details: (JobID, inout MessageWriter) -> Void
  ) throws(RunError) -> Answer {
    var news = self.news[pool] ?? QueueNews()
    let reply: QueueReply = try seam.ask(at: now, parts: news.waiting) { writer in
      news.tell(
        pools[pool].identifier, count: count, at: now, details: details, to: &writer)
    } question: { writer in
      writer.member(",\"pool\":", pools[pool].identifier)
      writer.member(",\"free\":", Int64(free))
    }
    let answer = try checked(reply, news, of: pool, free: free, at: now, size: size)
    for id in answer.stop { news.stop(id) }
    for id in answer.start { news.start(id) }
    self.news[pool] = news
    return answer
  }

  // MARK: - What can be

  private func checked(
    _ reply: QueueReply, _ news: QueueNews, of pool: Int, free: Int, at now: SimTime,
    size: (JobID) -> Int
  ) throws(RunError) -> Answer {
    var answer = Answer(start: [], stop: [])
    var free = free
    for name in reply.stop {
      let id = try job(name, in: news.running, "in stop", "one that runs on the pool")
      guard !answer.stop.contains(id) else { throw twice(name) }
      free += size(id)
      answer.stop.append(id)
    }
    for name in reply.start {
      let id = try job(name, in: news.queued, "in start", "one that waits on the pool")
      guard !answer.start.contains(id) else { throw twice(name) }
      guard size(id) <= free else {
        throw seam.wrong(
          "found the job \"\(name)\" of \(size(id)) accelerators in start where \(free) are free, "
            + "expected those that fit")
      }
      free -= size(id)
      answer.start.append(id)
    }
    answer.callAt = try newCall(reply.callAt, at: now, of: pool)
    return answer
  }

  private func job(
    _ name: String, in jobs: [String: JobID], _ place: String, _ expected: String
  ) throws(RunError) -> JobID {
    if let id = jobs[name] { return id }
    throw seam.wrong("found the job \"\(name)\" \(place), expected \(expected)")
  }

  private func twice(_ name: String) -> RunError {
    seam.wrong("found the job \"\(name)\" twice, expected each once")
  }

  /// A call that is not planned yet.
  private func newCall(
    _ time: Int64?, at now: SimTime, of pool: Int
  ) throws(RunError) -> SimTime? {
    guard let call = try seam.call(at: time, after: now), calls[pool] != call else { return nil }
    calls[pool] = call
    return call
  }
}
