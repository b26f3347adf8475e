// SPDX-License-Identifier: GPL-3.0-or-later

internal import CommandLine
internal import Compute
internal import EventKernel
internal import Results
internal import Simulator
internal import Text

/// What `explain` prints of a request for a lightpath.
struct RequestExplanation: Explanation {
  let request: RequestAccount
  let clock: RunClock

  var people: String {
    facts.listing(leavingOutEmpty: true).table + "\n" + sentences + "\n" + paths.table
  }

  /// What would let it in.
  var rows: Listing { remedies }

  var json: JSON {
    .object(facts.members + [("paths", paths.json), ("remedies", remedies.json)])
  }

  private var facts: Facts {
    Facts(all: [
      (.init("request"), .text(request.request)),
      (.init("from", "source"), .text(request.source)),
      (.init("to", "target"), .text(request.target)),
      (.init("asks for", "rate_bps"), .rate(request.rate)),
      (.init("protection"), .text(request.protection)),
      (.init("made at", "start_s"), .instant(request.start)),
      (.init("outcome"), .text(request.outcome)),
      (.init("reason"), request.reason.isEmpty ? .absent : .text(request.reason)),
      (
        .init("lightpaths"), request.lightpaths.isEmpty ? .absent : .names(request.lightpaths)
      ),
    ])
  }

  private var sentences: String {
    guard request.outcome != "refused" else { return "The policy program refused it.\n" }
    guard request.outcome == "blocked" else { return "It was served.\n" }
    guard !request.remedies.isEmpty else {
      return "It was blocked, and nothing that was tried would have let it in by itself.\n"
    }
    let lines = ["It was blocked. All else as it was, each of these would have let it in:"]
    return (lines + request.remedies.map { "- " + sentence($0) })
      .map { $0.foldedToTerminal + "\n" }.joined()
  }

  private func sentence(_ remedy: RequestAccount.Remedy) -> String {
    switch remedy {
    case .channels(let all): all.map(sentence).joined(separator: ", and ") + "."
    case .later(let time):
      "the same request behind \(clock.text(time)) (\(Cell.instant(time).shown)), "
        + "\(formatted(seconds: (time - request.start).seconds)) later."
    case .rate(let rate): "a request for \(formatted(bitsPerSecond: rate)) in its place."
    case .regeneration(let sites):
      sites.isEmpty
        ? "regenerators at its sites."
        : sites.map { "\(counted($0.count, "regenerator")) more at \($0.site)" }
          .joined(separator: " and ") + "."
    case .conversion: "moving to another channel at its sites."
    case .unprotected: "doing without protection."
    }
  }

  private func sentence(_ channel: RequestAccount.Channel) -> String {
    let held =
      channel.holders.isEmpty ? "" : ", which \(channel.holders.joined(separator: ", ")) has"
    return "channel \(channel.channels) free on \(channel.fibres.joined(separator: ", "))\(held)"
  }

  private var remedies: Listing {
    var listing = Listing([
      .init("remedy"), .init("channels"), .init("fibres"), .init("lightpaths"), .init("at", "at_s"),
      .init("rate", "rate_bps"), .init("site"), .init("count"),
    ])
    for remedy in request.remedies {
      switch remedy {
      case .channels(let all):
        for channel in all {
          listing.append([
            .text("channels"), .text(channel.channels), .names(channel.fibres),
            .names(channel.holders), .absent, .absent, .absent, .absent,
          ])
        }
      case .later(let time): listing.append(row("later", at: .instant(time)))
      case .rate(let rate): listing.append(row("rate", rate: .rate(rate)))
      case .regeneration(let sites):
        for site in sites { listing.append(row("regeneration", site: site.site, site.count)) }
        if sites.isEmpty { listing.append(row("regeneration")) }
      case .conversion: listing.append(row("conversion"))
      case .unprotected: listing.append(row("unprotected"))
      }
    }
    return listing
  }

  private func row(
    _ name: String, at: Cell = .absent, rate: Cell = .absent, site: String? = nil, _ count: Int = 0
  ) -> [Cell] {
    [
      .text(name), .absent, .absent, .absent, at, rate, site.map { .text($0) } ?? .absent,
      site == nil ? .absent : .count(count),
    ]
  }

  private var paths: Listing {
    var listing = Listing([
      .init("path tried", "path"), .init("length", "km"), .init("down"),
      .init("would carry", "line_rate_bps"), .init("free all the way", "free"),
      .init("fullest fibre", "fullest"), .init("free there", "free_on_fullest"),
    ])
    for path in request.paths {
      listing.append([
        .names(path.fibres), .length(kilometres: path.kilometres),
        .text(path.isDown ? "yes" : "no"), path.lineRate > 0 ? .rate(path.lineRate) : .absent,
        .count(path.free), .text(path.fullest), .count(path.freeOnFullest),
      ])
    }
    return listing
  }
}
