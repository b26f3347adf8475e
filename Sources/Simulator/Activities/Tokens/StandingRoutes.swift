// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// The routes between the sources and the sites of token traffic, as links stand.
struct StandingRoutes: Equatable {
  /// By source and site: the mean delay there and back; nil where no way leads there.
  var delays: [[SimDuration?]] = []
  /// By source and site: the positions of the routes that lead there and back.
  var open: [[[Int]]] = []
}

/// The state of links in which all routes are what they were when it was seen before.
struct QuietLinks: Equatable {
  /// How often a delay had changed by then.
  private let delayChanges: Int

  /// Nil while a link is down: then it counts for how long it has been.
  init?(_ world: World) {
    guard world.links.downCount == 0 else { return nil }
    delayChanges = world.flowClasses.delayChanges
  }
}

extension Tokens {
  /// The routes of a traffic as its demands would go now; those of its last answer where links are
  /// as they were.
  func standingRoutes(of index: Int) -> StandingRoutes {
    if let quiet = QuietLinks(world), quiet == books[index].quiet { return books[index].routes }
    return world.standingRoutes(of: books[index].traffic)
  }
}

extension World {
  /// The routes of token traffic as its demands would go now.
  func standingRoutes(of traffic: TokenTraffic) -> StandingRoutes {
    let terms = model.classes[traffic.trafficClass]
    var standing = StandingRoutes()
    for source in traffic.sources {
      var delays: [SimDuration?] = []
      var open: [[Int]] = []
      for routes in source.routes {
        let found = routes.map { roundTrip(of: $0, terms) }
        let used = found.indices.filter { found[$0] != nil }
        let sum = found.reduce(0) { $0 + ($1?.nanoseconds ?? 0) }
        let mean = SimDuration(nanoseconds: sum / Int64(max(1, used.count)))
        delays.append(used.isEmpty && !routes.isEmpty ? nil : mean)
        open.append(used)
      }
      standing.delays.append(delays)
      standing.open.append(open)
    }
    return standing
  }

  /// The delay of two routes there and back; nil where one of them stands still.
  private func roundTrip(of pair: RoutePair, _ terms: TrafficClass) -> SimDuration? {
    guard let up = standingRoute(from: model.routes[pair.up], terms),
      let down = standingRoute(from: model.routes[pair.down], terms)
    else { return nil }
    return delay(of: up) + delay(of: down)
  }

  private func delay(of route: Route) -> SimDuration {
    route.links.reduce(.zero) { $0 + flowClasses.delays[Int($1.index)] }
  }
}
