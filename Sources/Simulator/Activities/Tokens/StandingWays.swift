// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Traffic

/// The ways between the sources and the sites of token traffic, as links stand.
struct StandingWays: Equatable {
  /// By source and site: the mean delay there and back; nil where no way leads there.
  var delays: [[SimDuration?]] = []
  /// By source and site: the positions of the ways that lead there and back.
  var open: [[[Int]]] = []
}

extension World {
  /// The ways of token traffic as its demands would go now.
  func standingWays(of traffic: TokenTraffic) -> StandingWays {
    let terms = model.classes[traffic.trafficClass]
    var standing = StandingWays()
    for source in traffic.sources {
      var delays: [SimDuration?] = []
      var open: [[Int]] = []
      for ways in source.ways {
        let found = ways.map { roundTrip(of: $0, terms) }
        let used = found.indices.filter { found[$0] != nil }
        let sum = found.reduce(0) { $0 + ($1?.nanoseconds ?? 0) }
        let mean = SimDuration(nanoseconds: sum / Int64(max(1, used.count)))
        delays.append(used.isEmpty && !ways.isEmpty ? nil : mean)
        open.append(used)
      }
      standing.delays.append(delays)
      standing.open.append(open)
    }
    return standing
  }

  /// The delay of a way there and back; nil where it does not lead both ways.
  private func roundTrip(of way: TokenWay, _ terms: TrafficClass) -> SimDuration? {
    guard let up = standingRoute(from: model.routes[way.up], terms),
      let down = standingRoute(from: model.routes[way.down], terms)
    else { return nil }
    return (up.links + down.links).reduce(.zero) { $0 + lanes.delays[Int($1.index)] }
  }
}
