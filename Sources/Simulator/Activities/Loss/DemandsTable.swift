// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel
public import Results
internal import Traffic

/// `demands.csv`: what became of each demand.
public enum DemandsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.demands]

  public static let schema = TableSchema(
    file: "demands.csv",
    about: "One demand a row: what it sent, what came through, and why the rest was lost.",
    columns: [
      Column("demand", .string, about: "The demand's name, with its ends where it has several."),
      Column("class", .string, about: "Its traffic class."),
      Column("source", .string, about: "The node it leaves from; may be empty."),
      Column("target", .string, about: "The node it goes to; may be empty."),
      Column("offered_bytes", .number, unit: "B", about: "What it sent."),
      Column("delivered_bytes", .number, unit: "B", about: "What came through."),
      Column("lost_bytes", .number, unit: "B", about: "What did not."),
    ]
      + LossCause.allCases.filter { $0 != .congestion }.map { cause in
        Column(
          "lost_\(cause.rawValue)_bytes", .number, unit: "B",
          about: "The part of that that was lost to `\(cause.rawValue)` (see links.csv).")
      } + [
        Column(
          "delay_mean_s", .number, unit: "s",
          about: "The mean delay of what came through: of the way, and of its queues."),
        Column(
          "delay_p99_s", .number, unit: "s",
          about: "The most that 99 % of packets took, at the worst of times."),
      ])
}

extension TableWriter<DemandsTable> {
  func append(
    _ demand: DemandOutcome, source: String, target: String
  ) throws(RunError) {
    rows.append(demand.name)
    rows.append(demand.trafficClass)
    rows.append(source)
    rows.append(target)
    rows.append(demand.offeredBytes)
    rows.append(demand.deliveredBytes)
    rows.append(demand.lostBytes)
    for cause in LossCause.allCases where cause != .congestion {
      rows.append(demand.lostBytesByCause[cause.position])
    }
    rows.append(demand.delayMean_s)
    rows.append(demand.delayP99_s)
    try endRow()
  }
}

/// What became of a demand.
public struct DemandOutcome: Sendable {
  public var name: String
  public var trafficClass: String
  public var offeredBytes: Double
  public var deliveredBytes: Double
  /// By the position of the cause.
  public var lostBytesByCause: [Double]
  /// Not a number where nothing came through.
  public var delayMean_s: Double
  public var delayP99_s: Double

  public func lostBytes(for cause: LossCause) -> Double { lostBytesByCause[cause.position] }

  public var lostBytes: Double { lostBytesByCause.reduce(0, +) }

  /// The cause of most of what was lost.
  public var worstCause: LossCause? {
    let worst = LossCause.allCases.max {
      lostBytesByCause[$0.position] < lostBytesByCause[$1.position]
    }
    return worst.flatMap { lostBytesByCause[$0.position] > 0 ? $0 : nil }
  }
}

extension Loss {
  func demandOutcomes() -> [DemandOutcome] {
    book.demands.map { state in
      let account = state.account
      return DemandOutcome(
        name: state.demand.name, trafficClass: model.classes[state.demand.trafficClass].name,
        offeredBytes: account.offered / 8, deliveredBytes: account.delivered / 8,
        lostBytesByCause: account.lost.map { $0 / 8 },
        delayMean_s: account.delivered > 0 ? account.delayBits / account.delivered : .nan,
        delayP99_s: account.delivered > 0 ? account.delayP99_s : .nan)
    }
  }

  func writeDemands(_ outcomes: [DemandOutcome]) throws(RunError) {
    guard table != nil else { return }
    for (state, outcome) in zip(book.demands, outcomes) {
      let route = model.routes[state.demand.route]
      let source = route.source.map { model.topology[$0] } ?? ""
      let target = route.target.map { model.topology[$0] } ?? ""
      try table?.append(outcome, source: source, target: target)
    }
  }

  /// Adds what a reader wants to know of loss.
  func describeLoss(in table: inout SummaryTable) {
    guard book.isOn else { return }
    var sentAgain = 0.0
    for index in world.flowClasses.entries.indices {
      sentAgain += world.fluid.bitsSentAgain(ofClass: index) / 8
    }
    table.add(
      "bytes_sent_again", sentAgain, unit: "B", showing: model.showsFlows(.unlessZero))
    var all = DemandAccount()
    for state in book.demands { all.merge(state.account) }
    if !book.demands.isEmpty {
      table.add("demand_bytes_offered", all.offered / 8, unit: "B")
      table.add("demand_bytes_delivered", all.delivered / 8, unit: "B")
      table.add("demand_bytes_lost", all.lostInAll / 8, unit: "B", showing: .unlessZero)
      let loss = all.offered > 0 ? all.lostInAll / all.offered : .nan
      table.add("demand_loss", loss, showing: .unlessZero)
    }
    table.add("loss_looks", Double(book.renewals))
  }

  /// The demands that lost most, or the largest where none lost anything.
  func shown(_ demands: [DemandOutcome]) -> Listing {
    let shown = demands.sorted {
      ($1.lostBytes, $1.offeredBytes, $0.name) < ($0.lostBytes, $0.offeredBytes, $1.name)
    }.prefix(ShownSections.mostRows)
    var listing = Listing([
      "demands", "offered", "delivered", "lost", "mostly for", "delay mean",
    ])
    for row in shown {
      listing.append([
        .text(row.name), .size(bytes: row.offeredBytes), .size(bytes: row.deliveredBytes),
        row.offeredBytes > 0 ? .share(row.lostBytes / row.offeredBytes) : .absent,
        row.worstCause.map { .text($0.rawValue) } ?? .absent, .seconds(row.delayMean_s),
      ])
    }
    return listing
  }
}

extension Outputs.Kind {
  public static let demands = Outputs.Kind("demands")
}
