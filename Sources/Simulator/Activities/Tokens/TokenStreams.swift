// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

// The streams of token traffic: demands are laid for each before anything goes there.

extension Tokens {
  /// Lays the streams of a day, as it would be if no link changed.
  ///
  /// They are no plan: each step is asked for again when it comes. They tell those who promise
  /// bandwidth how much of it tokens may take.
  func layExpectedStreams(of index: Int) {
    let traffic = books[index].traffic
    let routes = world.standingRoutes(of: traffic)
    var most: [[[Double]]] = []
    for step in 0..<traffic.steps {
      let question = books[index].question(at: now, inStep: step, routes)
      let rates = question.rates(by: books[index].policy.answer(to: question))
      if most.isEmpty { most = rates }
      for source in rates.indices {
        for service in rates[source].indices {
          for (site, rate) in rates[source][service].enumerated() {
            most[source][service][site] = max(most[source][service][site], rate)
          }
        }
      }
    }
    layStreams(of: index, most)
  }

  /// Lays the streams that are not there yet, by source, service and site: where the rate, which is
  /// the most that is expected, is above 0.
  func layStreams(of index: Int, _ rates: [[[Double]]]) {
    for (source, services) in rates.enumerated() {
      for (service, sites) in services.enumerated() {
        for (site, rate) in sites.enumerated() where rate > 0 {
          let place = TokenStream.Place(source: source, service: service, site: site)
          guard !books[index].has(place) else { continue }
          let carriers = layDemands(of: place, books[index].traffic, expecting: rate)
          books[index].add(TokenStream(place, carriers: carriers))
        }
      }
    }
  }

  /// Lays what a stream sends over the network, to each node of its site and back.
  private func layDemands(
    of place: TokenStream.Place, _ traffic: TokenTraffic, expecting rate: Double
  ) -> [TokenStream.Carriers] {
    let source = traffic.sources[place.source]
    let service = traffic.services[place.service]
    let routes = source.routes[place.site]
    let part = rate / Double(max(1, routes.count))
    func demand(
      _ from: String, _ to: String, _ more: String = "", route: Int, bitsPerToken: Double
    ) -> Demand {
      Demand(
        name: "\(traffic.name)/\(service.name)/\(from)-\(to)\(more)",
        trafficClass: traffic.trafficClass, route: route,
        rate: BitsPerSecond(part * bitsPerToken), start: traffic.start, stop: traffic.stop)
    }
    return routes.map { pair in
      TokenStream.Carriers(
        up: world.ask.layDemand(
          demand(source.node, pair.node, route: pair.up, bitsPerToken: service.bitsUpPerToken)),
        down: world.ask.layDemand(
          demand(
            pair.node, source.node, ask(traffic, pair.node, of: source.node) ? "/answers" : "",
            route: pair.down, bitsPerToken: service.bitsDownPerToken)))
    }
  }

  /// Whether a place asks another one, too, that asks it: requests would have the names of answers.
  private func ask(_ traffic: TokenTraffic, _ place: String, of other: String) -> Bool {
    traffic.sources.contains { source in
      source.node == place && source.routes.contains { $0.contains { $0.node == other } }
    }
  }
}

extension TokenQuestion {
  /// Tokens a second that an answer sends, by source, service and site.
  func rates(by answer: TokenAnswer) -> [[[Double]]] {
    zip(asked, answer.parts).map { tokens, parts in
      zip(tokens, parts).map { tokens, parts in parts.map { tokens * $0 } }
    }
  }
}
