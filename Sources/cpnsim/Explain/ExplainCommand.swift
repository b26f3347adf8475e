// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Results
internal import Session
internal import Simulator

/// `cpnsim explain`: says why something of a run is as it is.
struct ExplainCommand: Command {
  static let name = "explain"
  static let abstract =
    "Explain why a flow, a demand, a link, a fibre, a site, a request, a job or a pool of a run is as it is."
  static let discussion = """
    The run is repeated from its manifest, as far as it takes; the scenario file is not needed, \
    its traces are, unchanged.

    flow: what held it back, when and for how long. Its times add up to its whole life: each \
    moment it was held back by one link, by the ceiling of its class, by a link that was down, or \
    by the delay of its path before its first byte.

    demand: what came through of it and, of the rest, on which link it was lost, why and when, \
    and when it took which way.

    link: who is on it at an instant, since when it is so full, and what brought that about: \
    traffic that began or grew, a detour around a link that is down, light that is dark. What it \
    is compared with is the last time at which it was used clearly less. Of its hours, how full \
    each was and with what.

    fibre: what is lit on it at an instant, or at the end: for which links and pairs, on which \
    channels, and so what goes dark with it.

    site: a place with machines: whose tokens it serves at an instant, which sites are nearer to \
    them and whether those are full, since when it is full itself, what its pools do, and how full \
    the links are that lead there.

    request: a request for a lightpath: the paths that it was tried on, and, where it was blocked, \
    what would have let it in, all else as it was: a channel that is free on which fibre, another \
    time, a lower rate, regenerators, other channels on the way, no protection.

    job: where its time and its money went, what the policy knew of each pool when it was asked, \
    why the job went where it did, and what the others were worth by the same estimates. Times \
    in the table of candidates count from that instant; "*" marks the pool that was taken, and \
    "really" how it was where the registry was behind.

    pool: how it is at an instant, since when, who is on it, what waits there for what, and what \
    changed in the hour before.

    Of several of one name the first is meant.
    """
  static let examples = [
    Example(
      "cpnsim run Scenarios/ring.yaml --out results/ring", "Make the run that is asked about."),
    Example("cpnsim explain results/ring flow 1", "Explain the flow that is named 1."),
    Example(
      "cpnsim explain results/ring flow 1 --all --format csv", "List every change of its rate."),
    Example(
      "cpnsim run Scenarios/power-cap.yaml --out results/cap", "Make a run of jobs on a pool."),
    Example("cpnsim explain results/ring link cw0", "Explain why a link is as full as it is."),
    Example("cpnsim explain results/cap job batch-400", "Explain where the time of a job went."),
    Example(
      "cpnsim explain results/cap pool guian --at 20:00", "Explain how the pool is at 20:00."),
  ]
  static var parameters: [Parameter<Self>] {
    [
      .argument("run", \.folder, "The results folder of a run.").taking("folder", .directory),
      .argument("what", \.subject, "What to explain."),
      .argument(
        "id", \.id,
        "The name of the flow, demand, request or job, as flows.csv, demands.csv, requests.csv or jobs.csv has it, "
          + "of the link, fibre, site or pool, or its identifier."),
      .option(
        "at", \.instant,
        "Of a link, fibre, site or pool: 21:00 of the first day, 21 h after the start, or '2026-07-07 21:00'; "
          + "else when it is busiest."),
      .option("rows", \.rows, "How many rows a table has at most."),
      .flag("all", \.showsAll, "Print all rows, however many, and all pools that were candidates."),
      .format(\.format),
      .flag("quiet", \.isQuiet, "Draw no progress bar."),
    ]
  }

  enum Subject: String, CaseIterable, ArgumentValue {
    case flow, demand, link, fibre, site, request, job, pool
  }

  var folder = ""
  var subject = Subject.flow
  var id = ""
  var instant: WatchedTime?
  var rows = 20
  var showsAll = false
  var format = OutputFormat.table
  var isQuiet = false

  func run() throws -> ExitCode {
    guard rows > 0 else { throw UsageError.other("--rows: expected 1 or more, found \(rows)") }
    guard instant == nil || [.pool, .link, .fibre, .site].contains(subject) else {
      throw UsageError.other("--at goes with a link, a fibre, a site or a pool")
    }
    let replay = try Replay(folder: folder)
    StandardError.write(warnings: replay.warnings)
    let text =
      switch subject {
      case .flow: try explainFlow(replay)
      case .demand: try explainDemand(replay)
      case .site: try explainSite(replay)
      case .link: try explainLink(replay)
      case .fibre: try explainFibre(replay)
      case .request: try explainRequest(replay)
      case .job: try explainJob(replay)
      case .pool: try explainPool(replay)
      }
    try StandardOutput.write(text)
    return .done
  }

  private func explainFlow(_ replay: Replay) throws -> String {
    guard let probe = try driven(drawsProgress: !isQuiet, { try replay.watch(id, $0) }) else {
      throw UnknownSubject(folder: folder, subject: .flow, name: id)
    }
    let spells = showsAll ? probe.spells : probe.spells(atMost: rows)
    return FlowExplanation(probe: probe, spells: spells).text(as: format)
  }
}
