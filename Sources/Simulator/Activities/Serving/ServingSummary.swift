// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Results
internal import Traffic

// What there is to say of services when the run is over.

extension Serving {
  func finish(into outcome: inout RunOutcome) throws(RunError) {
    guard !services.isEmpty else { return }
    outcome.inputs += try inputRecords()
    for service in services.indices {
      for site in services[service].sites.indices {
        services[service].sites[site].meter.add(busy: 0, held: 0, at: now)
      }
    }
    let traces = services.compactMap { service in
      service.feed?.reading.map {
        TraceOutcome(name: service.design.name, $0, .requestsToServices)
      }
    }
    outcome.traces += traces
    outcome.summary.add(traces)
    let isPromised = services.contains { !$0.design.promise.isEmpty }
    book.describe(prefix: "", until: now, isPromised: isPromised, in: &outcome.summary)
    describeUse(of: services.indices, book, prefix: "", in: &outcome.summary)
    if services.count > 1 {
      for (index, service) in services.enumerated() {
        let prefix = service.design.name + "/"
        service.book.describe(
          prefix: prefix, until: now, isPromised: !service.design.promise.isEmpty,
          in: &outcome.summary)
        describeUse(of: index..<index + 1, service.book, prefix: prefix, in: &outcome.summary)
      }
    }
    outcome.sections.add(shownServices(), rank: 28)
  }

  /// What the replicas of some services did with what they held, and what power they took.
  private func describeUse(
    of range: Range<Int>, _ book: AnswerBook, prefix: String, in table: inout SummaryTable
  ) {
    let use = use(of: range)
    table.add(prefix + "inference_use", use.held > 0 ? use.busy / use.held : .nan)
    table.add(prefix + "inference_replicas", mean(use.replicaSeconds))
    table.add(prefix + "inference_replicas_needed", mean(book.work ?? .nan))
    let accounts = range.flatMap { services[$0].sites.map(\.meter.meter.account) }
    let facility = accounts.reduce(0) { $0 + $1.facility_kWh.sum }
    guard facility > 0 else { return }
    table.add(prefix + "inference_energy", facility, unit: "kWh")
    let yuan = accounts.reduce(0) { $0 + $1.energy_yuan.sum }
    table.add(prefix + "inference_energy_cost", yuan, unit: "yuan")
  }

  /// So many seconds of something as a mean over the run.
  private func mean(_ seconds: Double) -> Double {
    now > .zero ? seconds / now.seconds : .nan
  }

  /// How long accelerators were at work and held, and replicas there, in seconds.
  private func use(
    of range: Range<Int>
  ) -> (busy: Double, held: Double, replicaSeconds: Double) {
    var (busy, held, there) = (0.0, 0.0, 0.0)
    for index in range {
      let design = services[index].design
      for replica in services[index].replicas {
        let accelerators = Double(design.accelerators(of: replicas[replica].site))
        let seconds = replicas[replica].hold.seconds(until: now)
        busy += replicas[replica].work.seconds(until: now) * accelerators
        held += seconds * accelerators
        there += seconds * Double(design.standsFor)
      }
    }
    return (busy, held, there)
  }

  private func shownServices() -> Listing {
    var listing = Listing([
      "service", "replicas", "needed", "requests", "served", "in", "out", "first token p50", "p99",
      "between tokens p50", "p99", "in use",
    ])
    for (index, service) in services.enumerated() {
      let book = services.count > 1 ? service.book : self.book
      let (first, between) = book.shown
      let use = use(of: index..<index + 1)
      listing.append([
        .text(service.design.name), .number(mean(use.replicaSeconds)),
        book.work.map { .number(mean($0)) } ?? .absent, .number(book.offered),
        .number(book.served), .amount(book.tokens.input), .amount(book.tokens.output),
        .seconds(first.p50), .seconds(first.p99), .seconds(between.p50), .seconds(between.p99),
        use.held > 0 ? .share(use.busy / use.held) : .absent,
      ])
    }
    return listing
  }
}
