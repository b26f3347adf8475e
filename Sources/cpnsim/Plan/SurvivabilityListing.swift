// SPDX-License-Identifier: GPL-3.0-or-later

internal import NetworkModel
internal import Planning
internal import Results

/// What `plan --failures` prints: each failure and what it hurts, the worst first.
enum SurvivabilityListing {
  static func listing(of effects: some Sequence<FailureEffect>) -> Listing {
    var listing = Listing(headings)
    for (rank, effect) in effects.enumerated() { listing.append(cells(rank + 1, effect)) }
    return listing
  }

  private static let headings: [Listing.Heading] = [
    .init("rank"), .init("failure"), .init("at hour", "hour"),
    .init("not carried", "not_carried_bps"), .init("lost", "lost_bps"),
    .init("held back", "held_back_bps"), .init("stranded", "stranded_bps"),
    .init("at first", "not_carried_at_first_bps"),
    .init("refused tokens/s", "tokens_refused_per_s"),
    .init("all along", "not_carried_all_along_bytes"),
    .init("fullest link", "fullest_link"), .init("its use", "fullest_use"),
    .init("dark links", "dark_links"), .init("circuits", "circuits_lost"),
    .init("switched", "circuits_switched"), .init("pairs cut off", "pairs_cut_off"),
  ]

  private static func cells(_ rank: Int, _ effect: FailureEffect) -> [Cell] {
    [
      .count(rank), .text(effect.failure.name), .count(effect.hour), .rate(effect.unserved),
      .rate(effect.lost), .rate(effect.held), .rate(effect.stranded), .rate(effect.atFirst),
      .amount(effect.tokensRefused), .size(bytes: effect.bytesOfDay),
      effect.fullest.map { .text($0.link) } ?? .absent, .share(effect.fullest?.use ?? 0),
      .names(effect.darkLinks), .count(effect.lightpathsLost), .count(effect.lightpathsSwitched),
      .count(effect.cutPairs.count),
    ]
  }

  /// Who has no way left under each failure, pair by pair.
  static func pairs(of effects: some Sequence<FailureEffect>) -> Listing {
    var listing = Listing([.init("failure"), .init("from"), .init("to")])
    for effect in effects {
      for pair in effect.cutPairs {
        listing.append([.text(effect.failure.name), .text(pair.source), .text(pair.target)])
      }
    }
    return listing
  }
}

extension SurvivabilityListing {
  /// The columns that people need, of a width that fits a terminal.
  static func people(_ effects: some Sequence<FailureEffect>) -> Listing {
    var listing = Listing([
      "failure", "at", "not carried", "at first", "tokens/s refused", "all along", "fullest link",
      "its use", "dark", "cut off",
    ])
    for effect in effects {
      listing.append([
        .text(effect.failure.name), .text("\(effect.hour):00"), .rate(effect.unserved),
        .rate(effect.atFirst), .amount(effect.tokensRefused), .size(bytes: effect.bytesOfDay),
        effect.fullest.map { .text($0.link) } ?? .absent, .share(effect.fullest?.use ?? 0),
        .text(blast(effect)), .text(cutOff(effect)),
      ])
    }
    return listing
  }

  private static func blast(_ effect: FailureEffect) -> String {
    let dark = effect.darkLinks
    let links = dark.count > 2 ? "\(dark.count) links" : dark.joined(separator: ", ")
    let left = effect.lightpathsLost - effect.lightpathsSwitched
    if links.isEmpty { return left > 0 ? "\(left) channels" : "-" }
    return links
  }

  private static func cutOff(_ effect: FailureEffect) -> String {
    guard let first = effect.cutPairs.first else { return "-" }
    let more = effect.cutPairs.count > 1 ? " and \(effect.cutPairs.count - 1) more" : ""
    return "\(first.source) to \(first.target)\(more)"
  }

  /// What simulations say.
  static func confirmed(_ failures: [ConfirmedFailure]) -> Listing {
    var listing = Listing([
      .init("failure"), .init("metric"), .init("without"), .init("with"), .init("unit"),
    ])
    for failure in failures {
      for change in failure.worse {
        listing.append([
          .text(failure.name), .text(change.metric), .precise(change.without),
          .precise(change.with), .text(change.unit),
        ])
      }
    }
    return listing
  }
}
