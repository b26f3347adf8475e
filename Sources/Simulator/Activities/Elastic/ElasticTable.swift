// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results

/// `elastic.csv`: one elastic flow a row, in the order in which they end.
public enum ElasticTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.elastic]

  public static let schema = TableSchema(
    file: "elastic.csv",
    about: "One elastic flow a row, as it ends or is refused; unfinished ones last, by arrival.",
    columns: [
      Column("flow", .string, about: "The flow's name."),
      Column("tier_asked", .string, about: "The tier that it asked for."),
      Column("tier_given", .string, about: "The tier that it got; empty where it was not let in."),
      Column(
        "decision", .string,
        about: """
          `accept`, `shrink` (a lower tier), `postpone` (in its tier, but later than it came; or in \
          line to the end) or `refuse`.
          """),
      Column(
        "full_link", .string,
        about: "The link without room for the floor that it asked for; empty where it had some."),
      Column("line", .string, about: "Its access line; empty where none is modelled."),
      Column("arrival_s", .number, unit: "s", about: "The instant of its arrival."),
      Column(
        "start_s", .number, unit: "s",
        about: "The instant at which it began to send, or is to; empty where it was not let in."),
      Column(
        "finish_s", .number, unit: "s",
        about: "The instant of its last byte; empty for a flow that did not finish."),
      Column(
        "deadline_s", .number, unit: "s", about: "When it is due; empty without a deadline."),
      Column(
        "mean_bps", .number, unit: "bit/s",
        about: "Its size over the time from start to finish; empty while unfinished."),
      Column(
        "least_bps", .number, unit: "bit/s", about: "The least rate it had while it sent."),
      Column("most_bps", .number, unit: "bit/s", about: "The highest rate it had."),
    ])

  /// The names that a row shows.
  struct Names {
    var flow: String
    var asked: String
    var given: String
    var fullLink: String
    var line: String
  }
}

extension TableWriter<ElasticTable> {
  func append(
    _ names: ElasticTable.Names, _ flow: ElasticFlow, finish: SimTime?
  ) throws(RunError) {
    rows.append(names.flow)
    rows.append(names.asked)
    rows.append(names.given)
    rows.append(flow.decision.rawValue)
    rows.append(names.fullLink)
    rows.append(names.line)
    rows.append(nanosecondsAsSeconds: flow.record.arrival.nanoseconds)
    append(flow.start)
    append(finish)
    append(flow.deadline)
    if let finish, let start = flow.start {
      rows.append(flow.record.bytes * 8 / max((finish - start).seconds, 1e-9))
    } else {
      rows.appendAbsent()
    }
    // A flow that is done within its first instant was never seen at a rate.
    if flow.leastRate < .infinity {
      rows.append(flow.leastRate)
      rows.append(flow.mostRate)
    } else {
      rows.appendAbsent()
      rows.appendAbsent()
    }
    try endRow()
  }
}

extension ElasticTable {
  /// How each tier fared: those that asked for it on the left, those that were given it behind.
  static func shown(_ tiers: [ElasticOutcome]) -> Listing {
    var listing = Listing([
      "tier", "accepted", "shrunk", "postponed", "refused", "given", "finished", "sent",
      "fct mean", "p99", "deadlines met", "floors broken",
    ])
    for row in tiers {
      let due = row.deadlinesMet + row.deadlinesMissed
      listing.append([
        .text(row.tier), .number(row.accepted), .number(row.shrunk), .number(row.postponed),
        .number(row.refused), .number(row.given), .number(row.finished),
        .size(bytes: row.finishedBytes), .seconds(row.completion.mean),
        .seconds(row.completion.p99),
        due > 0 ? .share(Double(row.deadlinesMet) / Double(due)) : .absent,
        .number(row.floorsBroken),
      ])
    }
    return listing
  }
}

extension Outputs.Kind {
  public static let elastic = Outputs.Kind("elastic")
}
