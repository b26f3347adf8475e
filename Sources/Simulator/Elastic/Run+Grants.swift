// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

// What elastic flows get where a policy orders them:
//
//     grant = floor + min(ceiling - floor, what is left of the links on its way)
//
// one flow after the other by rank, where what is left of a link is what flows may have of it,
// less the floors of all elastic flows on it and what was granted on top of them so far. A flow
// whose floor and ceiling in the fluid system are its grant has just that rate.

extension Run {
  /// What there is to do for elastic flows at the end of an instant.
  @inline(__always)
  func tendElastic() throws(RunError) {
    guard elastic.isOn else { return }
    try tendElasticFlows()
  }

  private func tendElasticFlows() throws(RunError) {
    try admitFromLine()
    if elastic.needsGrants {
      elastic.needsGrants = false
      grantRates()
      fluid.settle()
    }
    try watchElastic()
  }

  private struct Turn {
    var group: Int
    var rank: Double
    var arrival: SimTime
    var flow: Int32
  }

  private func grantRates() {
    var turns: [Turn] = []
    for index in elastic.sending {
      let flow = elastic[index]
      let policy = elastic.policies[flow.entry]
      guard policy.ordersFlows else { continue }
      let left = fluid.bitsLeft(ofNextIn: Int(flow.lane), at: now.nanoseconds)
      turns.append(
        Turn(
          group: elastic.groups[flow.entry], rank: policy.rank(of: question(flow, bitsLeft: left)),
          arrival: flow.record.arrival, flow: index))
    }
    guard !turns.isEmpty else { return }
    turns.sort {
      ($0.group, $0.rank, $0.arrival, elastic[$0.flow].number)
        < ($1.group, $1.rank, $1.arrival, elastic[$1.flow].number)
    }
    measureRoom()
    for turn in turns { grant(turn.flow) }
  }

  /// What each link has left behind all floors of elastic flows.
  private func measureRoom() {
    for index in elastic.sending {
      for link in lanes.routes[Int(elastic[index].lane)].links {
        elastic.room[Int(link.index)] = capacityForFlows(Int(link.index))
      }
    }
    for index in elastic.sending {
      let floor = elastic.tier(of: elastic[index]).floor.value
      for link in lanes.routes[Int(elastic[index].lane)].links {
        elastic.room[Int(link.index)] -= floor
      }
    }
  }

  private func grant(_ index: Int32) {
    let flow = elastic[index]
    let tier = elastic.tier(of: flow)
    let path = lanes.routes[Int(flow.lane)].links
    let floor = tier.floor.value
    let room = path.map { elastic.room[Int($0.index)] }.min() ?? 0
    let extra = max(0, min(tier.ceiling.value - floor, room))
    if extra > 0 { for link in path { elastic.room[Int(link.index)] -= extra } }
    let grant = floor + extra
    guard grant != flow.grant else { return }
    elastic[index].grant = grant
    fluid.setTerms(
      ofClass: Int(flow.lane), weight: 1, floor: grant >= Run.leastGrant ? grant : 0,
      ceiling: max(grant, Run.leastGrant), yield: 1, at: now.nanoseconds)
  }

  /// A ceiling is more than zero: one bit in a quarter of an hour is as good as nothing.
  private static let leastGrant = 1e-3
}

// MARK: - What became of floors

extension Run {
  /// Notes the least and the most of all rates, and tells whose floor is broken.
  private func watchElastic() throws(RunError) {
    for index in elastic.sending {
      let rate = fluid.rate(ofClass: Int(elastic[index].lane))
      if rate < elastic[index].leastRate { elastic[index].leastRate = rate }
      if rate > elastic[index].mostRate { elastic[index].mostRate = rate }
      let flow = elastic[index]
      let isBelow =
        elastic.promises(flow) && rate < elastic.tier(of: flow).floor.value * Run.wholeFloor
      guard isBelow != flow.isBelowFloor else { continue }
      elastic[index].isBelowFloor = isBelow
      let name = names.text(of: flow.record.name)
      guard isBelow else {
        try note(.floorBack, name)
        continue
      }
      if !flow.wasBelowFloor { elastic.statistics[flow.entry][flow.given].floorsBroken += 1 }
      elastic[index].wasBelowFloor = true
      let holder = fluid.bottleneck(ofClass: Int(flow.lane))
      try note(.floorBroken, name, self.name(ofBottleneck: holder, on: flow.lane))
    }
  }

  /// A rate this near to its floor differs from it by rounding alone.
  private static let wholeFloor = 1 - 1e-9
}
