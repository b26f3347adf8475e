// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Results
internal import Traffic

/// How the elastic flows of a tier fared.
struct ElasticOutcome: Sendable {
  /// Entry and tier, as its class is named.
  var tier: String
  /// What became of those that asked for it.
  var accepted: Int
  var shrunk: Int
  var postponed: Int
  var refused: Int
  /// What became of those that were given it.
  var given: Int
  var finished: Int
  var finishedBytes: Double
  var completion: Spread
  var deadlinesMet: Int
  var deadlinesMissed: Int
  var floorsBroken: Int
  /// Price times terabytes that came through whole flows; not a number without a price.
  var income: Double
}

extension Elastic {
  /// Counts a flow that is over, or that the run ends with.
  func countElastic(_ flow: ElasticFlow, finish: SimTime?) {
    book.statistics[flow.entry][flow.asked].decisions[flow.decision, default: 0] += 1
    guard flow.given >= 0 else { return }
    if finish != nil {
      book.statistics[flow.entry][flow.given].finishedBytes += flow.record.bytes
    }
    guard let deadline = flow.deadline, world.ledger.counts(flow.record) else { return }
    if let finish, finish <= deadline {
      book.statistics[flow.entry][flow.given].deadlinesMet += 1
    } else if finish != nil || deadline <= now {
      book.statistics[flow.entry][flow.given].deadlinesMissed += 1
    }
  }

  func writeElastic(_ flow: ElasticFlow, finish: SimTime?) throws(RunError) {
    guard table != nil else { return }
    let tiers = book.entries[flow.entry].tiers
    let hasLine = flow.links.count > model.routes[flow.route].links.count
    let row = ElasticTable.Names(
      flow: world.names.text(of: flow.record.name), asked: tiers[flow.asked].name,
      given: flow.given < 0 ? "" : tiers[flow.given].name,
      fullLink: flow.fullLink.map { model.topology[$0].name } ?? "",
      line: hasLine ? model.topology[flow.links[0]].name : "")
    try table?.append(row, flow, finish: finish)
  }

  /// Writes the flows that are not over, and says how each tier fared.
  func finishElastic() throws(RunError) -> [ElasticOutcome] {
    for index in book.present {
      book.stopsSending(index)
      countElastic(book[index], finish: nil)
      try writeElastic(book[index], finish: nil)
    }
    return book.entries.enumerated().flatMap { entry, traffic in
      traffic.tiers.enumerated().map { outcome(of: $1, book.statistics[entry][$0]) }
    }
  }

  private func outcome(of tier: ElasticTier, _ counts: TierStatistics) -> ElasticOutcome {
    let flows = world.ledger.byClass[tier.trafficClass]
    return ElasticOutcome(
      tier: model.classes[tier.trafficClass].name,
      accepted: counts.decisions[.accept] ?? 0, shrunk: counts.decisions[.shrink] ?? 0,
      postponed: counts.decisions[.postpone] ?? 0, refused: counts.decisions[.refuse] ?? 0,
      given: flows.started, finished: flows.finished, finishedBytes: counts.finishedBytes,
      completion: flows.completionSpread, deadlinesMet: counts.deadlinesMet,
      deadlinesMissed: counts.deadlinesMissed, floorsBroken: counts.floorsBroken,
      income: tier.price.map { $0 * counts.finishedBytes / 1e12 } ?? .nan)
  }

  /// Adds what there is to say of all elastic flows, and of each tier.
  func describe(_ tiers: [ElasticOutcome], in table: inout SummaryTable) {
    guard !tiers.isEmpty else { return }
    table.add(
      "elastic_flows",
      Double(tiers.reduce(0) { $0 + $1.accepted + $1.shrunk + $1.postponed + $1.refused }))
    for (name, count) in [
      ("elastic_accepted", \ElasticOutcome.accepted), ("elastic_shrunk", \.shrunk),
      ("elastic_postponed", \.postponed), ("elastic_refused", \.refused),
      ("elastic_floors_broken", \.floorsBroken), ("elastic_deadlines_met", \.deadlinesMet),
      ("elastic_deadlines_missed", \.deadlinesMissed),
    ] {
      table.add(name, Double(tiers.reduce(0) { $0 + $1[keyPath: count] }))
    }
    for tier in tiers { describe(tier, in: &table) }
  }

  private func describe(_ tier: ElasticOutcome, in table: inout SummaryTable) {
    let prefix = tier.tier + "/"
    table.add(prefix + "accepted", Double(tier.accepted))
    table.add(prefix + "shrunk", Double(tier.shrunk))
    table.add(prefix + "postponed", Double(tier.postponed))
    table.add(prefix + "refused", Double(tier.refused))
    table.add(prefix + "finished", Double(tier.finished))
    table.add(prefix + "bytes", tier.finishedBytes, unit: "B")
    table.add(prefix + "deadlines_met", Double(tier.deadlinesMet))
    table.add(prefix + "deadlines_missed", Double(tier.deadlinesMissed))
    table.add(prefix + "floors_broken", Double(tier.floorsBroken))
    if !tier.income.isNaN { table.add(prefix + "income", tier.income) }
  }
}
