// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Policies
internal import Scheduling

/// A policy outside that decides where jobs go, and what lies between it and the run.
///
/// It is told what changed and asked, and what it answers is held to what can be: a job that it was
/// asked about, once, on a pool that may run it. Nothing is done with an answer before all of it
/// holds.
final class PlacementOutside {
  /// A job that has to be placed, with what there is to say of it.
  struct Asked {
    var id: JobID
    var name: String
    var question: PlacementQuestion
    /// The security level that it needs at least.
    var level: Int
    /// What else the policy is told of it, as members of a JSON object.
    var details: [UInt8]
  }

  /// An answer that can be done.
  struct Answer {
    /// In the order of the jobs that were asked about.
    var decisions: [PlacementVerdict]
    var callAt: SimTime?
    var delay: SimDuration
  }

  /// A decision that takes time, on its way.
  struct Pending {
    var asked: Asked
    var decision: PlacementVerdict
    /// Whether the job could start at once, by what was known.
    var sawFree: Bool
  }

  let terms: OutsidePlacement
  private let placement: OutsideSeam
  private let migration: OutsideSeam
  private let pools: [PoolDesign]
  private let positions: [String: Int32]
  private var news: PlacementNews
  /// The jobs that wait, each with the event at which it asks again; nil for those that wait for a
  /// call or a change.
  var waiting: [JobID: EventHandle?] = [:]
  /// Those that ask again when something has changed.
  var awaiting: Set<JobID> = []
  var pending: [JobID: Pending] = [:]

  init(
    _ terms: OutsidePlacement, _ pools: [PoolDesign], placement: OutsideSeam, migration: OutsideSeam
  ) {
    self.terms = terms
    self.pools = pools
    self.placement = placement
    self.migration = migration
    news = PlacementNews(pools)
    positions = Dictionary(
      pools.enumerated().map { ($1.identifier, Int32($0)) }, uniquingKeysWith: { first, _ in first }
    )
  }

  var awaitsChange: Bool { !awaiting.isEmpty }

  /// Whether the policy has not been told how some pool is, or of a price.
  func isBehind(_ board: PoolBoard, at now: SimTime) -> Bool { news.isBehind(board, at: now) }

  /// What a question is about.
  enum Seam {
    /// Where jobs go.
    case placement
    /// Whether jobs that are on pools leave them.
    case migration
  }

  /// Asks about jobs, which may be none where the policy wants to be called.
  func ask(
    _ seam: Seam, _ jobs: [Asked], _ board: PoolBoard, at now: SimTime, seen: SimTime
  ) throws(RunError) -> Answer {
    let outside = seam == .placement ? placement : migration
    let reply: PlacementReply = try outside.ask(at: now, parts: jobs.count) {
      news.add(board, at: now, seen: seen, to: &$0)
    } question: { writer in
      writer.raw(",\"jobs\":")
      writer.list(jobs) { job, writer in
        writer.raw("{")
        writer.raw(job.details)
        addCandidates(of: job.question, to: &writer)
        writer.raw("}")
      }
    }
    return try answer(reply, seam, to: jobs, at: now)
  }
}

// MARK: - Questions

extension PlacementOutside {
  /// The nearest pools that may run it, and what differs among them, in lists of one length.
  private func addCandidates(of question: PlacementQuestion, to writer: inout MessageWriter) {
    let named = question.candidates.prefix(terms.candidates)
    writer.raw(",\"candidates\":")
    writer.list(named) { $1.raw(news.identifier(Int($0.pool))) }
    writer.raw(",\"delays\":")
    writer.list(named) { $1.number($0.delay.nanoseconds) }
    if named.contains(where: { $0.speed != 1 }) {
      writer.raw(",\"speeds\":")
      writer.list(named) { $1.number($0.speed) }
    }
    if named.contains(where: { $0.transfer != 0 }) {
      writer.raw(",\"transfers\":")
      writer.list(named) { $1.number((SimDuration(seconds: $0.transfer) ?? .zero).nanoseconds) }
    }
    let others = question.candidates.count - named.count
    if others > 0 { writer.member(",\"others\":", Int64(others)) }
  }
}

