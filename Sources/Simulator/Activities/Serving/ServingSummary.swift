// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Results

// What there is to say of services when the run is over.

extension Serving {
  func finish(into outcome: inout RunOutcome) throws(RunError) {
    guard !services.isEmpty else { return }
    outcome.inputs += try inputRecords()
    for service in services.indices {
      for site in services[service].meters.indices {
        services[service].meters[site].add(busy: 0, at: now)
      }
    }
    let isPromised = services.contains { !$0.design.promise.isEmpty }
    book.describe(prefix: "", until: now, isPromised: isPromised, in: &outcome.summary)
    describeUse(of: services.indices, prefix: "", in: &outcome.summary)
    if services.count > 1 {
      for (index, service) in services.enumerated() {
        let prefix = service.design.name + "/"
        service.book.describe(
          prefix: prefix, until: now, isPromised: !service.design.promise.isEmpty,
          in: &outcome.summary)
        describeUse(of: index..<index + 1, prefix: prefix, in: &outcome.summary)
      }
    }
    outcome.sections.add(shownServices(), rank: 28)
  }

  /// What the replicas of some services did with what they held, and what power they took.
  private func describeUse(
    of range: Range<Int>, prefix: String, in table: inout SummaryTable
  ) {
    table.add(prefix + "inference_use", use(of: range))
    let accounts = range.flatMap { services[$0].meters.map(\.meter.account) }
    let facility = accounts.reduce(0) { $0 + $1.facility_kWh.sum }
    guard facility > 0 else { return }
    table.add(prefix + "inference_energy", facility, unit: "kWh")
    let yuan = accounts.reduce(0) { $0 + $1.energy_yuan.sum }
    table.add(prefix + "inference_energy_cost", yuan, unit: "yuan")
  }

  /// The part of the time that replicas held their accelerators in which they were at work.
  private func use(of range: Range<Int>) -> Double {
    var (busy, held) = (0.0, 0.0)
    for index in range {
      for replica in services[index].replicas {
        let terms = services[index].design.sites[replicas[replica].site].engine
        busy += replicas[replica].busy(until: now) * Double(terms.accelerators)
        held += now.seconds * Double(terms.accelerators)
      }
    }
    return held > 0 ? busy / held : .nan
  }

  private func shownServices() -> Listing {
    var listing = Listing([
      "service", "replicas", "requests", "served", "first token p50", "p99", "between tokens p50",
      "p99", "in use",
    ])
    for (index, service) in services.enumerated() {
      let book = services.count > 1 ? service.book : self.book
      let (first, between) = book.shown
      listing.append([
        .text(service.design.name), .count(service.replicas.count), .number(book.offered),
        .number(book.served), .seconds(first.p50), .seconds(first.p99), .seconds(between.p50),
        .seconds(between.p99), .share(use(of: index..<index + 1)),
      ])
    }
    return listing
  }
}
