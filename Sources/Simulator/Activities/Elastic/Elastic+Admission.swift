// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// Who is let in. A floor is booked on every link of the way for as long as its flow is there, and
// it fits where all that is booked is no more than what the link carries, less the most that
// demands ahead of flows will take of it. What waits is let in in order of arrival: nobody passes
// who needs a link that one before him waits for.

extension Elastic {
  /// Takes the steps of an entry's rule for a flow until one of them settles it.
  func admit(_ index: Int32, _ steps: ArraySlice<AdmissionRule.Step>) throws(RunError) {
    let flow = elastic[index]
    guard elastic.promises(flow) else { return try letIn(index, as: flow.asked, .accept) }
    for step in steps {
      switch step {
      case .accept:
        guard let full = fullLink(for: flow.asked, of: flow) else {
          let isLate = now > flow.record.arrival
          return try letIn(index, as: flow.asked, isLate ? .postpone : .accept)
        }
        elastic[index].fullLink = full
      case .shrink:
        guard let tier = lowerTier(for: flow) else { continue }
        return try letIn(index, as: tier, .shrink)
      case .postpone:
        return postpone(index)
      }
    }
    try refuse(index)
  }

  /// The highest tier below the one that a flow asks for whose floor fits.
  private func lowerTier(for flow: ElasticFlow) -> Int? {
    let tiers = elastic.entries[flow.entry].tiers
    return tiers.indices.filter { tiers[$0].floor < tiers[flow.asked].floor }
      .sorted { (tiers[$1].floor, $0) < (tiers[$0].floor, $1) }
      .first { fullLink(for: $0, of: flow) == nil }
  }

  /// The first link on which the floor of a tier does not fit; nil where it fits.
  private func fullLink(for tier: Int, of flow: ElasticFlow) -> LinkID? {
    renewDemandPeaks()
    let floor = elastic.entries[flow.entry].tiers[tier].floor.value
    return flow.links.first { link in
      let isFree = elastic.books.fits(floor, on: link, room: roomForFloors(link))
      return !isFree || (floor > 0 && elastic.claimed.contains(link.index))
    }
  }

  /// What a link carries, less the most that demands ahead of flows will ever take of it.
  func roomForFloors(_ link: LinkID) -> Double {
    let place = Int(link.index)
    return links.effectiveCapacity(of: place) - elastic.demandPeaks[place]
  }

  private func renewDemandPeaks() {
    guard elastic.arePeaksStale else { return }
    elastic.arePeaksStale = false
    for link in elastic.demandPeaks.indices { elastic.demandPeaks[link] = 0 }
    for state in loss.demands
    where state.demand.precedence == .ahead && state.demand.stop > now {
      let most = state.demand.rate.value * (state.demand.daily.max() ?? 1)
      for link in state.route?.links ?? [] { elastic.demandPeaks[Int(link.index)] += most }
    }
  }

  private func postpone(_ index: Int32) {
    let flow = elastic[index]
    elastic.line.append(index)
    if let full = flow.fullLink { elastic.claimed.insert(full.index) }
    let end = now + elastic.entries[flow.entry].admission.patience
    guard end <= horizon else { return }
    queue.push(
      .elastic(.patienceEnds(entry: Int32(flow.entry), number: Int32(flow.number))), at: end)
  }

  private func refuse(_ index: Int32) throws(RunError) {
    elastic[index].decision = .refuse
    try closeElastic(index, finish: nil)
  }
}

// MARK: - The line

extension Elastic {
  /// Lets in who can be, in order of arrival.
  func admitFromLine() throws(RunError) {
    guard elastic.hasNewRoom else { return }
    elastic.hasNewRoom = false
    let waiting = elastic.line
    elastic.line.removeAll(keepingCapacity: true)
    elastic.claimed.removeAll()
    for index in waiting {
      // Who waits has a floor above 0, and so has every tier that it could shrink to.
      guard !elastic[index].links.contains(where: { elastic.claimed.contains($0.index) }) else {
        elastic.line.append(index)
        continue
      }
      let rule = elastic.entries[elastic[index].entry].admission
      let before = rule.steps.prefix { $0 != .postpone }
      if let verdict = verdict(on: index, before) {
        try letIn(index, as: verdict.tier, verdict.decision)
      } else {
        elastic.line.append(index)
        if let full = fullLink(for: elastic[index].asked, of: elastic[index]) {
          elastic.claimed.insert(full.index)
        }
      }
    }
  }

