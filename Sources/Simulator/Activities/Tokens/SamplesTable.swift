// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Traffic

/// `samples.csv`: requests for tokens that were simulated one by one.
public enum SamplesTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.samples]

  public static let schema = TableSchema(
    file: "samples.csv",
    about: "One sampled request for tokens a row, in the order in which they came.",
    columns: [
      Column("time_s", .number, unit: "s", about: "The instant at which it was made."),
      Column("traffic", .string, about: "The name of the token traffic."),
      Column("service", .string, about: "The service that is asked."),
      Column("source", .string, about: "The node that it comes from."),
      Column("site", .string, about: "The node that serves it."),
      Column("input_tokens", .number, about: "The tokens that it brings."),
      Column("output_tokens", .number, about: "The tokens that it is answered with."),
      Column(
        "delay_up_s", .number, unit: "s",
        about: "The delay of its first packet to the site; empty where that is lost."),
      Column(
        "delay_down_s", .number, unit: "s",
        about: "The delay of the first packet back; empty where that is lost."),
    ])

  struct Row {
    var instant: SimTime
    var traffic: String
    var service: String
    var source: String
    var site: String
    var request: SampledRequest
    var up_s: Double?
    var down_s: Double?
  }
}

extension TableWriter<SamplesTable> {
  func append(_ row: SamplesTable.Row) throws(RunError) {
    rows.append(nanosecondsAsSeconds: row.instant.nanoseconds)
    rows.append(row.traffic)
    rows.append(row.service)
    rows.append(row.source)
    rows.append(row.site)
    rows.append(row.request.inputTokens)
    rows.append(row.request.outputTokens)
    rows.append(row.up_s ?? .nan)
    rows.append(row.down_s ?? .nan)
    try endRow()
  }
}

extension Outputs.Kind {
  public static let samples = Outputs.Kind("samples")
}
