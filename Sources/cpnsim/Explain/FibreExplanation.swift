// SPDX-License-Identifier: GPL-3.0-or-later

internal import Compute
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a fibre at an instant.
struct FibreExplanation: Explanation {
  let fibre: FibreAccount
  let clock: RunClock
  let limit: RowLimit

  /// What is lit on it.
  var rows: Listing { lightpaths }

  var json: JSON {
    .object(facts.members + [("owners", owners.json), ("lightpaths", lightpaths.json)])
  }

  var people: String {
    var text = facts.listing(leavingOutEmpty: true).table
    if fibre.lightpaths.isEmpty { return text + "\nNothing is lit on it.\n" }
    text += "\n" + (limit.most == nil ? lightpaths : owners).table
    return text + limit.more(fibre.owners.count)
  }

  private var facts: Facts {
    Facts(all: [
      (.init("fibre"), .text(fibre.fibre)), (.init("instant", "time_s"), .instant(fibre.at)),
      (.init("clock"), clock.isShort ? .absent : .text(clock.date(fibre.at))),
      (.init("length", "km"), .length(kilometres: fibre.kilometres)),
      (.init("state"), .text(fibre.faults > 0 ? "down" : "up")),
      (.init("channels"), .count(fibre.channels)), (.init("in use", "used"), .count(fibre.used)),
      (.init("part in use", "use"), .share(Double(fibre.used) / Double(max(1, fibre.channels)))),
      (.init("most so far", "most_used"), .count(fibre.mostUsed)),
      (.init("lightpaths"), .count(fibre.lightpaths.count)),
      (
        .init("they carry", "rate_bps"),
        .rate(fibre.lightpaths.reduce(0) { $0 + ($1.carries ? $1.rate : 0) })
      ),
    ])
  }

  private var owners: Listing {
    var listing = Listing([
      .init("lit for", "owner"), .init("lightpaths"), .init("rate", "rate_bps"),
    ])
    for row in limit.shown(fibre.owners) {
      listing.append([.text(row.owner), .count(row.lightpaths), .rate(row.rate)])
    }
    return listing
  }

  private var lightpaths: Listing {
    var listing = Listing([
      .init("lightpath"), .init("channels"), .init("lit for", "owner"), .init("role"),
      .init("rate", "rate_bps"), .init("lit at", "lit_s"), .init("carries"),
    ])
    for lightpath in fibre.lightpaths {
      listing.append([
        .text(lightpath.name), .text(lightpath.channels), .text(lightpath.owner),
        .text(lightpath.role), .rate(lightpath.rate), .instant(lightpath.litAt),
        .text(lightpath.carries ? "yes" : "no"),
      ])
    }
    return listing
  }
}