// MARK: - Answers

extension PlacementOutside {
  private func answer(
    _ reply: PlacementReply, _ seam: Seam, to jobs: [Asked], at now: SimTime
  ) throws(RunError) -> Answer {
    var decisions: [PlacementVerdict?] = jobs.map { _ in nil }
    for (name, decision) in reply.decisions {
      guard let place = jobs.firstIndex(where: { $0.name == name }) else {
        throw wrong("found the job \"\(name)\", expected one of the question")
      }
      guard decisions[place] == nil else {
        throw wrong("found the job \"\(name)\" twice, expected one decision for each")
      }
      decisions[place] = try checked(decision, of: jobs[place], at: now)
    }
    if seam == .migration { try checkMoves(&decisions, of: jobs, reply) }
    if let missing = decisions.firstIndex(where: { $0 == nil }) {
      throw wrong(
        "found nothing for the job \"\(jobs[missing].name)\", expected it in place, wait or refuse")
    }
    let call = try placement.call(at: reply.callAt, after: now)
    for case (.place(let place), let job) in zip(decisions.compactMap(\.self), jobs) {
      news.repeatFree(of: Int(job.question.candidates[place].pool))
    }
    return Answer(
      decisions: decisions.compactMap(\.self),
      callAt: call,
      delay: reply.delay.map { SimDuration(nanoseconds: $0) } ?? terms.delay)
  }

  /// Jobs that nothing is said of stay where they are.
  private func checkMoves(
    _ decisions: inout [PlacementVerdict?], of jobs: [Asked], _ reply: PlacementReply
  ) throws(RunError) {
    if reply.delay ?? 0 > 0 {
      throw wrong("found a delay, expected moves that hold at once")
    }
    for index in jobs.indices {
      switch decisions[index] {
      case nil:
        decisions[index] = jobs[index].question.presentPosition.map { .place($0) }
      case .refuse:
        throw wrong(
          "found the job \"\(jobs[index].name)\" in refuse, expected jobs on pools in place or wait"
        )
      case .wait(until: nil):
        throw wrong(
          "found no time for the job \"\(jobs[index].name)\" to wait until, expected one")
      case .place, .wait: break
      }
    }
  }

  private func checked(
    _ decision: PlacementReply.Decision, of job: Asked, at now: SimTime
  ) throws(RunError) -> PlacementVerdict {
    switch decision {
    case .refuse(let reason): return .refuse(reason)
    case .wait(let until):
      guard let until else { return .wait(until: nil) }
      guard until > now.nanoseconds else {
        throw wrong(
          "found the time \(until) for the job \"\(job.name)\" to wait until, expected one after "
            + "\(now.nanoseconds)")
      }
      return .wait(until: SimTime(nanoseconds: until))
    case .place(let name):
      guard let pool = positions[name] else {
        throw wrong("found the pool \"\(name)\", expected one of those of the greeting")
      }
      guard let place = job.question.candidates.firstIndex(where: { $0.pool == pool }) else {
        throw wrong(reason(against: pools[Int(pool)], for: job))
      }
      return .place(place)
    }
  }

  /// Why a pool that there is may not run a job.
  private func reason(against pool: PoolDesign, for job: Asked) -> String {
    let found = "found the pool \"\(pool.identifier)\""
    let name = "for the job \"\(job.name)\""
    if pool.level < job.level {
      return "\(found) of level \(pool.level) \(name), expected level \(job.level) at least"
    }
    let needed = job.question.accelerators
    if pool.count < needed {
      return "\(found) of \(pool.count) accelerators \(name), expected \(needed) at least"
    }
    return "\(found) \(name), which may not run it, by its type or its owner, because it is out of "
      + "service, or because no way leads there in time; expected one of its "
      + "\(job.question.candidates.count) candidates"
  }

  private func wrong(_ problem: String) -> RunError { placement.wrong(problem) }
}
