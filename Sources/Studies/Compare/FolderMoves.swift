// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results

/// What moved most between the tables of two runs.
public enum FolderMoves {
  /// More flows than this are not kept in memory: the first so many of the baseline are looked at.
  static let mostFlows = 2_000_000
  /// What jobs are called.
  static let job = "job"

  /// Flows, jobs and links, of the tables that both folders have.
  public static func all(_ baseline: String, _ candidate: String) throws -> [Moves] {
    func both(_ name: String) throws -> (TableReader, TableReader)? {
      guard let first = TableReader.path(of: name, in: baseline),
        let second = TableReader.path(of: name, in: candidate)
      else { return nil }
      return (try TableReader(first), try TableReader(second))
    }
    var all: [Moves] = []
    if let (first, second) = try both("flows") { all.append(try flows(first, second)) }
    if let (first, second) = try both("jobs") {
      all.append(jobs(try Jobs.read(first), try Jobs.read(second)))
    }
    if let (first, second) = try both("links") {
      all.append(links(try linkUse(first), try linkUse(second)))
    }
    return all.filter { !$0.isEmpty }
  }

  // MARK: - Flows

  /// Flows that are finished on both sides; of several of one name the first.
  ///
  /// Of the baseline a number for each name and its time are kept, of the candidate nothing.
  static func flows(_ baseline: TableReader, _ candidate: TableReader) throws -> Moves {
    var moves = Moves(of: "flow", measure: "completion time", unit: "s")
    var times: [UInt64: Double] = [:]
    var isCut = false
    var columns = try FlowColumns(baseline)
    while try baseline.advance() {
      guard let time = try columns.time(baseline) else { continue }
      if times.count >= mostFlows {
        isCut = true
        break
      }
      let name = baseline.hash(columns.name)
      if times[name] == nil { times[name] = time }
    }
    columns = try FlowColumns(candidate)
    while try candidate.advance() {
      guard let time = try columns.time(candidate) else { continue }
      if let other = times.removeValue(forKey: candidate.hash(columns.name)) {
        moves.add(candidate.text(columns.name), other, time)
      } else {
        moves.onlyCandidate += 1
      }
    }
    moves.onlyBaseline = times.count
    if isCut { moves.of = "the first \(mostFlows) of A" }
    return moves
  }

  private struct FlowColumns {
    let name: Int
    private let start: Int
    private let finish: Int

    init(_ table: TableReader) throws {
      name = try table.column("flow")
      start = try table.column("start_s")
      finish = try table.column("finish_s")
    }

    /// Nil for a flow that did not finish.
    func time(_ table: TableReader) throws -> Double? {
      let time = try table.number(finish) - table.number(start)
      return time.isNaN ? nil : time
    }
  }

  // MARK: - Jobs

  /// The times of jobs, under their names.
  struct Jobs {
    var completion: [(name: String, value: Double)] = []
    var iteration: [(name: String, value: Double)] = []

    static func read(_ table: TableReader) throws -> Jobs {
      let (name, submitted) = (try table.column("job_id"), try table.column("submission_time"))
      let finish = try table.column("finish_time")
      let iteration = table.columns.firstIndex(of: "iteration_s")
      var jobs = Jobs()
      while try table.advance() {
        let job = table.text(name)
        jobs.completion.append((job, try table.number(finish) - table.number(submitted)))
        if let iteration { jobs.iteration.append((job, try table.number(iteration))) }
      }
      return jobs
    }
  }

  /// By the time from submission to finish; by that of an iteration where no job finished twice.
  static func jobs(_ baseline: Jobs, _ candidate: Jobs) -> Moves {
    let whole = Moves(
      of: job, measure: "completion time", unit: "s", baseline.completion, candidate.completion)
    if whole.both > 0 { return whole }
    return Moves(
      of: job, measure: "time of an iteration", unit: "s", baseline.iteration,
      candidate.iteration)
  }

  // MARK: - Links

  static func links(
    _ baseline: [(name: String, value: Double)], _ candidate: [(name: String, value: Double)]
  ) -> Moves {
    Moves(of: "link", measure: "mean utilisation", unit: "", baseline, candidate)
  }

  /// What each link carried over all samples, as a part of what it could have carried.
  private static func linkUse(_ table: TableReader) throws -> [(name: String, value: Double)] {
    let (time, link) = (try table.column("time_s"), try table.column("link"))
    let (capacity, rate) = (try table.column("capacity_bps"), try table.column("rate_bps"))
    var places: [String: Int] = [:]
    var sums: [(name: String, time: Double, offered: Double, carried: Double)] = []
    while try table.advance() {
      let name = table.text(link)
      let place = places[name] ?? sums.count
      if place == sums.count {
        places[name] = place
        sums.append((name, 0, 0, 0))
      }
      let end = try table.number(time)
      let length = end - sums[place].time
      sums[place].time = end
      sums[place].offered += try table.number(capacity) * length
      sums[place].carried += try table.number(rate) * length
    }
    return sums.map { ($0.name, $0.offered > 0 ? $0.carried / $0.offered : .nan) }
  }
}
