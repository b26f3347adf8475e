// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
public import NetworkModel
internal import Results

/// How much a link was used over the run, and at its busiest.
public struct LinkUse: Sendable {
  public var link: String
  public var kind: LinkKind
  /// Whether it is one direction of two.
  public var isTwoWay: Bool
  /// The part of what it could have carried that it did.
  public var mean: Double
  public var peak: LinkPeak
  /// The time of samples in which it was used more than 90 %; not a number without samples.
  public var busySeconds: Double
  /// What it carried and could have carried, in bits.
  var carried: Double
  var offered: Double
}

/// How much all links of a kind were used.
struct LinkKindUse: Sendable {
  var kind: LinkKind
  var links: Int
  /// The mean capacity of all together, each way, in bit/s.
  var capacity: Double
  /// What they carried over what they could have carried.
  var mean: Double
  /// The one with the highest mean.
  var busiest: LinkUse?
  /// The longest time of samples in which one of them was used more than 90 %.
  var busySeconds: Double

  init(_ kind: LinkKind, _ uses: [LinkUse], seconds: Double) {
    self.kind = kind
    links = uses.count
    // The two directions of a link are one capacity, each way.
    let bits = uses.reduce(0) { $0 + $1.offered / ($1.isTwoWay ? 2 : 1) }
    capacity = seconds > 0 ? bits / seconds : .nan
    mean = uses.mean
    busiest = uses.filter { $0.mean.isFinite }.max { ($0.mean, $1.link) < ($1.mean, $0.link) }
    busySeconds = uses.map(\.busySeconds).filter { !$0.isNaN }.max() ?? .nan
  }
}

extension [LinkUse] {
  /// What all carried over what they could have carried: the mean use, each by its capacity.
  var mean: Double {
    let offered = reduce(0) { $0 + $1.offered }
    return offered > 0 ? reduce(0) { $0 + $1.carried } / offered : .nan
  }
}

extension Model {
  /// The kinds of the links that are told of as those of the network.
  ///
  /// Ports of fabrics are so many that they would hide all others; they are told by themselves,
  /// unless there is nothing else. Finding out goes through all links: asked once for all of them.
  var kindsOfNetwork: [LinkKind] {
    let hasOnlyFabrics = topology.links.allSatisfy { $0.kind == .fabric }
    return LinkKind.allCases.filter { $0 != .fabric || hasOnlyFabrics }
  }

  /// The links that are sampled: those of the table, and those of which peaks are told.
  var sampledLinks: [Int] {
    let hasOnlyFabrics = kindsOfNetwork.contains(.fabric)
    let wantsPorts =
      outputs.kinds.contains(.fabricLinks) || outputs.kinds.contains(.links) && hasOnlyFabrics
    guard outputs.sampleEvery != nil || outputs.kinds.contains(.links) else { return [] }
    return topology.links.indices.filter { wantsPorts || topology.links[$0].kind != .fabric }
  }
}

extension World {
  func linkUse() -> [LinkUse] {
    model.topology.links.indices.map { index in
      let link = model.topology.links[index]
      let use = meter.use(of: index, carried: carriedBits(of: index), at: now)
      return LinkUse(
        link: link.name, kind: link.kind, isTwoWay: link.reverse != nil,
        mean: use.offered > 0 ? use.carried / use.offered : .nan, peak: meter.peak(of: index),
        busySeconds: meter.busySeconds(of: index), carried: use.carried, offered: use.offered)
    }
  }

  /// The links of each kind that there is.
  func linkKindUse(_ links: [LinkUse]) -> [LinkKindUse] {
    let seconds = (now - (.zero + model.warmUp)).seconds
    return LinkKind.allCases.compactMap { kind in
      let some = links.filter { $0.kind == kind }
      return some.isEmpty ? nil : LinkKindUse(kind, some, seconds: seconds)
    }
  }

  /// Adds how much links were used: those of the network, and those of each kind.
  func describe(_ links: [LinkUse], into outcome: inout RunOutcome) {
    let kinds = linkKindUse(links)
    let kindsOfNetwork = model.kindsOfNetwork
    let network = links.filter { kindsOfNetwork.contains($0.kind) }
    describe(network, kinds, in: &outcome.summary)
    outcome.sections.add(shown(kinds), rank: 90)
    outcome.sections.add(busiest(of: network), rank: 90)
  }

  private func describe(
    _ network: [LinkUse], _ kinds: [LinkKindUse], in table: inout SummaryTable
  ) {
    table.add("link_utilisation_mean", network.mean)
    table.add("link_utilisation_max", network.map(\.mean).filter { !$0.isNaN }.max() ?? .nan)
    // Without samples nobody knows.
    if let busy = network.map(\.busySeconds).filter({ !$0.isNaN }).max() {
      table.add("link_time_above_90_max", busy, unit: "s")
    }
    for kind in kinds {
      let name = kind.kind.rawValue
      table.add("link_utilisation_mean_\(name)", kind.mean, showing: .never)
      table.add("link_utilisation_max_\(name)", kind.busiest?.mean ?? .nan, showing: .never)
      table.add("link_capacity_\(name)", kind.capacity, unit: "bit/s", showing: .never)
    }
  }

  /// How much the links of each kind were used, where there are several kinds.
  private func shown(_ kinds: [LinkKindUse]) -> Listing {
    var listing = Listing(["links", "number", "capacity each way", "mean use", "busiest", "use"])
    guard kinds.count > 1 else { return listing }
    for kind in kinds {
      listing.append([
        .text(kind.kind.rawValue), .number(kind.links),
        kind.capacity.isNaN ? .absent : .rate(kind.capacity), .share(kind.mean),
        kind.busiest.map { .text($0.link) } ?? .absent, .share(kind.busiest?.mean ?? .nan),
      ])
    }
    return listing
  }

  /// The links that were full for longest, then those with the highest mean use.
  ///
  /// A peak says little: a link that carries one flow at its own rate for a moment has one of 100 %.
  private func busiest(of links: [LinkUse]) -> Listing {
    let busiest = links.filter { $0.mean > 0 }
      .sorted { ($1.fullSeconds, $1.mean, $0.link) < ($0.fullSeconds, $0.mean, $1.link) }
      .prefix(ShownSections.mostRows)
    let isSampled = busiest.contains { !$0.busySeconds.isNaN }
    var listing = Listing(
      ["busiest links", "mean use"]
        + (isSampled ? ["above 90 % for", "peak use", "peak ends at"] : []))
    for link in busiest {
      let peak = link.peak
      let samples: [Cell] = [
        .seconds(link.busySeconds), .share(peak.utilisation), .seconds(peak.end.seconds),
      ]
      listing.append([.text(link.link), .share(link.mean)] + (isSampled ? samples : []))
    }
    return listing
  }
}

extension LinkUse {
  /// The time for which it was full, as far as anybody knows.
  fileprivate var fullSeconds: Double { busySeconds.isNaN ? 0 : busySeconds }
}
