// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Scheduling
internal import Traffic

/// What became of the tokens of one traffic, by site, from one placement to the next: a step of the
/// day, or a part of one where routes have changed in it.
struct TokenStep {
  private(set) var span: TimeSpan
  var sites: [SiteStep]
  /// What no site had room for.
  private(set) var refused = TokenCount()

  var start: SimTime { span.start }

  /// A step that begins with an answer, in which nothing was offered yet.
  init(_ question: TokenQuestion, _ answer: TokenAnswer) {
    span = TimeSpan(start: question.instant, end: question.instant)
    sites = zip(question.sites, question.uses(by: answer)).map {
      SiteStep(use: $0.speed != nil ? $1 : .nan)
    }
  }

  mutating func refuse(_ tokens: TokenCount) {
    refused += tokens
  }

  mutating func end(at end: SimTime) {
    span.end = end
  }
}

/// What became of the tokens of a site in a step of the day.
struct SiteStep {
  var offered = TokenCount()
  var served = TokenCount()
  var tokenSeconds = 0.0
  /// The part of its time that it is busy; not a number where it has no limit.
  let use: Double

  init(use: Double) {
    self.use = use
  }

  /// A site whose time is used up, but for what rounding leaves.
  var isFull: Bool { use > 1 - 1e-9 }

  mutating func add(offered more: TokenCount, served: TokenCount, delay_s: Double) {
    offered += more
    self.served += served
    tokenSeconds += served.total * delay_s
  }
}

extension Tokens {
  /// Writes a row a site, and one for what was refused.
  func write(_ step: TokenStep, of traffic: TokenTraffic) throws(RunError) {
    guard tables.sites != nil else { return }
    for (site, account) in zip(traffic.sites, step.sites) {
      try tables.sites?.append(
        TokenSitesTable.Row(
          traffic: traffic.name, site: site.node, span: step.span,
          offered: account.offered, served: account.served, use: account.use,
          isFull: account.isFull,
          delayMean_s: account.served.total > 0
            ? account.tokenSeconds / account.served.total : .nan))
    }
    guard step.refused.total > 0 else { return }
    try tables.sites?.append(
      TokenSitesTable.Row(
        traffic: traffic.name, site: "", span: step.span, offered: step.refused,
        served: TokenCount(), use: .nan, isFull: false, delayMean_s: .nan))
  }
}
