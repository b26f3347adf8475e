// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a link at an instant.
struct LinkExplanation: Explanation {
  let link: LinkAccount
  let clock: RunClock
  /// How many rows a table has at most; nil for all.
  let mostRows: Int?

  /// Who is on it.
  var rows: Listing { users(link.users) }

  var people: String {
    var text = facts.listing(leavingOutEmpty: true).table
    if !sentences.isEmpty {
      text += "\n" + sentences.map { $0.foldedToTerminal + "\n" }.joined()
    }
    if !link.users.isEmpty {
      text += "\n" + (mostRows == nil ? users(link.users) : groups).table
    }
    return text + "\n" + hours(shownHours, byTheClock: !clock.isShort).table
  }

  /// All of a day, and of longer runs the fullest.
  private var shownHours: [LinkAccount.Hour] {
    let most = mostRows.map { max($0, 24) } ?? .max
    guard link.hours.count > most else { return link.hours }
    let least = link.hours.map(\.use).sorted(by: >)[most - 1]
    return Array(link.hours.filter { $0.use >= least }.prefix(most))
  }

  var json: JSON {
    .object(
      facts.members + [
        ("causes", causes.json), ("users", users(link.users).json),
        ("hours", hours(link.hours).json),
      ])
  }

  private var facts: Facts {
    Facts(all: [
      (.init("link"), .text(link.link)),
      (.init("instant", "time_s"), .instant(link.at)),
      (.init("clock"), clock.isShort ? .absent : .text(clock.date(link.at))),
      (.init("capacity", "capacity_bps"), .rate(link.capacity)),
      (.init("asked for", "asked_bps"), .rate(link.asked)),
      (.init("use"), .share(link.use)),
      (.init("state"), .text(link.state.rawValue)),
      (.init("since", "since_s"), .instant(link.since)),
      (.init("mean use since", "use_since"), .share(link.useSince)),
      (.init("before from", "before_from_s"), link.before.map { .instant($0.from) } ?? .absent),
      (.init("before to", "before_to_s"), link.before.map { .instant($0.to) } ?? .absent),
      (.init("mean use before", "use_before"), link.before.map { .share($0.use) } ?? .absent),
    ])
  }

  /// Users by what sends them: pairs of data centres are many, and --all has them.
  private var groups: Listing {
    var listing = Listing(["who", "class", "around", "pairs", "flows", "rate", "share", "before"])
    for group in link.groups {
      listing.append([
        .text(group.user.what), .text(group.user.trafficClass),
        group.user.around.map { .text($0) } ?? .absent, .count(group.pairs),
        group.flows > 0 ? .count(group.flows) : .absent, .rate(group.rate),
        link.asked > 0 ? .share(group.rate / link.asked) : .absent,
        group.rateBefore.isNaN ? .absent : .rate(group.rateBefore),
      ])
    }
    return listing
  }

  private func users(_ uses: [LinkAccount.Use]) -> Listing {
    var listing = Listing([
      .init("who"), .init("class"), .init("from"), .init("to"), .init("around"), .init("flows"),
      .init("rate", "rate_bps"), .init("share"), .init("before", "before_bps"),
    ])
    for use in uses {
      listing.append([
        .text(use.user.what), .text(use.user.trafficClass), .text(use.user.from),
        .text(use.user.to), use.user.around.map { .text($0) } ?? .absent,
        use.flows > 0 ? .count(use.flows) : .absent, .rate(use.rate),
        link.asked > 0 ? .share(use.rate / link.asked) : .absent,
        use.rateBefore.isNaN ? .absent : .rate(use.rateBefore),
      ])
    }
    return listing
  }

  private var causes: Listing {
    var listing = Listing([
      .init("cause"), .init("subject"), .init("pair"), .init("share"), .init("rate", "rate_bps"),
      .init("before", "before_bps"), .init("at", "at_s"), .init("until", "until_s"),
      .init("event"),
    ])
    for cause in link.causes {
      listing.append([
        .text(cause.kind.rawValue), .text(cause.subject),
        cause.pair.map { .text($0) } ?? .absent, .share(cause.share), .rate(cause.rate),
        cause.rateBefore.isNaN ? .absent : .rate(cause.rateBefore),
        cause.at.map { .instant($0) } ?? .absent, cause.until.map { .instant($0) } ?? .absent,
        cause.event.map { .text($0) } ?? .absent,
      ])
    }
    return listing
  }

  private func hours(_ hours: [LinkAccount.Hour], byTheClock: Bool = false) -> Listing {
    var listing = Listing([
      .init("from", "from_s"), .init("use"), .init("above 90 %", "full"),
      .init("most of it", "most"), .init("share"),
    ])
    for hour in hours {
      listing.append([
        byTheClock ? .text(clock.text(hour.from)) : .instant(hour.from),
        .share(hour.use), .share(hour.full), hour.most.map { .text($0.user.what) } ?? .absent,
        hour.most.map { .share($0.part) } ?? .absent,
      ])
    }
    return listing
  }
}
