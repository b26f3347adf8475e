// SPDX-License-Identifier: GPL-3.0-or-later

internal import Planning
internal import Results

/// What `plan --availability` prints: services first, then the pairs of places, the worst first.
enum AvailabilityListing {
  static func services(_ report: AvailabilityReport, forPeople: Bool = false) -> Listing {
    var listing = Listing([
      .init("class or tokens", "service"), .init("availability", "availability_mean"),
      .init("minutes down a year", "down_minutes_per_year"), .init("worst from", "worst_from"),
      .init("to", "worst_to"), .init("its availability", "availability_worst"),
    ])
    for service in report.services {
      listing.append([
        .text(service.name), part(service.mean, forPeople), .precise(minutes(service.mean)),
        .text(service.worst.source), .text(service.worst.target),
        part(service.worst.value, forPeople),
      ])
    }
    return listing
  }

  static func pairs(
    _ entries: some Sequence<AvailabilityReport.Entry>, forPeople: Bool = false
  ) -> Listing {
    var listing = Listing([
      .init("from"), .init("to"), .init("availability"),
      .init("minutes down a year", "down_minutes_per_year"), .init("low"), .init("high"),
      .init("method"),
    ])
    for entry in entries {
      listing.append([
        .text(entry.source), .text(entry.target), part(entry.value, forPeople),
        .precise(minutes(entry.value)), part(entry.low, forPeople), part(entry.high, forPeople),
        .text(entry.isExact ? "exact" : "sampled"),
      ])
    }
    return listing
  }

  /// People count nines, of which a short number would leave none.
  private static func part(_ value: Double, _ forPeople: Bool) -> Cell {
    guard forPeople, value < 1 else { return .number(value) }
    let digits = String(Int((value * 1e8).rounded(.down)) + 1_000_000_000).dropFirst(2)
    return .text("\(digits.prefix(2)).\(digits.dropFirst(2)) %")
  }

  private static func minutes(_ up: Double) -> Double { (1 - up) * 365.25 * 24 * 60 }
}
