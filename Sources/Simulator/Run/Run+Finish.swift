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
    if let duration = world.model.duration { world.now = max(world.now, .zero + duration) }
    let inputs = try roundTrips.inputRecords()
    world.ledger.countPresence(at: world.now)
    world.fluid.flush(to: world.now.nanoseconds)
    try loss.bookDemands()
    try world.sampleLinks()
    let rest = try world.writeUnfinished(and: transfers.waiting())
    try light.finishLight()
    try loss.writeDemands()
    try self.tokens.closeTokenSteps()
    let tokens = self.tokens.tokenOutcomes()
    let tokenSites = self.tokens.tokenSiteOutcomes()
    try self.tokens.writeTokens(tokens)
    let jobs = try training.finishTraining()
    let elastic = try elastic.finishElastic()
    let moved = try transfers.finishTransfers()
    let bottlenecks = world.bottleneckRows()
    let links = world.linkUse()
    let kinds = world.linkKindUse(links)
    do throws(ResultsError) {
      for row in bottlenecks { try world.tables.bottlenecks?.append(row) }
      try world.tables.close()
    } catch {
      throw .results(error)
    }
    return RunOutcome(
      summary: summary(rest, jobs, (tokens, tokenSites), elastic, moved, links, kinds),
      bottlenecks: bottlenecks, links: links, linkKinds: kinds, classes: world.classOutcomes(),
      light: light.lightOutcome(), demands: loss.demandOutcomes(), tokens: tokens,
      tokenSites: tokenSites, tokenRefusals: self.tokens.tokenRefusals(), jobs: jobs,
      traces: roundTrips.traceOutcomes(), inputs: inputs, elastic: elastic, transfers: moved,
      digest: digest, events: events, end: now, finishedFlows: world.ledger.overall.finished,
      unfinishedFlows: world.ledger.present, steadiness: world.steadiness)
  }

  private func summary(
    _ rest: UnfinishedBytes, _ jobs: [JobOutcome],
    _ tokens: (all: [TokenOutcome], sites: [TokenSiteOutcome]),
    _ elastic: [ElasticOutcome], _ moved: [TransferOutcome], _ links: [LinkUse],
    _ kinds: [LinkKindUse]
  ) -> SummaryTable {
    var table = SummaryTable()
    world.describeFlows(rest, in: &table)
    world.describe(links, kinds, in: &table)
    light.describeLight(in: &table)
    loss.describeLoss(in: &table)
    self.tokens.describe(tokens.all, at: tokens.sites, in: &table)
    self.tokens.describeSamples(tokens.all, in: &table)
    training.describe(jobs, in: &table)
    roundTrips.describeTraces(in: &table)
    self.elastic.describe(elastic, in: &table)
    transfers.describe(moved, in: &table)
    table.add("events", Double(events))
    table.add("simulated", now.seconds, unit: "s")
    return table
  }
}

extension World {
  fileprivate var steadiness: Steadiness {
    let overall = ledger.overall
    return Steadiness(
      started: overall.started, unfinished: ledger.present,
      meanInProgress: meanPresence.isNaN ? 0 : meanPresence)
  }

  fileprivate func classOutcomes() -> [ClassOutcome] {
    guard ledger.hasSeveralClasses else { return [] }
    return zip(model.classes, ledger.byClass).filter { $1.started > 0 }.map {
      ClassOutcome(
        trafficClass: $0.name, started: $1.started, finished: $1.finished,
        completion: $1.completionSpread, slowdown: $1.slowdownSpread)
    }
  }

  fileprivate func describeFlows(_ rest: UnfinishedBytes, in table: inout SummaryTable) {
    let overall = ledger.overall
    table.add("flows_started", Double(overall.started))
    table.add("flows_finished", Double(overall.finished))
    table.add("flows_unfinished", Double(ledger.present))
    table.add("flows_broken", Double(ledger.broken))
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
    guard ledger.hasSeveralClasses else { return }
    for (trafficClass, flows) in zip(model.classes, ledger.byClass) where flows.started > 0 {
      flows.describe(in: &table, prefix: trafficClass.name + "/")
    }
  }
}
