// SPDX-License-Identifier: GPL-3.0-or-later
internal import Results
internal import Statistics

/// What some requests waited for.
struct TokenWaits {
  private(set) var within = 0
  private(set) var firstToken: [Double] = []
  private(set) var betweenTokens: [Double] = []

  var count: Int { firstToken.count }

  mutating func add(firstToken first: Double, betweenTokens between: Double, isWithin: Bool) {
    if isWithin { within += 1 }
    firstToken.append(first)
    betweenTokens.append(between)
  }
}

/// What all requests waited for, by those that were looked at: each counts for all that its site
/// had in the step, over how many of them were looked at.
struct TokenWaitBook {
  private var firstToken = QuantileSketch()
  private var betweenTokens = QuantileSketch()
  private var within = 0.0
  private var asked = 0.0

  /// Weights are whole numbers of this part of a request.
  private static let parts = 1000.0

  mutating func add(_ waits: TokenWaits, of requests: Double) {
    guard waits.count > 0 else { return }
    let each = requests / Double(waits.count)
    let weight = Int((each * Self.parts).rounded())
    for value in waits.firstToken { firstToken.add(value, times: weight) }
    for value in waits.betweenTokens { betweenTokens.add(value, times: weight) }
    within += each * Double(waits.within)
    asked += requests
  }

  /// Counts requests that were not answered.
  mutating func refuse(_ requests: Double) { asked += requests }

  func describe(isPromised: Bool, in table: inout SummaryTable) {
    Spread(firstToken).describe(as: "tokens_ttft", unit: "s", in: &table)
    Spread(betweenTokens).describe(as: "tokens_tbt", unit: "s", in: &table)
    table.add("tokens_slo_share", isPromised && asked > 0 ? within / asked : .nan)
  }
}
