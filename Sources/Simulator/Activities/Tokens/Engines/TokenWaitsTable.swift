// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Statistics
internal import Traffic

/// `token-waits.csv`: what requests waited for at each site, step by step of the day.
public enum TokenWaitsTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.tokenWaits]

  public static let schema = TableSchema(
    file: "token-waits.csv",
    about: "What requests for tokens waited for at a site in a step of the day a row, or in a part "
      + "of one where ways change in it, by one of its engines that was looked at.",
    columns: [
      Column("traffic", .string, about: "The name of the token traffic."),
      Column("site", .string, about: "The site."),
      Column("start_s", .number, unit: "s", about: "When the step begins."),
      Column("end_s", .number, unit: "s", about: "When it ends, or the traffic or the run does."),
      Column("engines", .number, about: "How many engines the site has."),
      Column("load", .number, about: "The part of their time that the requests need."),
      Column("requests", .number, about: "Requests that came to the site."),
      Column("looked_at", .integer, about: "Those that ended while an engine was looked at."),
      Column(
        "ttft_mean_s", .number, unit: "s",
        about: "Their mean time to the first token, with the network both ways."),
      Column("ttft_p50_s", .number, unit: "s", about: "Half of them had it within that."),
      Column("ttft_p99_s", .number, unit: "s", about: "99 of 100 had it within that."),
      Column("tbt_mean_s", .number, unit: "s", about: "Their mean time between tokens."),
      Column("tbt_p99_s", .number, unit: "s", about: "99 of 100 had their tokens so fast."),
      Column(
        "slo_share", .number,
        about: "The part of them that was answered as promised; empty where nothing is."),
    ])

  struct Row {
    var traffic: String
    var site: String
    var span: TimeSpan
    var engines: Double
    var load: Double
    var requests: Double
    var waits: TokenWaits
    var isPromised: Bool
  }
}

extension TableWriter<TokenWaitsTable> {
  func append(_ row: TokenWaitsTable.Row) throws(RunError) {
    let firstToken = Spread(row.waits.firstToken)
    let betweenTokens = Spread(row.waits.betweenTokens)
    rows.append(row.traffic)
    rows.append(row.site)
    rows.append(nanosecondsAsSeconds: row.span.start.nanoseconds)
    rows.append(nanosecondsAsSeconds: row.span.end.nanoseconds)
    rows.append(row.engines)
    rows.append(row.load)
    rows.append(row.requests)
    rows.append(row.waits.count)
    rows.append(firstToken.mean)
    rows.append(firstToken.p50)
    rows.append(firstToken.p99)
    rows.append(betweenTokens.mean)
    rows.append(betweenTokens.p99)
    rows.append(
      row.isPromised && row.waits.count > 0
        ? Double(row.waits.within) / Double(row.waits.count) : .nan)
    try endRow()
  }
}

extension Spread {
  fileprivate init(_ values: [Double]) {
    var sketch = QuantileSketch()
    for value in values { sketch.add(value) }
    self.init(sketch)
  }
}

extension Outputs.Kind {
  public static let tokenWaits = Outputs.Kind("token-waits")
}
