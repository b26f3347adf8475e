// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

/// What became of the tokens of one traffic in a step of the day, by site.
struct TokenStep {
  private(set) var span: TimeSpan
  /// Which step of the day it is.
  let place: Int
  var sites: [SiteStep]
  /// What no site had room for.
  private(set) var refused = TokenCount()

  var start: SimTime { span.start }

  /// A step that begins, in which nothing was offered yet.
  init(at start: SimTime, of plan: TokenPlan) {
    let place = plan.step(at: start)
    self.place = place
    span = TimeSpan(start: start, end: start)
    sites = plan.traffic.sites.indices.map { site in
      let isLimited = plan.traffic.sites[site].speed != nil
      return SiteStep(use: isLimited ? plan.uses[site][place] : .nan)
    }
  }

  /// It is over; what was refused in it follows from the plan alone.
  mutating func end(at end: SimTime, _ plan: TokenPlan) {
    span.end = end
    for services in plan.refused {
      for (service, rates) in zip(plan.traffic.services, services) {
        refused += service.parts(of: rates[place] * span.seconds)
      }
    }
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
  func write(_ step: TokenStep, of plan: TokenPlan) throws(RunError) {
    guard tables.sites != nil else { return }
    for (site, account) in zip(plan.traffic.sites, step.sites) {
      try tables.sites?.append(
        TokenSitesTable.Row(
          traffic: plan.traffic.name, site: site.node, span: step.span,
          offered: account.offered, served: account.served, use: account.use,
          isFull: account.isFull,
          delayMean_s: account.served.total > 0
            ? account.tokenSeconds / account.served.total : .nan))
    }
    guard step.refused.total > 0 else { return }
    try tables.sites?.append(
      TokenSitesTable.Row(
        traffic: plan.traffic.name, site: "", span: step.span, offered: step.refused,
        served: TokenCount(), use: .nan, isFull: false, delayMean_s: .nan))
  }
}
