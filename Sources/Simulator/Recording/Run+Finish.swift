// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import FlowMath
internal import NetworkModel
public import Results
internal import Traffic

/// What came of a run.
public struct RunOutcome: Sendable {
  public var summary: SummaryTable
  public var bottlenecks: [BottlenecksTable.Row]
  public var links: [LinkUse]
  public var linkKinds: [LinkKindUse]
  public var classes: [ClassOutcome]
  public var light: LightOutcome
  public var demands: [DemandOutcome]
  public var tokens: [TokenOutcome]
  public var tokenSites: [TokenSiteOutcome]
  public var tokenRefusals: [TokenRefusals]
  public var jobs: [JobOutcome]
  public var traces: [TraceOutcome]
  /// What was read of each trace, in the order of the sources.
  public var inputs: [FileRecord]
  public var elastic: [ElasticOutcome]
  public var transfers: [TransferOutcome]
  public var digest: RunDigest
  public var events: Int
  public var end: SimTime
  public var finishedFlows: Int
  public var unfinishedFlows: Int
  public var steadiness: Steadiness
}

/// How the flows of one traffic class fared.
public struct ClassOutcome: Sendable {
  public var trafficClass: String
  public var started: Int
  public var finished: Int
  public var completion: Spread
  public var slowdown: Spread
}

extension Run {
  /// Ends the run where it stands, writes what is left to write, and sums up.
  public func finish() throws(RunError) -> RunOutcome {
    if let duration = model.duration { now = max(now, .zero + duration) }
    let inputs = try inputRecords()
    countPresence()
    fluid.flush(to: now.nanoseconds)
    bookDemands()
    try sampleLinks()
    let rest = try writeUnfinished()
    try finishLight()
    try writeDemands()
    try closeTokenSteps()
    let tokens = tokenOutcomes()
    let tokenSites = tokenSiteOutcomes()
    try writeTokens(tokens)
    let jobs = try finishTraining()
    let elastic = try finishElastic()
    let moved = try finishTransfers()
    let bottlenecks = bottleneckRows()
    let links = linkUse()
    let kinds = linkKindUse(links)
    do throws(ResultsError) {
      for row in bottlenecks { try tables.bottlenecks?.append(row) }
      try tables.close()
    } catch {
      throw .results(error)
    }
    return RunOutcome(
      summary: summary(rest, jobs, (tokens, tokenSites), elastic, moved, links, kinds),
      bottlenecks: bottlenecks, links: links, linkKinds: kinds, classes: classOutcomes(),
      light: lightOutcome(), demands: demandOutcomes(), tokens: tokens,
      tokenSites: tokenSites, tokenRefusals: tokenRefusals(), jobs: jobs,
      traces: traceOutcomes(), inputs: inputs, elastic: elastic, transfers: moved, digest: digest,
      events: events, end: now, finishedFlows: overall.finished, unfinishedFlows: present,
      steadiness: steadiness)
  }

  private var steadiness: Steadiness {
    Steadiness(
      started: overall.started, unfinished: present,
      meanInProgress: meanPresence.isNaN ? 0 : meanPresence)
  }

  private func classOutcomes() -> [ClassOutcome] {
    guard model.classes.count > 1 else { return [] }
    return zip(model.classes, statistics).filter { $1.started > 0 }.map { trafficClass, flows in
      ClassOutcome(
        trafficClass: trafficClass.name, started: flows.started, finished: flows.finished,
        completion: flows.completionSpread, slowdown: flows.slowdownSpread)
    }
  }

  private func summary(
    _ rest: UnfinishedBytes, _ jobs: [JobOutcome],
    _ tokens: (all: [TokenOutcome], sites: [TokenSiteOutcome]),
    _ elastic: [ElasticOutcome], _ moved: [TransferOutcome], _ links: [LinkUse],
    _ kinds: [LinkKindUse]
  ) -> SummaryTable {
    var table = SummaryTable()
    table.add("flows_started", Double(overall.started))
    table.add("flows_finished", Double(overall.finished))
    table.add("flows_unfinished", Double(present))
    table.add("flows_broken", Double(outages.broken))
    table.add("flows_stranded", Double(outages.stranded))
    table.add("flows_moved", Double(outages.moves))
    table.add("bytes_started", overall.bytesStarted, unit: "B")
    table.add(
      "bytes_delivered", overall.bytesFinished + rest.sent + outages.bytesSentBroken, unit: "B")
    table.add("bytes_left", rest.left, unit: "B")
    table.add("bytes_broken", outages.bytesBroken, unit: "B")
    table.add("flows_in_progress_mean", meanPresence)
    table.add("far_from_steady", steadiness.isFarFromSteady ? 1 : 0)
    overall.describe(in: &table)
    if model.classes.count > 1 {
      for (index, trafficClass) in model.classes.enumerated() where statistics[index].started > 0 {
        statistics[index].describe(in: &table, prefix: trafficClass.name + "/")
      }
    }
    describe(links, kinds, in: &table)
    describeLight(in: &table)
    describeLoss(in: &table)
    describe(tokens.all, at: tokens.sites, in: &table)
    describeSamples(tokens.all, in: &table)
    describe(jobs, in: &table)
    describeTraces(in: &table)
    describe(elastic, in: &table)
    describe(moved, in: &table)
    table.add("events", Double(events))
    table.add("simulated", now.seconds, unit: "s")
    return table
  }
}
