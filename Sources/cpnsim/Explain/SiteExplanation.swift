// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a place with machines at an instant.
struct SiteExplanation: Explanation {
  let site: SiteAccount
  let clock: RunClock
  let limit: RowLimit

  /// Whom it serves.
  var rows: Listing { sources(all: true) }

  var json: JSON {
    .object(
      facts.members + [
        ("sources", rows.json), ("steps", steps(all: true).json),
        ("pools", pools(all: true).json), ("links", links(all: true).json),
      ])
  }

  var people: String {
    var text = facts.listing(leavingOutEmpty: true).table
    if !sentences.isEmpty {
      text += "\n" + sentences.map { $0.foldedToTerminal + "\n" }.joined()
    }
    let served = site.tokens.reduce(0) { $0 + $1.sources.count }
    if served > 0 { text += "\n" + sources().table + limit.more(served) }
    if !site.tokens.isEmpty { text += "\n" + steps().table }
    if !site.pools.isEmpty { text += "\n" + pools().table + limit.more(site.pools.count) }
    if !site.links.isEmpty { text += "\n" + links().table + limit.more(site.links.count) }
    return text
  }

  private func shown<Row>(_ rows: [Row], all: Bool) -> [Row] { all ? rows : limit.shown(rows) }

  private var rate: Double { site.tokens.reduce(0) { $0 + $1.rate } }

  private var facts: Facts {
    let limited = site.tokens.filter { !$0.use.isNaN }
    let accelerators = site.pools.reduce(0) { $0 + $1.count }
    let power = site.pools.reduce(0) { $0 + ($1.facility_kW.isNaN ? 0 : $1.facility_kW) }
    return Facts(all: [
      (.init("site"), .text(site.site)), (.init("instant", "time_s"), .instant(site.at)),
      (.init("clock"), clock.isShort ? .absent : .text(clock.date(site.at))),
      (
        .init("is sent", "tokens_per_s"),
        site.tokens.isEmpty ? .absent : .quantity(rate, "tokens/s")
      ),
      (
        .init("its time in use", "use"),
        limited.isEmpty ? .absent : .share(limited.reduce(0) { $0 + $1.use })
      ),
      (
        .init("accelerators of pools", "accelerators"),
        site.pools.isEmpty ? .absent : .count(accelerators)
      ),
      (
        .init("of them used", "used"),
        site.pools.isEmpty ? .absent : .count(site.pools.reduce(0) { $0 + $1.used })
      ),
      (
        .init("jobs that wait", "waiting"),
        site.pools.isEmpty ? .absent : .count(site.pools.reduce(0) { $0 + $1.waiting })
      ),
      (.init("its pools take", "facility_kw"), power > 0 ? .quantity(power, "kW") : .absent),
      (.init("links"), .count(site.links.count)),
      (.init("of them down", "links_down"), .count(site.links.count { $0.isDown })),
    ])
  }

  // MARK: Why

  private var sentences: [String] {
    var sentences: [String] = []
    for tokens in site.tokens where tokens.rate > 0 {
      sentences.append(use(of: tokens))
      if let why = why(tokens) { sentences.append(why) }
    }
    if let link = site.links.first, link.use > 0.9, !link.isDown {
      sentences.append(
        "\(link.name) is \(formatted(percentOf: link.use)) full; cpnsim explain RUN link "
          + "\(link.name) says of what.")
    }
    return sentences
  }

  private func use(of tokens: SiteAccount.Tokens) -> String {
    let served = "It is sent \(formatted(count: tokens.rate)) tokens/s of \(tokens.traffic)"
    guard !tokens.use.isNaN else { return served + "; it has no limit." }
    let since = tokens.since == .zero ? "from the start" : "since \(clock.text(tokens.since))"
    return tokens.isFull
      ? served + ", which is all that it can serve, \(since)."
      : served + ", and would serve them with \(formatted(percentOf: tokens.use)) of its time; it "
        + "has had room \(since)."
  }

