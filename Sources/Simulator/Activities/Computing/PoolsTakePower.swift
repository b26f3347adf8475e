// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import EventKernel
internal import Scheduling
internal import Traffic

// The power that pools take and may take, and how fast jobs run with it.

extension Computing {
  /// Sets the power that a pool takes at the start, and plans the first change that comes by itself.
  func planPower(of pool: Int) {
    guard pools[pool].design.power.isKnown else { return }
    powerChanges(of: pool)
  }

  /// Plans when policies hear of prices that differ from the tariff.
  func planAnnouncements() {
    let times = Set(pools.flatMap { $0.design.power.terms.signals.map(\.announced) })
    for time in times.sorted() where time > now && time < horizon {
      world.plan(.computing(.signalsAreAnnounced), at: time)
    }
  }

  /// Policies reckon with another price from now on, and jobs may be moved because of it.
  func signalsAreAnnounced() {
    registry.learnSignals(by: now)
    if model.computing.placement.moves != nil { instant.isReviewing = true }
    // A program outside may have jobs wait for such news.
    if outside != nil { instant.isReading = true }
  }

  /// A cap begins or ends, the load of a pool changes, or under a cap the need for cooling does.
  func powerChanges(of pool: Int) {
    let power = pools[pool].design.power
    pools[pool].meter.advance(to: now)
    let cap = pools[pool].cap(at: now)
    pools[pool].meter.setCap(facilityWatts: cap?.watts)
    updatePower(of: pool)
    updateBoard(of: pool)
    guard let next = nextChange(of: power, under: cap, pools[pool].meter),
      next != pools[pool].nextPowerChange
    else { return }
    pools[pool].nextPowerChange = next
    world.plan(.computing(.powerChanges(pool: Int32(pool))), at: next)
  }

  private func nextChange(
    of power: PoolPower, under cap: PowerCap?, _ meter: PowerMeter
  ) -> SimTime? {
    var times = power.caps.flatMap { [$0.from, $0.to] } + power.steps.map(\.from)
    if cap != nil { times.append(meter.rates.until) }
    return times.filter { $0 > now }.min()
  }

  /// Tells the meter of a pool what its equipment asks for now, and its jobs what that leaves them.
  func updatePower(of pool: Int) {
    let power = pools[pool].design.power
    guard power.isKnown else { return }
    pools[pool].meter.advance(to: now)
    let load = power.steps.last { $0.from <= now }?.watts
    pools[pool].meter.setPower(itWatts: load ?? pools[pool].powerAsked)
    let isCapped = pools[pool].meter.isCapped
    let speed = isCapped ? pools[pool].speed(at: pools[pool].meter.it_kW * 1000) : 1
    setSpeed(of: pool, to: speed)
  }

  /// So many more accelerators of a pool are at work for services, and set apart for them.
  func serve(on pool: Int, busy: Int, held: Int) {
    pools[pool].servingBusy += busy
    if held != 0 {
      pools[pool].setServing(pools[pool].serving + held, at: now)
      updateBoard(of: pool)
      markPool(pool)
    }
    updatePower(of: pool)
  }

  /// Whether jobs have left what is set apart for services.
  func hasRoom(on pool: Int) -> Bool { pools[pool].busy <= pools[pool].inService }

  private func setSpeed(of pool: Int, to speed: Double) {
    guard speed != pools[pool].speed else { return }
    guard !pools[pool].isShared else {
      pools[pool].speed = speed
      pools[pool].sharing?.setPower(speed, at: now.nanoseconds)
      return planNextEnd(of: pool)
    }
    for id in pools[pool].running { renewExpected(of: id, from: pools[pool].speed, to: speed) }
    let running = withTeammates(pools[pool].running)
    for id in running { settle(id) }
    pools[pool].speed = speed
    for id in running { planEnd(of: id) }
    updateBoard(of: pool)
  }

  /// The time that a job has asked for is longer while its pool is slow, and with it the end that it is
  /// expected to have; while nothing runs, that at full speed.
  private func renewExpected(of id: JobID, from old: Double, to new: Double) {
    let accelerators = Double(jobs[id].job.accelerators)
    let since = old > 0 ? now : jobs[id].since
    let left = jobs[id].expected / accelerators - since.seconds
    guard left > 0 else { return }
    let expected = accelerators * (now.seconds + left * (old > 0 ? old : 1) / (new > 0 ? new : 1))
    pools[Int(jobs[id].pool)].runningUntil += expected - jobs[id].expected
    jobs[id].expected = expected
  }

  /// Counts the energy that a job has taken, where somebody wants to read it: at a speed, with a part of the
  /// accelerators that it asked for.
  func count(
    energyOf id: JobID, from: SimTime, to: SimTime, speed: Double, part: Double = 1
  ) {
    let isWatched = isWatched(id)
    guard tables.jobs != nil || isWatched else { return }
    let power = pools[Int(jobs[id].pool)].design.power
    guard power.full > 0 else { return }
    let each = power.idle * part + (power.full - power.idle) * speed
    let spend = power.terms.spend(
      itWatts: each * Double(jobs[id].job.accelerators), from: from, to: to)
    if isWatched { watchSpend(power.terms, each, of: id, from: from, to: to) }
    jobs[id].account.kWh += spend.facility_kWh
    jobs[id].account.yuan += spend.yuan
    jobs[id].account.carbon_kg += spend.carbon_kg
  }
}
