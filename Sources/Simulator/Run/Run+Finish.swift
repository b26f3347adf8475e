// SPDX-License-Identifier: GPL-3.0-or-later

public import EventKernel
internal import FlowMath
internal import NetworkModel
public import Results
internal import Traffic

/// What came of a run.
public struct RunOutcome: Sendable {
  public var summary = SummaryTable()
  /// Whole lines on the run as such, which people are shown before all else.
  public var remarks: [String] = []
  /// What people are shown behind the summary.
  public var sections = ShownSections()
  public var bottlenecks: [BottlenecksTable.Row] = []
  public var links: [LinkUse] = []
  public var classes: [ClassOutcome] = []
  public var demands: [DemandOutcome] = []
  public var jobs: [JobOutcome] = []
  public var traces: [TraceOutcome] = []
  /// What was read of each trace, in the order of the sources.
  public var inputs: [FileRecord] = []
  /// The times in which links were down, in the order in which they began.
  public var outages: [LinkOutage] = []
  /// What was refused of tokens, each traffic by itself.
  public var refusedTokens: [RefusedTokens] = []
  /// How much the pools with accelerators were used.
  public var pools: [PoolUse] = []
  /// By place, how many regenerators were in use at once at most.
  public var regenerators: [String: Int] = [:]
  public var digest: RunDigest
  public var events: Int
  public var end: SimTime
  public var finishedFlows: Int
  public var unfinishedFlows: Int

  /// What is counted of the world, and nothing of what went on in it yet.
  init(_ world: World) {
    digest = world.digest
    events = world.events
    end = world.now
    outages = world.outages.spells
    finishedFlows = world.ledger.overall.finished
    unfinishedFlows = world.ledger.present
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
    world.describe(rest, into: &outcome)
    for activity in activities { try activity.finish(into: &outcome) }
    try world.programs.end(at: world.now, into: &outcome)
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
  fileprivate func describe(_ rest: UnfinishedBytes, into outcome: inout RunOutcome) {
    let steadiness = steadiness
    if steadiness.isFarFromSteady { outcome.remarks.append(steadiness.note) }
    describeFlows(rest, steadiness, in: &outcome.summary)
    outcome.classes = classOutcomes()
    outcome.sections.add(shown(outcome.classes), rank: 50)
    outcome.links = linkUse()
    describe(outcome.links, into: &outcome)
  }

  fileprivate func writeBottlenecks(into outcome: inout RunOutcome) throws(RunError) {
    outcome.bottlenecks = bottleneckRows()
    for row in outcome.bottlenecks { try tables.bottlenecks?.append(row) }
    outcome.sections.add(BottlenecksTable.shown(outcome.bottlenecks), rank: 90)
  }

  private var steadiness: Steadiness {
    Steadiness(
      started: ledger.overall.started, unfinished: ledger.present,
      meanInProgress: meanPresence.isNaN ? 0 : meanPresence)
  }

  private func classOutcomes() -> [ClassOutcome] {
    guard ledger.hasSeveralClasses else { return [] }
    return zip(model.classes, ledger.byClass).filter { $1.started > 0 }.map {
      ClassOutcome(
        trafficClass: $0.name, started: $1.started, finished: $1.finished,
        completion: $1.completionSpread, slowdown: $1.slowdownSpread)
    }
  }

  private func shown(_ classes: [ClassOutcome]) -> Listing {
    var listing = Listing([
      "class", "flows", "finished", "fct mean", "p50", "p99", "slowdown mean", "p50", "p99",
    ])
    for row in classes {
      listing.append([
        .text(row.trafficClass), .number(row.started), .number(row.finished),
        .seconds(row.completion.mean), .seconds(row.completion.p50),
        .seconds(row.completion.p99), .number(row.slowdown.mean), .number(row.slowdown.p50),
        .number(row.slowdown.p99),
      ])
    }
    return listing
  }

  private func describeFlows(
    _ rest: UnfinishedBytes, _ steadiness: Steadiness, in table: inout SummaryTable
  ) {
    let overall = ledger.overall
    let (always, unlessZero) = (model.showsFlows(), model.showsFlows(.unlessZero))
    let bytes = overall.bytesFinished + rest.sent + outages.bytesSentBroken
    table.add("flows_started", Double(overall.started), showing: always)
    table.add("flows_finished", Double(overall.finished), showing: always)
    table.add("flows_unfinished", Double(ledger.present), showing: always)
    table.add("flows_broken", Double(ledger.broken), showing: unlessZero)
    table.add("flows_stranded", Double(outages.stranded), showing: unlessZero)
    table.add("flows_moved", Double(outages.moves), showing: unlessZero)
    table.add("bytes_started", overall.bytesStarted, unit: "B", showing: always)
    table.add("bytes_delivered", bytes, unit: "B", showing: always)
    table.add("bytes_left", rest.left, unit: "B", showing: always)
    table.add("bytes_broken", outages.bytesBroken, unit: "B", showing: unlessZero)
    table.add("flows_in_progress_mean", meanPresence, showing: always)
    table.add("far_from_steady", steadiness.isFarFromSteady ? 1 : 0, showing: unlessZero)
    overall.describe(in: &table)
    guard ledger.hasSeveralClasses else { return }
    for (trafficClass, flows) in zip(model.classes, ledger.byClass) where flows.started > 0 {
      flows.describe(in: &table, prefix: trafficClass.name + "/")
    }
  }
}

extension Model {
  /// How metrics of flows are shown: not at all where nothing brings any.
  func showsFlows(_ showing: SummaryRow.Showing = .always) -> SummaryRow.Showing {
    hasFlows ? showing : .never
  }
}