  /// What is sent here although other sites are nearer, and how full those are.
  private func why(_ tokens: SiteAccount.Tokens) -> String? {
    let far = tokens.sources.filter { !$0.nearer.isEmpty }
    let rate = far.reduce(0) { $0 + $1.rate }
    let share = formatted(percentOf: rate / tokens.rate)
    guard rate > 0 else { return "It is the nearest site of all whom it serves." }
    let passedOver = far.filter { $0.nearer.allSatisfy(\.isFull) }.reduce(0) { $0 + $1.rate }
    guard passedOver > 0 else {
      return "\(share) of it has a nearer site with room: the policy does not go by distance alone."
    }
    let full = Set(far.flatMap { $0.nearer.filter(\.isFull).map(\.site) }).sorted()
    let named = full.prefix(4).joined(separator: ", ") + (full.count > 4 ? " and others" : "")
    let part = formatted(percentOf: passedOver / tokens.rate)
    return "\(part) of it comes here because all nearer sites are full: \(named)."
  }

  // MARK: Tables

  private func sources(all: Bool = false) -> Listing {
    var listing = Listing([
      .init("serves", "place"), .init("service"), .init("tokens/s", "tokens_per_s"),
      .init("share"), .init("of its own", "part"), .init("delay", "delay_s"),
      .init("nearer", "nearer"),
    ])
    let rows = site.tokens.flatMap(\.sources).sorted { $0.rate > $1.rate }
    for source in shown(rows, all: all) {
      let nearer = source.nearer.map { all ? $0.site : $0.site + ($0.isFull ? ", full" : "") }
      listing.append([
        .text(source.place), .text(source.service), .amount(source.rate),
        .share(source.rate / rate), .share(source.part), .duration(source.delay),
        all
          ? .names(nearer)
          : nearer.isEmpty
            ? .absent
            : .text((nearer.first ?? "") + (nearer.count > 1 ? " and \(nearer.count - 1)" : "")),
      ])
    }
    return listing
  }

  /// Of many the latest.
  private func steps(all: Bool = false) -> Listing {
    var listing = Listing([
      .init("from", "from_s"), .init("traffic"), .init("tokens/s", "tokens_per_s"), .init("use"),
      .init("full"), .init("refused/s", "refused_per_s"),
    ])
    for tokens in site.tokens {
      let most = limit.most.map { max($0, 24) } ?? .max
      for step in all ? tokens.steps : tokens.steps.suffix(most) {
        listing.append([
          all || clock.isShort ? .instant(step.from) : .text(clock.text(step.from)),
          .text(tokens.traffic), .amount(step.rate),
          step.use.isNaN ? .absent : .share(step.use), .text(step.isFull ? "yes" : "no"),
          .amount(step.refused),
        ])
      }
    }
    return listing
  }

  private func pools(all: Bool = false) -> Listing {
    var listing = Listing([
      .init("pool"), .init("accelerator"), .init("count"), .init("used"), .init("waiting"),
      .init("takes", "facility_kw"),
    ])
    for pool in shown(site.pools, all: all) {
      listing.append([
        .text(pool.name), .text(pool.accelerator), .count(pool.count), .count(pool.used),
        .count(pool.waiting),
        pool.facility_kW.isNaN ? .absent : .quantity(pool.facility_kW, "kW"),
      ])
    }
    return listing
  }

  private func links(all: Bool = false) -> Listing {
    var listing = Listing([
      .init("link"), .init("to"), .init("capacity", "capacity_bps"), .init("sent", "asked_bps"),
      .init("use"), .init("state"),
    ])
    for link in shown(site.links, all: all) {
      listing.append([
        .text(link.name), .text(link.to), .rate(link.capacity), .rate(link.asked),
        .share(link.use), .text(link.isDown ? "down" : "up"),
      ])
    }
    return listing
  }
}
