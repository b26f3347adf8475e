// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Statistics
internal import Traffic

/// What an answer took, as whoever asked saw it.
struct AnswerTimes {
  var queue: SimDuration
  var firstToken: SimDuration
  var betweenTokens: SimDuration
  var response: SimDuration
}

/// What is counted of requests to services.
///
/// Times and shares are over the requests that came when the warm-up was over. Each counts for as
/// many as it stands for; of times that are of several services each single one counts alike.
struct AnswerBook {
  private(set) var offered = 0
  private(set) var refused = 0
  private(set) var served = 0
  /// Tokens of those that were served.
  private(set) var tokens = TokenCount()
  /// Seconds that those that were not refused take of engines with full batches; nil where that is
  /// not known.
  private(set) var work: Double? = 0
  private(set) var counted = 0
  private(set) var countedRefused = 0
  private(set) var within = 0
  private var queue = QuantileSketch()
  private var firstToken = QuantileSketch()
  private var betweenTokens = QuantileSketch()
  private var response = QuantileSketch()
  private let countsFrom: SimTime

  init(countsFrom: SimTime) {
    self.countsFrom = countsFrom
  }

  mutating func offer(_ count: Int) { offered += count }

  /// Counts what a request that is sent to a replica will take of it.
  mutating func send(work more: Double?, _ count: Int) {
    work = more.flatMap { more in work.map { $0 + more * Double(count) } }
  }

  mutating func refuse(_ request: OfferedRequest, _ count: Int) {
    refused += count
    if request.time >= countsFrom { countedRefused += count }
  }

  mutating func serve(
    _ request: OfferedRequest, _ times: AnswerTimes, isWithin: Bool, _ count: Int
  ) {
    let weight = Double(count)
    served += count
    tokens += TokenCount(input: request.inputTokens, output: request.outputTokens) * weight
    guard request.time >= countsFrom else { return }
    counted += count
    if isWithin { within += count }
    queue.add(times.queue.seconds)
    firstToken.add(times.firstToken.seconds)
    betweenTokens.add(times.betweenTokens.seconds)
    response.add(times.response.seconds)
  }

  /// Adds all that was counted.
  func describe(
    prefix: String, until now: SimTime, isPromised: Bool, in table: inout SummaryTable
  ) {
    let isPart = !prefix.isEmpty
    table.add(prefix + "inference_requests", Double(offered))
    table.add(prefix + "inference_served", Double(served))
    table.add(prefix + "inference_refused", Double(refused), showing: .unlessZero)
    table.add(
      prefix + "inference_unfinished", Double(offered - served - refused), showing: .unlessZero)
    table.add(prefix + "inference_tokens_in", tokens.input, showing: isPart ? .never : .always)
    table.add(prefix + "inference_tokens_out", tokens.output, showing: isPart ? .never : .always)
    Spread(queue).describe(as: prefix + "inference_queue", unit: "s", in: &table)
    Spread(firstToken).describe(as: prefix + "inference_ttft", unit: "s", in: &table)
    Spread(betweenTokens).describe(as: prefix + "inference_tbt", unit: "s", in: &table)
    Spread(response).describe(as: prefix + "inference_response", unit: "s", in: &table)
    // Without a promise all that is answered is answered in time.
    let asked = counted + countedRefused
    table.add(
      prefix + "inference_slo_share",
      isPromised && asked > 0 ? Double(within) / Double(asked) : .nan)
    let seconds = (now - countsFrom).seconds
    table.add(
      prefix + "inference_goodput", seconds > 0 ? Double(within) / seconds : .nan, unit: "/s")
  }

  /// The quantiles that a terminal shows.
  var shown: (firstToken: Spread, betweenTokens: Spread) {
    (Spread(firstToken), Spread(betweenTokens))
  }
}
