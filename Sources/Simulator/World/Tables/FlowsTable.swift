// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
public import Results

/// `flows.csv`: one row a flow, in the order in which they finish, the unfinished behind them.
public enum FlowsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.flows]

  public static let schema = TableSchema(
    file: "flows.csv",
    about: "One flow a row, in order of finish; unfinished flows come last, in order of start.",
    columns: [
      Column("flow", .string, about: "The flow's name."),
      Column("class", .string, about: "The traffic class whose terms it has."),
      Column("source", .string, about: "The node it comes from; empty where only a path is known."),
      Column("target", .string, about: "The node it goes to; empty where only a path is known."),
      Column("bytes", .number, unit: "B", about: "Its size."),
      Column("start_s", .number, unit: "s", about: "The instant of its arrival."),
      Column(
        "finish_s", .number, unit: "s",
        about: "The instant of its last byte; empty for a flow still unfinished at the end."),
      Column(
        "mean_bps", .number, unit: "bit/s",
        about: "Its size over the time from start to finish; empty while unfinished."),
      Column(
        "slowdown", .number,
        about: "That time over the time it would take alone on its path; empty while unfinished."),
      Column(
        "bottleneck", .string,
        about: "The link that held it back for longest, or `ceiling`; empty before its first byte."),
      Column(
        "deadline_s", .number, unit: "s",
        about: "The instant by which its last byte was to be there; empty where it has none."),
    ])

  /// A flow as a row shows it.
  struct Row {
    var name: String
    var trafficClass: String
    var source: String
    var target: String
    var bytes: Double
    var arrival: SimTime
    /// Nil while unfinished.
    var end: End?
    var bottleneck: String
    var deadline: SimTime?
  }

  struct End {
    var finish: SimTime
    var slowdown: Double
  }
}

extension TableWriter<FlowsTable> {
  func append(_ row: FlowsTable.Row) throws(RunError) {
    rows.append(row.name)
    rows.append(row.trafficClass)
    rows.append(row.source)
    rows.append(row.target)
    rows.append(row.bytes)
    rows.append(nanosecondsAsSeconds: row.arrival.nanoseconds)
    if let end = row.end {
      rows.append(nanosecondsAsSeconds: end.finish.nanoseconds)
      rows.append(row.bytes * 8 / max((end.finish - row.arrival).seconds, 1e-9))
      rows.append(end.slowdown)
    } else {
      rows.appendAbsent()
      rows.appendAbsent()
      rows.appendAbsent()
    }
    rows.append(row.bottleneck)
    append(row.deadline)
    try endRow()
  }
}

extension Outputs.Kind {
  public static let flows = Outputs.Kind("flows")
}
