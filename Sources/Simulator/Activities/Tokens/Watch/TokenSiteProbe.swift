// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Scheduling
internal import Traffic

/// The watch on a site that serves tokens, which reads what is answered and never changes it.
struct TokenSiteProbe {
  let site: String
  /// By traffic: its position there; nil where it does not serve that.
  let positions: [Int?]
  /// By traffic, from one placement to the next.
  private(set) var steps: [[SiteAccount.Step]]
  /// By traffic: what was last asked and answered.
  private(set) var latest: [(question: TokenQuestion, answer: TokenAnswer)?]

  init(_ site: String, of traffics: [TokenTraffic]) {
    self.site = site
    positions = traffics.map { $0.sites.firstIndex { $0.node == site } }
    steps = traffics.map { _ in [] }
    latest = traffics.map { _ in nil }
  }

  /// Tokens go as an answer says from now on.
  mutating func note(_ answer: TokenAnswer, to question: TokenQuestion, of traffic: Int) {
    guard let site = positions[traffic] else { return }
    latest[traffic] = (question, answer)
    var (rate, refused) = (0.0, 0.0)
    for (source, asked) in question.asked.enumerated() {
      for (service, tokens) in asked.enumerated() {
        rate += tokens * answer.parts[source][service][site]
        refused += tokens * answer.refused[source][service]
      }
    }
    let step = SiteStep(
      use: question.sites[site].speed == nil ? .nan : question.uses(by: answer)[site])
    add(
      SiteAccount.Step(
        from: question.instant, use: step.use, rate: rate, refused: refused, isFull: step.isFull),
      of: traffic)
  }

  /// No tokens of a traffic are asked for any more.
  mutating func noteEnd(of traffic: Int, at now: SimTime) {
    guard let site = positions[traffic], let latest = latest[traffic] else { return }
    self.latest[traffic] = nil
    let use = latest.question.sites[site].speed == nil ? Double.nan : 0
    add(
      SiteAccount.Step(from: now, use: use, rate: 0, refused: 0, isFull: false), of: traffic)
  }

  /// What lasted no time is taken back.
  private mutating func add(_ step: SiteAccount.Step, of traffic: Int) {
    if steps[traffic].last?.from == step.from { steps[traffic].removeLast() }
    steps[traffic].append(step)
  }

  /// The begin of the time in which it served most; nil where it serves nothing.
  var busiest: SimTime? {
    var best: SiteAccount.Step?
    for step in steps.joined() where step.rate > best?.rate ?? 0 { best = step }
    return best?.from
  }
}

extension Tokens {
  /// The tokens that the watched site serves now.
  var watchedTokens: [SiteAccount.Tokens] {
    guard let watch else { return [] }
    return books.indices.compactMap { index in
      guard let site = watch.positions[index], let last = watch.steps[index].last else {
        return nil
      }
      return SiteAccount.Tokens(
        traffic: books[index].traffic.name, use: last.use, rate: last.rate,
        since: Self.since(watch.steps[index]), isFull: last.isFull,
        sources: watch.latest[index].map {
          sources(at: site, $0.question, $0.answer, of: books[index].traffic)
        } ?? [], steps: watch.steps[index])
    }
  }

  /// The first of the steps up to the last that are all full, or all not.
  private static func since(_ steps: [SiteAccount.Step]) -> SimTime {
    let last = steps[steps.count - 1]
    return steps.reversed().prefix { $0.isFull == last.isFull }.last?.from ?? last.from
  }

  private func sources(
    at site: Int, _ question: TokenQuestion, _ answer: TokenAnswer, of traffic: TokenTraffic
  ) -> [SiteAccount.Source] {
    let uses = question.uses(by: answer)
    var sources: [SiteAccount.Source] = []
    for (place, asked) in question.asked.enumerated() {
      let delay = question.delays[place][site] ?? .zero
      let nearer = question.sites.indices.compactMap { other -> SiteAccount.Nearer? in
        guard let there = question.delays[place][other], there < delay else { return nil }
        let step = SiteStep(use: question.sites[other].speed == nil ? .nan : uses[other])
        return SiteAccount.Nearer(
          site: question.sites[other].node, delay: there, use: step.use, isFull: step.isFull)
      }.sorted { ($0.delay, $0.site) < ($1.delay, $1.site) }
      for (service, rate) in asked.enumerated() {
        let part = answer.parts[place][service][site]
        guard part > 0 else { continue }
        sources.append(
          SiteAccount.Source(
            place: traffic.sources[place].node, service: question.services[service].name,
            rate: rate * part, part: part, delay: delay, nearer: nearer))
      }
    }
    return sources.sorted { ($1.rate, $0.place, $0.service) < ($0.rate, $1.place, $1.service) }
  }
}
