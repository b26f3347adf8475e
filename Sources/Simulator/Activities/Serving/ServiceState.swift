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
  var book: AnswerBook
  /// What its replicas take of electricity, a site each.
  var meters: [SiteMeter]

  init(_ design: InferenceService, replicas: Range<Int>, model: Model, countsFrom: SimTime) {
    self.design = design
    self.replicas = replicas
    router = design.routing.router(service: design.name, seed: model.seed)
    book = AnswerBook(countsFrom: countsFrom)
    meters = design.sites.map { SiteMeter($0, on: model.computing.pools[$0.pool].power) }
  }
}

/// The electricity that the replicas of a site take: a part of what their pool does.
struct SiteMeter {
  private let power: PoolPower
  private let accelerators: Int
  private var busy = 0
  private(set) var meter: PowerMeter

  init(_ site: ServiceSite, on power: PoolPower) {
    self.power = power
    accelerators = site.accelerators
    meter = PowerMeter(power.terms)
    add(busy: 0, at: .zero)
  }

  /// Counts up to an instant, from which on so many more accelerators are at work.
  mutating func add(busy change: Int, at now: SimTime) {
    guard power.full > 0 else { return }
    meter.advance(to: now)
    busy += change
    meter.setPower(
      itWatts: power.idle * Double(accelerators - busy) + power.full * Double(busy))
  }

  /// What an accelerator-hour at full power costs now, in yuan.
  var yuanPerHour: Double {
    power.full / 1000 * meter.rates.pue * meter.rates.price_yuan_kWh
  }
}
