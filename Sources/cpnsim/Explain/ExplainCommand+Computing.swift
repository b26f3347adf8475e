// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Results
internal import Session
internal import Simulator
internal import Text

// `cpnsim explain`, of jobs and pools.

extension ExplainCommand {
  /// So many candidates of a decision are shown, unless all are wanted.
  private static let mostCandidates = 12

  func explainJob(_ replay: Replay) throws -> String {
    if replay.isTraining(id) {
      let job = try driven(drawsProgress: !isQuiet) { try replay.outcome(ofTraining: id, $0) }
      if let job { return TrainingExplanation(job: job).text(as: format) }
    }
    guard let probe = try driven(drawsProgress: !isQuiet, { try replay.watch(job: id, $0) }),
      let facts = probe.facts
    else {
      throw UnknownSubject(
        folder: folder, subject: .job, name: id, near: nearestName(to: id, among: replay.jobNames))
    }
    return JobExplanation(
      probe: probe, facts: facts, mostCandidates: showsAll ? nil : Self.mostCandidates,
      mostRows: limit.most
    ).text(as: format)
  }

  func explainPool(_ replay: Replay) throws -> String {
    let pools = replay.model.computing.pools
    guard let name = replay.poolName(id) else {
      let known = pools.map(\.name) + pools.map(\.identifier)
      throw UnknownSubject(
        folder: folder, subject: .pool, name: id, near: nearestName(to: id, among: known))
    }
    let at = try instant.map { try checked($0, replay) }
    guard
      let pool = try driven(drawsProgress: !isQuiet, { try replay.watch(pool: name, at: at, $0) })
    else { throw UnknownSubject(folder: folder, subject: .pool, name: id) }
    return PoolExplanation(pool: pool, limit: limit).text(as: format)
  }

  /// The instant that is asked about, which has to be one of the run.
  func checked(_ written: WatchedTime, _ replay: Replay) throws -> SimTime {
    let instant = written.instant(in: replay.model.computing.calendar)
    let start = replay.model.computing.calendar.start
    guard instant >= .zero else {
      throw UsageError.other(
        "--at: '\(written.argumentText)' is before the run, which begins at \(start) 00:00")
    }
    if let duration = replay.model.duration, instant > .zero + duration {
      throw UsageError.other(
        "--at: '\(written.argumentText)' is behind the run, which begins at \(start) 00:00 and "
          + "lasts \(formatted(seconds: duration.seconds))")
    }
    return instant
  }
}

/// A name that nothing of the run has.
struct UnknownSubject: ReportableError {
  var folder: String
  var subject: ExplainCommand.Subject
  var name: String
  var near: String?

  var description: String {
    let what = "\(folder): the run has no \(subject.rawValue) '\(name)'"
    let advice = near.map { "; did you mean '\($0)'?" }
    switch subject {
    case .flow: return what + (advice ?? "; their names are in the first column of flows.csv")
    case .demand:
      return what + (advice ?? "; their names are in the first column of demands.csv")
    case .site: return what + (advice ?? "; 'cpnsim show network SCENARIO' lists its places")
    case .job: return what + (advice ?? "; their names are in the first column of jobs.csv")
    case .link: return what + (advice ?? "; 'cpnsim show links SCENARIO' lists those of a scenario")
    case .fibre:
      return what + (advice ?? "; 'cpnsim show fibres SCENARIO' lists those of a scenario")
    case .request:
      return what
        + (advice ?? "; names of requests for lightpaths are in the first column of requests.csv")
    case .pool: return what + (advice ?? "; 'cpnsim show pools SCENARIO' lists those of a scenario")
    }
  }
  var exitCode: ExitCode { .wrongInput }
}
