// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import Results
internal import Traffic

/// `samples.csv`: requests that were simulated one by one, of token traffic or of services.
///
/// Both are requests for tokens with the same ends; what one kind does not have is empty.
public enum SamplesTable: RunTable {
  public static let kinds: [Outputs.Kind] = [.samples]

  public static let schema = TableSchema(
    file: "samples.csv",
    about: "One request that was simulated by itself a row: those sampled of token traffic as they "
      + "come, those of inference services as they are done.",
    columns: times + ends + replicas)

  private static let times = [
    Column(
      "request", .integer,
      about: "Its number within its service, counted from 0; empty for token traffic."),
    Column("queue_s", .number, unit: "s", about: "From when it reached its replica to its start."),
    Column(
      "ttft_s", .number, unit: "s",
      about: "The time to its first token, with the network both ways."),
    Column(
      "tbt_s", .number, unit: "s",
      about: "The time between its first and its last token, over the number of its tokens."),
    Column(
      "response_s", .number, unit: "s",
      about: "The time to its last token, with the network both ways."),
  ]

  private static let ends = [
    Column("time_s", .number, unit: "s", about: "The instant at which it was made."),
    Column("traffic", .string, about: "The name of the token traffic, or of the service."),
    Column("service", .string, about: "The service that is asked."),
    Column("source", .string, about: "The node that it comes from; empty where nobody says."),
    Column("site", .string, about: "The node that serves it."),
    Column("input_tokens", .number, about: "The tokens that it brings."),
    Column("output_tokens", .number, about: "The tokens that it is answered with."),
    Column(
      "delay_up_s", .number, unit: "s",
      about: "The delay of its first packet to the site; empty where that is lost."),
    Column(
      "delay_down_s", .number, unit: "s",
      about: "The delay of the first packet back; empty where that is lost."),
  ]

  private static let replicas = [
    Column("pool", .string, about: "The pool of its replica; empty for token traffic."),
    Column(
      "replica", .integer,
      about: "Its replica, counted from 0 within its service; empty for token traffic."),
    Column(
      "within_slo", .boolean,
      about: "Whether it was answered as its service promises; empty where nothing is promised."),
  ]

  struct Row {
    var instant: SimTime
    var traffic: String
    var service: String
    var source: String
    var site: String
    var inputTokens: Double
    var outputTokens: Double
    var up_s: Double?
    var down_s: Double?
    /// Nil for a request of token traffic.
    var served: Served?
  }

  /// How a replica of a service answered a request.
  struct Served {
    var request: Int
    var queue: SimDuration
    var firstToken: SimDuration
    var betweenTokens: SimDuration
    var response: SimDuration
    var pool: String
    var replica: Int
    var isWithin: Bool?
  }
}

extension TableWriter<SamplesTable> {
  func append(_ row: SamplesTable.Row) throws(RunError) {
    appendTimes(of: row.served)
    rows.append(nanosecondsAsSeconds: row.instant.nanoseconds)
    rows.append(row.traffic)
    rows.append(row.service)
    rows.append(row.source)
    rows.append(row.site)
    rows.append(row.inputTokens)
    rows.append(row.outputTokens)
    rows.append(row.up_s ?? .nan)
    rows.append(row.down_s ?? .nan)
    appendReplica(of: row.served)
    try endRow()
  }

  private func appendTimes(of served: SamplesTable.Served?) {
    guard let served else {
      for _ in 0..<5 { rows.appendAbsent() }
      return
    }
    rows.append(served.request)
    rows.append(nanosecondsAsSeconds: served.queue.nanoseconds)
    rows.append(nanosecondsAsSeconds: served.firstToken.nanoseconds)
    rows.append(nanosecondsAsSeconds: served.betweenTokens.nanoseconds)
    rows.append(nanosecondsAsSeconds: served.response.nanoseconds)
  }

  private func appendReplica(of served: SamplesTable.Served?) {
    guard let served else {
      for _ in 0..<3 { rows.appendAbsent() }
      return
    }
    rows.append(served.pool)
    rows.append(served.replica)
    if let isWithin = served.isWithin { rows.append(isWithin) } else { rows.appendAbsent() }
  }
}

extension Outputs.Kind {
  public static let samples = Outputs.Kind("samples")
}
