// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling

// A policy says how much power the sites of pools may take.

extension Computing {
  /// Has the first question asked, where anybody decides.
  func planPowerReview() {
    guard model.computing.decidesPower else { return }
    world.plan(.computing(.powerIsReviewed), at: now)
  }

  /// Asks, does what is said, and plans the next question.
  func reviewPower() throws(RunError) {
    let question = powerQuestion()
    if let outside = powerOutside {
      let answer = try outside.ask(question)
      for (pool, watts) in answer.limits { setLimit(of: pool, to: watts) }
      if let call = answer.callAt { world.plan(.computing(.powerIsReviewed), at: call) }
    } else if let policy = model.computing.powerPolicy {
      for (about, watts) in zip(question.pools, policy.limits(question)) {
        setLimit(of: about.pool, to: watts)
      }
    }
    guard nextPowerReview <= now else { return }
    let changes = question.pools.map { pools[$0.pool].meter.rates.until }
    guard let next = changes.filter({ $0 > now }).min() else { return }
    nextPowerReview = next
    world.plan(.computing(.powerIsReviewed), at: next)
  }

  private func powerQuestion() -> PowerQuestion {
    var about: [PowerPool] = []
    for index in pools.indices where pools[index].design.power.full > 0 {
      pools[index].meter.advance(to: now)
      let rates = pools[index].meter.rates
      let power = pools[index].design.power
      about.append(
        PowerPool(
          pool: index, price_yuan_kWh: rates.price_yuan_kWh, pue: rates.pue,
          full_W: power.full * Double(pools[index].design.count) * rates.pue,
          running: pools[index].busy, waiting: pools[index].waiting))
    }
    return PowerQuestion(instant: now, pools: about)
  }

  private func setLimit(of pool: Int, to watts: Double?) {
    guard pools[pool].limit_W != watts else { return }
    pools[pool].limit_W = watts
    pools[pool].limitBegan = now
    book.powerLimits += 1
    powerChanges(of: pool)
  }
}
