// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a demand.
struct DemandExplanation: Explanation {
  let demand: DemandHistory
  let clock: RunClock
  let limit: RowLimit

  /// The losses are sums over it.
  var rows: Listing { timeline(demand.spells) }

  var json: JSON {
    .object(facts.members + [("losses", losses.json), ("timeline", rows.json)])
  }

  var people: String {
    var text = facts.listing(leavingOutEmpty: true).table
    text += "\n" + sentences.map { $0.foldedToTerminal + "\n" }.joined()
    if !demand.losses.isEmpty { text += "\n" + losses.table }
    text += "\n" + timeline(worst, byTheClock: !clock.isShort).table
    return text + limit.more(demand.spells.count, " with less loss")
  }

  /// Those in which most was lost, in order of time.
  private var worst: [DemandHistory.Spell] {
    let byLoss = demand.spells.indices.sorted {
      (demand.spells[$1].lostInAll, $0) < (demand.spells[$0].lostInAll, $1)
    }
    return limit.shown(byLoss).sorted().map { demand.spells[$0] }
  }

  private var lost: Double { demand.losses.reduce(0) { $0 + $1.bits } }

  private var facts: Facts {
    let detours = demand.spells.filter(\.isDetour)
    let away = detours.reduce(SimDuration.zero) { $0 + ($1.to - $1.from) }
    return Facts(all: [
      (.init("demand"), .text(demand.demand)), (.init("class"), .text(demand.trafficClass)),
      (.init("from"), .text(demand.source)), (.init("to"), .text(demand.target)),
      (.init("sent", "offered_bytes"), .size(bytes: demand.offered / 8)),
      (.init("came through", "delivered_bytes"), .size(bytes: demand.delivered / 8)),
      (.init("lost", "lost_bytes"), .size(bytes: lost / 8)),
      (
        .init("part that was lost", "loss"),
        demand.offered > 0 ? .share(lost / demand.offered) : .absent
      ),
      (.init("on a detour for", "detour_s"), away > .zero ? .duration(away) : .absent),
    ])
  }

  private var sentences: [String] {
    guard demand.offered > 0 else { return ["It sent nothing."] }
    guard let most = demand.losses.first else { return ["All that it sent came through."] }
    let worst = demand.spells.reduce(demand.spells[0]) {
      ($1.lost[most.place] ?? 0) > ($0.lost[most.place] ?? 0) ? $1 : $0
    }
    let share = formatted(percentOf: most.bits / lost)
    let part = formatted(percentOf: (worst.lost[most.place] ?? 0) / worst.offered)
    let spell = "from \(clock.text(worst.from)) to \(clock.text(worst.to))"
    return [
      "\(share) of what it lost was lost \(Self.words(most.place)), most of it \(spell), when "
        + "\(part) of what it sent was."
    ]
  }

  private static func words(_ place: DemandHistory.Place) -> String {
    let link = place.link.isEmpty ? "its way" : place.link
    switch place.cause {
    case .overload: return "at \(link), which was offered more than it carries"
    case .queue: return "in the queue of \(link)"
    case .congestion: return "at \(link), which flows fill until something is lost"
    case .residual: return "on \(link), whose light arrives near its threshold"
    case .given: return "on \(link), which loses a part of all packets"
    case .failure: return "at \(link), which was down"
    }
  }

  private var losses: Listing {
    var listing = Listing([
      .init("lost at", "link"), .init("cause"), .init("lost", "lost_bytes"), .init("share"),
      .init("time with it", "time_s"),
    ])
    for loss in limit.shown(demand.losses) {
      listing.append([
        loss.place.link.isEmpty ? .absent : .text(loss.place.link),
        .text(loss.place.cause.rawValue), .size(bytes: loss.bits / 8), .share(loss.bits / lost),
        .duration(loss.time),
      ])
    }
    return listing
  }

  private func timeline(
    _ spells: [DemandHistory.Spell], byTheClock: Bool = false
  ) -> Listing {
    var listing = Listing([
      .init("from", "from_s"), .init("to", "to_s"), .init("sent", "offered_bps"), .init("lost"),
      .init("most at", "link"), .init("cause"), .init("way", "route"), .init("detour"),
    ])
    for spell in spells {
      let seconds = (spell.to - spell.from).seconds
      listing.append([
        byTheClock ? .text(clock.text(spell.from)) : .instant(spell.from),
        byTheClock ? .text(clock.text(spell.to)) : .instant(spell.to),
        .rate(spell.offered / seconds), .share(spell.lostInAll / spell.offered),
        spell.worst.map { $0.link.isEmpty ? .absent : .text($0.link) } ?? .absent,
        spell.worst.map { .text($0.cause.rawValue) } ?? .absent, .names(spell.route),
        .text(spell.isDetour ? "yes" : "no"),
      ])
    }
    return listing
  }
}
