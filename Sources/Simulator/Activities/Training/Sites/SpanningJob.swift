// SPDX-License-Identifier: GPL-3.0-or-later
public import NetworkModel
public import Traffic

/// A training job over several sites: a job at each of them, and what they exchange.
///
/// The jobs of the sites begin every iteration together, meet once in it, and end it together.
/// Where they meet, bytes go over the hops, each of which is a path between two sites.
public struct SpanningJob: Sendable {
  /// What happens where the sites meet.
  public enum Exchange: Equatable, Sendable {
    /// So many bytes go over every hop at once, each paying its delay so often.
    case ring(bytes: Double, latencies: Int)
    /// Microbatches go from site to site and back.
    case pipeline(PipelinedSites)
  }

  /// A path from one site to another, with the connections that share it.
  public struct Hop: Equatable, Sendable {
    /// The positions of both ends among the sites.
    public var source: Int
    public var target: Int
    public var route: Route
    public var connections: Int
    /// What the cards that have the connections can send or receive together.
    public var cards: BitsPerSecond

    public init(source: Int, target: Int, route: Route, connections: Int, cards: BitsPerSecond) {
      self.source = source
      self.target = target
      self.route = route
      self.connections = connections
      self.cards = cards
    }
  }

  public var name: String
  /// The class of what goes over the hops.
  public var trafficClass: Int
  /// The jobs of the sites, by their position in the model.
  public var members: [Int]
  public var exchange: Exchange
  public var hops: [Hop]
  /// Operations of the model in an iteration, and what all accelerators could do in a second.
  public var operations: Double
  public var peak: Double
  /// What the job is compared with.
  public var oneSite: [OneSiteJob]

  public init(
    name: String, trafficClass: Int = 0, members: [Int], exchange: Exchange, hops: [Hop],
    operations: Double = 0, peak: Double = 0, oneSite: [OneSiteJob] = []
  ) {
    self.name = name
    self.trafficClass = trafficClass
    self.members = members
    self.exchange = exchange
    self.hops = hops
    self.operations = operations
    self.peak = peak
    self.oneSite = oneSite
  }

  /// The hops of a ring over sites; two sites have one each way.
  public static func ring(of sites: Int) -> [(source: Int, target: Int)] {
    (0..<sites).map { ($0, ($0 + 1) % sites) }
  }

  /// The hops of a line of sites, to the next and to the one before.
  public static func line(of sites: Int) -> [(source: Int, target: Int)] {
    (1..<sites).flatMap { [($0 - 1, $0), ($0, $0 - 1)] }
  }

  /// The sum of `bytes` over all sites reduced and gathered round a ring, as every hop sees it.
  public static func ringAllReduce(of bytes: Double, over sites: Int) -> Exchange {
    let rounds = 2 * (sites - 1)
    return .ring(bytes: bytes * Double(rounds) / Double(sites), latencies: rounds)
  }
}
