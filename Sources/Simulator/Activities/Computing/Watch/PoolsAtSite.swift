// SPDX-License-Identifier: GPL-3.0-or-later
internal import Compute
internal import NetworkModel

extension Computing {
  /// The pools of a place as they are now, in the order of the scenario.
  func pools(at place: String) -> [SiteAccount.Pool] {
    pools.filter { model.topology[$0.design.node] == place }.map { pool in
      var meter = pool.meter
      meter.advance(to: now)
      return SiteAccount.Pool(
        name: pool.design.name, accelerator: pool.design.accelerator, count: pool.design.count,
        used: pool.held, waiting: pool.waiting,
        facility_kW: pool.design.power.isKnown ? meter.facility_kW : .nan)
    }
  }
}