  private func verdict(
    on index: Int32, _ steps: ArraySlice<AdmissionRule.Step>
  ) -> (tier: Int, decision: AdmissionDecision)? {
    let flow = elastic[index]
    for step in steps {
      if step == .accept, fullLink(for: flow.asked, of: flow) == nil {
        return (flow.asked, .postpone)
      }
      if step == .shrink, let tier = lowerTier(for: flow) { return (tier, .shrink) }
    }
    return nil
  }

  /// Someone in line would wait no longer: what comes behind waiting in the rule is tried.
  func patienceEnds(entry: Int, number: Int) throws(RunError) {
    guard let place = elastic.place(inLineOf: number, entry: entry) else { return }
    let index = elastic.line[place]
    // Whoever waits behind may fit now.
    elastic.hasNewRoom = true
    let claimed = elastic.claimed
    claimLinks(for: elastic.line[..<place])
    elastic.line.remove(at: place)
    let steps = elastic.entries[entry].admission.steps
    try admit(index, steps.drop { $0 != .postpone }.dropFirst())
    elastic.claimed = claimed
  }

  /// Claims the links that the first in line wait for, and no others.
  private func claimLinks(for first: ArraySlice<Int32>) {
    elastic.claimed.removeAll()
    for index in first {
      if let full = fullLink(for: elastic[index].asked, of: elastic[index]) {
        elastic.claimed.insert(full.index)
      }
    }
  }

  // MARK: - In

  /// Lets a flow in with a tier, and tells when it begins.
  private func letIn(
    _ index: Int32, as tier: Int, _ decision: AdmissionDecision
  ) throws(RunError) {
    elastic[index].given = tier
    elastic[index].decision = decision
    let flow = elastic[index]
    let terms = elastic.tier(of: flow)
    if elastic.promises(flow) {
      elastic[index].booked = flow.links
      elastic.books.book(terms.floor.value, on: flow.links)
    }
    let lane = elasticLane(for: flow, terms)
    elastic[index].home = lane
    world.noteArrival(Arrival(record: flow.record, lane: lane))
    let start = elastic.policies[flow.entry].start(of: question(elastic[index]), at: now)
    elastic[index].start = start
    let begin = start + lanes[lane].delay
    let waiting = flows.wait(WaitingFlow(record: flow.record, lane: lane))
    elastic[index].stage = .waiting(waiting)
    if begin > now {
      queue.push(.elastic(.begins(flow: index)), at: begin)
    } else {
      try elasticFlowBegins(index)
    }
  }

  /// The lane of a flow: that of all like it, or one of its own where a policy orders flows.
  private func elasticLane(for flow: ElasticFlow, _ tier: ElasticTier) -> Int32 {
    var route = model.routes[flow.route]
    route.links = flow.links
    route.isPinned = true
    guard elastic.policies[flow.entry].ordersFlows else {
      return lanes.lane(for: route, trafficClass: tier.trafficClass, in: &fluid)
    }
    if let spare = elastic.spareLanes[laneKey(of: flow, tier)]?.popLast() { return spare }
    return lanes.add(route, trafficClass: tier.trafficClass, in: &fluid)
  }

  func laneKey(of flow: ElasticFlow, _ tier: ElasticTier) -> ElasticDesk.LaneKey {
    ElasticDesk.LaneKey(links: flow.links, trafficClass: tier.trafficClass)
  }

  /// A flow as policies see it.
  private func question(_ flow: ElasticFlow) -> SchedulingQuestion {
    question(
      bitsLeft: flow.record.bytes * 8, floor: elastic.tier(of: flow).floor.value,
      deadline: flow.deadline, on: flow.home)
  }

  func question(
    bitsLeft bits: Double, floor: Double, deadline: SimTime?, on lane: Int32
  ) -> SchedulingQuestion {
    let delay = lanes[lane].delay
    let ideal = Double(delay.nanoseconds) + bits * 1e9 / lanes[lane].idealRate
    let atFloor = (bits * 1e9 / floor).rounded(.up) + 1
    let latest = deadline.map { due in
      // Without a floor no time is enough.
      atFloor < 0x1p62
        ? SimTime(nanoseconds: due.nanoseconds - delay.nanoseconds - Int64(atFloor)) : .zero
    }
    return SchedulingQuestion(
      bitsLeft: bits, deadline: deadline,
      idealTime: SimDuration(nanoseconds: Int64(min(ideal.rounded(.up), 0x1p62))),
      latestStart: latest)
  }
}
