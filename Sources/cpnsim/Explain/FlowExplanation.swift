// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a flow.
struct FlowExplanation: Explanation {
  let probe: FlowProbe
  let spells: [FlowProbe.Spell]

  var people: String {
    facts.listing().table + "\n" + totals.table + "\n" + timeline.table
  }

  /// The totals are sums over it.
  var rows: Listing { timeline }

  var json: JSON {
    .object(facts.members + [("totals", totals.json), ("timeline", timeline.json)])
  }

  private var facts: Facts {
    Facts(all: [
      (.init("flow"), .text(probe.flow)),
      (.init("class"), .text(probe.trafficClass)),
      (.init("path"), .names(probe.path)),
      (.init("size", "bytes"), probe.bytes.map { .size(bytes: $0) } ?? .absent),
      (.init("start", "start_s"), probe.arrival.map { .instant($0) } ?? .absent),
      (.init("finish", "finish_s"), probe.finish.map { .instant($0) } ?? .absent),
      (.init("mean rate", "mean_bps"), meanRate),
    ])
  }

  private var meanRate: Cell {
    guard let bytes = probe.bytes, let arrival = probe.arrival, let finish = probe.finish,
      finish > arrival
    else { return .absent }
    return .rate(bytes * 8 / (finish - arrival).seconds)
  }

  private var totals: Listing {
    var listing = Listing([
      .init("held back by", "limit"), .init("link"), .init("time", "time_s"), .init("share"),
      .init("mean rate", "mean_bps"),
    ])
    for total in probe.totals {
      listing.append(
        cells(of: total.hold) + [.duration(total.time), .share(total.share), .rate(total.rate)])
    }
    return listing
  }

  private var timeline: Listing {
    var listing = Listing([
      .init("from", "from_s"), .init("to", "to_s"), .init("held back by", "limit"), .init("link"),
      .init("share"), .init("mean rate", "mean_bps"),
    ])
    for spell in spells {
      listing.append(
        [.instant(spell.from), .instant(spell.to)] + cells(of: spell.hold)
          + [.share(spell.share), .rate(spell.rate)])
    }
    return listing
  }

  private func cells(of hold: FlowProbe.Stretch.Hold) -> [Cell] {
    switch hold {
    case .link(let name): [.text("link"), .text(name)]
    case .ceiling: [.text("ceiling"), .absent]
    case .buffer(let name): [.text("buffer"), .text(name)]
    case .loss(let name): [.text("loss"), .text(name)]
    case .window: [.text("window"), .absent]
    case .failed(let name): [.text("failure"), .text(name)]
    case .delay: [.text("delay"), .absent]
    case .reservation: [.text("reservation"), .absent]
    }
  }
}
