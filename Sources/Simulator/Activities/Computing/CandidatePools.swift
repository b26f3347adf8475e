// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

/// Where the jobs of each entry may run, from least delay on, and the ways there.
///
/// Which pools are allowed depends on the entry and on where its data are, and not on the job but
/// for its size: it is worked out once.
struct CandidatePools {
  /// A pool that an entry may use, with the way to it.
  struct Way {
    var candidate: PoolCandidate
    var count: Int
    /// The least capacity of the route from where input comes from, in bit/s; 0 without a route.
    var rate: Double
  }

  /// All of an entry and a place.
  private struct Ways {
    var all: [Way]
    /// Those of jobs of any size without input; they have room for so many accelerators at least.
    var candidates: [PoolCandidate]
    var least: Int

    init(_ ways: [Way]) {
      all = ways
      candidates = ways.map(\.candidate)
      least = ways.map(\.count).min() ?? 0
    }
  }

  let model: ComputingModel
  let topology: Topology
  private var resolver: PathResolver
  private var known: [Key: Ways] = [:]
  /// What lies between two nodes, of which many entries and pools ask; nil where there is no route.
  private var reaches: [Ends: Reach?] = [:]
  /// Iterations in a second.
  var paces: [Pace: Double] = [:]
  /// The same of entries whose jobs run on several pools.
  var teamPaces: [Int32: Double] = [:]

  /// An entry of training jobs on a fabric.
  struct Pace: Hashable {
    var entry: Int32
    var fabric: String
  }

  private struct Key: Hashable {
    var entry: Int32
    var place: Int
  }

  private struct Ends: Hashable {
    var source: NodeID
    var target: NodeID
  }

  private struct Reach {
    var delay: SimDuration
    /// The least capacity on the way, in bit/s.
    var rate: Double
  }

  init(_ model: ComputingModel, topology: Topology) {
    self.model = model
    self.topology = topology
    resolver = PathResolver(topology)
  }

  /// The pools that may run a job, as a policy is asked about them.
  mutating func candidates(for job: OfferedJob, of entry: Int32) -> [PoolCandidate] {
    let ways = ways(of: entry, from: job.place)
    let moves = job.inputBytes > 0
    guard moves || job.accelerators > ways.least else { return ways.candidates }
    var found: [PoolCandidate] = []
    found.reserveCapacity(ways.all.count)
    for way in ways.all where way.count >= job.accelerators {
      var candidate = way.candidate
      if moves, way.rate > 0 {
        candidate.transfer = candidate.delay.seconds + job.inputBytes * 8 / way.rate
      }
      found.append(candidate)
    }
    return found
  }

  /// Why a job has no candidate.
  mutating func refusal(of job: OfferedJob, of entry: Int32) -> String {
    let entries = model.entries[Int(entry)]
    let level = entries.tenant.map { model.tenants[$0].level } ?? 1
    let pools = model.pools.filter { $0.countForJobs > 0 }
    if !ways(of: entry, from: job.place).all.isEmpty { return "too-large" }
    guard pools.contains(where: { $0.level >= level }) else { return "level" }
    guard
      pools.contains(where: { $0.level >= level && speed(of: entries, entry, on: $0) != nil })
    else { return entries.training == nil ? "type" : "fabric" }
    return entries.latency == nil ? "unreachable" : "latency"
  }

  /// What bytes take from one pool to another over an empty network, in seconds; forever where no
  /// way leads there.
  mutating func transfer(of bytes: Double, from source: Int32, to target: Int32) -> Double {
    transfer(of: bytes, from: source, to: model.pools[Int(target)].node)
  }

  /// The same from a pool to a node.
  mutating func transfer(of bytes: Double, from source: Int32, to target: NodeID) -> Double {
    let from = model.pools[Int(source)].node
    guard from != target else { return 0 }
    guard let reach = reach(from: from, to: target) else { return .infinity }
    return reach.delay.seconds + bytes * 8 / reach.rate
  }

  /// The route between two nodes; nil where they are one, or there is none.
  mutating func route(from source: NodeID, to target: NodeID) -> Route? {
    resolver.route(from: source, to: target)
  }

  private mutating func ways(of entry: Int32, from place: Int) -> Ways {
    let key = Key(entry: entry, place: place)
    if let ways = known[key] { return ways }
    let terms = model.entries[Int(entry)]
    var ways: [Way] = []
    for index in model.pools.indices {
      if let way = try? way(to: index, terms, entry, from: place) { ways.append(way) }
    }
    ways.sort { ($0.candidate.delay, $0.candidate.pool) < ($1.candidate.delay, $1.candidate.pool) }
    let found = Ways(ways)
    known[key] = found
    return found
  }

  private mutating func reach(from source: NodeID, to target: NodeID) -> Reach? {
    let ends = Ends(source: source, target: target)
    if let reach = reaches[ends] { return reach }
    let reach = route(from: source, to: target).map { route in
      Reach(
        delay: topology.delay(of: route),
        rate: route.links.map { topology[$0].capacity.value }.min() ?? 0)
    }
    reaches[ends] = .some(reach)
    return reach
  }

  /// Whether jobs are of the owner of a pool, who may use it whether it has joined or not.
  private func isOwned(_ pool: PoolDesign, by terms: JobEntry) -> Bool {
    terms.tenant.map { model.tenants[$0].name == pool.owner } ?? false
  }

  /// The way to a pool; throws why the entry may not use it, or can't reach it.
  mutating func way(
    to index: Int, _ terms: JobEntry, _ entry: Int32, from place: Int
  ) throws(PoolExclusion) -> Way {
    let pool = model.pools[index]
    let level = terms.tenant.map { model.tenants[$0].level } ?? 1
    guard pool.countForJobs > 0 else { throw .accelerators }
    guard pool.level >= level else { throw .level }
    if let only = terms.pool {
      guard only == index else { throw .other }
    } else if !pool.isJoined, !isOwned(pool, by: terms) {
      throw .notJoined
    }
    guard let speed = speed(of: terms, entry, on: pool) else {
      throw terms.training == nil ? .type : .fabric
    }
    if let back = terms.outputTo, back != pool.node, route(from: pool.node, to: back) == nil {
      throw .reach
    }
    var way = Way(
      candidate: PoolCandidate(pool: Int32(index), speed: speed), count: pool.countForJobs, rate: 0)
    guard place < terms.origins.count, terms.origins[place] != pool.node else { return way }
    guard let reach = reach(from: terms.origins[place], to: pool.node) else { throw .reach }
    way.candidate.delay = reach.delay
    way.rate = reach.rate
    if let bound = terms.latency, way.candidate.delay > bound { throw .latency }
    return way
  }
}
