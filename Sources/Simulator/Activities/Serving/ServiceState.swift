// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling
internal import Traffic

/// A service at work: one request ahead of the run.
struct ServiceState {
  let design: InferenceService
  /// Its replicas, among those of all services.
  let replicas: Range<Int>
  var feed: InferenceFeed?
  var pending: OfferedRequest?
  var router: any RequestRouter
  /// What it looks at of replicas.
  let facts: ReplicaFacts
  var book: AnswerBook
  var sites: [SiteState]
  /// Which beginning each prompt has.
  var prefixes: RandomStream

  init(_ design: InferenceService, replicas: Range<Int>, model: Model) {
    self.design = design
    self.replicas = replicas
    router = design.routing.router(service: design.name, seed: model.seed)
    facts = router.facts
    book = AnswerBook(countsFrom: .zero + model.warmUp)
    prefixes = RandomStream(seed: model.seed, name: "inference/\(design.name)/prefixes")
    var first = replicas.lowerBound
    sites = design.sites.map { site in
      defer { first += site.most }
      return SiteState(
        replicas: first..<first + site.most,
        meter: SiteMeter(on: model.computing.pools[site.pool].power))
    }
  }
}

/// A site of a service at work.
struct SiteState {
  /// Its replicas, among those of all services.
  let replicas: Range<Int>
  /// What they take of electricity.
  var meter: SiteMeter
  /// Requests that it has, and their sum over time in seconds since the last look.
  private(set) var requests = 0
  private var sum = 0.0
  private var since = SimTime.zero

  init(replicas: Range<Int>, meter: SiteMeter) {
    self.replicas = replicas
    self.meter = meter
  }

  mutating func add(requests change: Int, at now: SimTime) {
    sum += Double(requests) * (now - since).seconds
    since = now
    requests += change
  }

  /// The mean number of requests over a time up to now, which begins anew.
  mutating func meanRequests(over time: SimDuration, at now: SimTime) -> Double {
    add(requests: 0, at: now)
    defer { sum = 0 }
    return sum / time.seconds
  }
}

/// The electricity that the replicas of a site take: a part of what their pool does.
struct SiteMeter {
  private let power: PoolPower
  private var held = 0
  private var busy = 0
  private(set) var meter: PowerMeter

  init(on power: PoolPower) {
    self.power = power
    meter = PowerMeter(power.terms)
  }

  /// Counts up to an instant, from which on so many more accelerators are at work and held.
  mutating func add(busy change: Int, held more: Int, at now: SimTime) {
    busy += change
    held += more
    guard power.full > 0 else { return }
    meter.advance(to: now)
    meter.setPower(itWatts: power.idle * Double(held - busy) + power.full * Double(busy))
  }

  /// Counts up to an instant, and gives what so many seconds of an accelerator at full power cost then.
  mutating func yuan(forSeconds seconds: Double, at now: SimTime) -> Double {
    let price = price(at: now)
    return power.full / 1000 * meter.rates.pue * price * seconds / 3600
  }

  /// Counts up to an instant, and gives the price of a kilowatt-hour then.
  mutating func price(at now: SimTime) -> Double {
    meter.advance(to: now)
    return meter.rates.price_yuan_kWh
  }
}
