// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results
internal import Traffic

// What requests wait for at sites: engines are looked at as each step of the day ends.

/// The engines of one token traffic, and what was seen of them.
struct TokenEngineRoom {
  let engines: TokenEngines
  let sizes: [TokenSizes]
  /// By site.
  var sites: [TokenEngine]

  /// Nil where nobody asks for them.
  init?(_ traffic: TokenTraffic, seed: UInt64) {
    guard let engines = traffic.engines else { return nil }
    self.engines = engines
    sizes = traffic.services.map { TokenSizes($0) }
    // A site without a limit has no engines: the scenario's check leaves none.
    sites = traffic.sites.map { site in
      TokenEngine(
        site, site.speed ?? .node, engines, name: traffic.name, seed: seed)
    }
  }
}

extension TokenBook {
  /// What comes to a site now.
  func load(at site: Int, _ sizes: [TokenSizes]) -> TokenLoad {
    let kinds = streams.filter { $0.place.site == site && $0.rate > 0 }.map { stream in
      TokenLoad.Kind(
        rate: stream.rate / traffic.services[stream.place.service].tokensPerRequest,
        service: stream.place.service, way: routes.delays[stream.place.source][site] ?? .zero)
    }
    return TokenLoad(kinds, sizes)
  }

  /// Requests a second that no site has room for now.
  var refusedRequests: Double {
    refusals.reduce(0) { sum, services in
      sum + zip(services, traffic.services).reduce(0) { $0 + $1.0.rate / $1.1.tokensPerRequest }
    }
  }
}

extension Tokens {
  /// Looks at what requests waited for in a step that is over.
  ///
  /// - Precondition: Streams still have its rates.
  func lookAtEngines(_ step: TokenStep, of index: Int) throws(RunError) {
    guard let engines = rooms[index]?.engines, let sizes = rooms[index]?.sizes else { return }
    let traffic = books[index].traffic
    let length = step.span.end - step.span.start
    let window = min(length, engines.window)
    for site in traffic.sites.indices {
      let load = books[index].load(at: site, sizes)
      let isFirst = rooms[index]?.sites[site].hasBegun == false
      guard load.rate > 0 || !isFirst else { continue }
      let before = isFirst ? engines.warmUp : window < length ? SimDuration(nanoseconds: window.nanoseconds / 2) : .zero
      guard
        let waits = rooms[index]?.sites[site].live(
          for: before, lookingAt: window, load, engines.promise)
      else { continue }
      let requests = load.rate * step.span.seconds
      waitBook.add(waits, of: requests)
      try tables.waits?.append(
        TokenWaitsTable.Row(
          traffic: traffic.name, site: traffic.sites[site].node, span: step.span,
          engines: rooms[index]?.sites[site].count ?? 0,
          load: step.sites[site].use * engines.fill, requests: requests, waits: waits,
          isPromised: !engines.promise.isEmpty))
    }
    waitBook.refuse(books[index].refusedRequests * step.span.seconds)
  }

  /// Adds what requests waited for, where anybody asks.
  func describeWaits(in table: inout SummaryTable) {
    let engines = rooms.compactMap { $0?.engines }
    guard !engines.isEmpty else { return }
    waitBook.describe(isPromised: engines.contains { !$0.promise.isEmpty }, in: &table)
  }
}
