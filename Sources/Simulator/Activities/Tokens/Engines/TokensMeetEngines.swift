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
    sites = traffic.sites.enumerated().map { index, site in
      TokenEngine(site.speed ?? .node, engines, name: "\(traffic.name)/\(index)", seed: seed)
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

extension TokenEngineRoom {
  /// For how long the engine of a site is at work before it is looked at, in a step of some length.
  fileprivate func lead(at site: Int, in length: SimDuration) -> SimDuration {
    guard sites[site].hasBegun else { return engines.warmUp }
    return engines.window < length
      ? SimDuration(nanoseconds: engines.window.nanoseconds / 2) : .zero
  }
}

extension Tokens {
  /// Looks at what requests waited for in a step that is over.
  ///
  /// - Precondition: Streams still have its rates.
  func lookAtEngines(_ step: TokenStep, of index: Int) throws(RunError) {
    // Taken out meanwhile, so that its engines are not copied.
    guard var room = rooms[index].take() else { return }
    defer { rooms[index] = room }
    let traffic = books[index].traffic
    let length = step.span.end - step.span.start
    for site in traffic.sites.indices {
      let load = books[index].load(at: site, room.sizes)
      guard load.rate > 0 || room.sites[site].hasBegun else { continue }
      let lead = room.lead(at: site, in: length)
      let waits = room.sites[site].live(
        for: lead, lookingAt: min(length, room.engines.window), load, room.engines.promise)
      let requests = load.rate * step.span.seconds
      waitBook.add(waits, of: requests)
      try tables.waits?.append(
        TokenWaitsTable.Row(
          traffic: traffic.name, site: traffic.sites[site].node, span: step.span,
          engines: room.sites[site].count, load: step.sites[site].use * room.engines.fill,
          requests: requests, waits: waits, isPromised: !room.engines.promise.isEmpty))
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
