// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import FlowMath
internal import NetworkModel
public import Results
internal import Traffic

/// What came of a run.
public struct RunOutcome: Sendable {
  public var summary = SummaryTable()
  public var bottlenecks: [BottlenecksTable.Row] = []
  public var links: [LinkUse] = []
  public var linkKinds: [LinkKindUse] = []
  public var classes: [ClassOutcome] = []
  public var light = LightOutcome()
  public var demands: [DemandOutcome] = []
  public var tokens: [TokenOutcome] = []
  public var tokenSites: [TokenSiteOutcome] = []
  public var tokenRefusals: [TokenRefusals] = []
  public var jobs: [JobOutcome] = []
  public var traces: [TraceOutcome] = []
  /// What was read of each trace, in the order of the sources.
  public var inputs: [FileRecord] = []
  public var elastic: [ElasticOutcome] = []
  public var transfers: [TransferOutcome] = []
  public var digest: RunDigest
  public var events: Int
  public var end: SimTime
  public var finishedFlows: Int
  public var unfinishedFlows: Int
  public var steadiness: Steadiness

  /// What is counted of the world, and nothing of what went on in it yet.
  init(_ world: World) {
    let overall = world.ledger.overall
    digest = world.digest
    events = world.events
    end = world.now
    finishedFlows = overall.finished
    unfinishedFlows = world.ledger.present
    steadiness = Steadiness(
      started: overall.started, unfinished: world.ledger.present,
      meanInProgress: world.meanPresence.isNaN ? 0 : world.meanPresence)
  }
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
    try world.settleAccounts()
    var waiting = FlowsInWait()
    for activity in activities {
      let more = activity.flowsInWait
      waiting.flows += more.flows
      waiting.sent += more.sent
    }
    let rest = try world.writeUnfinished(and: waiting)
    var outcome = RunOutcome(world)
    world.describe(rest, outcome.steadiness, into: &outcome)
    for activity in activities { try activity.finish(into: &outcome) }
    outcome.summary.add("events", Double(world.events))
    outcome.summary.add("simulated", world.now.seconds, unit: "s")
    try world.writeBottlenecks(into: &outcome)
    try world.outputs.writer(of: SummaryFile.self)?.write(outcome.summary)
    try world.outputs.close()
    return outcome
  }
}

extension World {
  /// Counts everything up to the end of the run.
  fileprivate func settleAccounts() throws(RunError) {
    if let duration = model.duration { now = max(now, .zero + duration) }
    ledger.countPresence(at: now)
    fluid.flush(to: now.nanoseconds)
    try tell(.accountsAreRead)
    try sampleLinks()
  }

  /// Adds what there is to say of flows and links.
  fileprivate func describe(
    _ rest: UnfinishedBytes, _ steadiness: Steadiness, into outcome: inout RunOutcome
  ) {
    outcome.links = linkUse()
    outcome.linkKinds = linkKindUse(outcome.links)
    outcome.classes = classOutcomes()
    describeFlows(rest, steadiness, in: &outcome.summary)
    describe(outcome.links, outcome.linkKinds, in: &outcome.summary)
  }

  fileprivate func writeBottlenecks(into outcome: inout RunOutcome) throws(RunError) {
    outcome.bottlenecks = bottleneckRows()
    for row in outcome.bottlenecks { try tables.bottlenecks?.append(row) }
  }

  private func classOutcomes() -> [ClassOutcome] {
    guard ledger.hasSeveralClasses else { return [] }
    return zip(model.classes, ledger.byClass).filter { $1.started > 0 }.map {
      ClassOutcome(
        trafficClass: $0.name, started: $1.started, finished: $1.finished,
        completion: $1.completionSpread, slowdown: $1.slowdownSpread)
    }
  }

  private func describeFlows(
    _ rest: UnfinishedBytes, _ steadiness: Steadiness, in table: inout SummaryTable
  ) {
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
