// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling
internal import Traffic

// Who is let in. A floor is booked on every link of the path for as long as its flow is there, and
// it fits where all that is booked is no more than what the link carries, less the most that
// demands ahead of flows, and windows that transfers have booked, will take of it. What waits is let
// in in order of arrival: nobody passes who needs a link that one before him waits for.

extension Elastic {
  /// Takes the steps of an entry's rule for a flow until one of them settles it.
  func admit(_ index: ElasticID, _ steps: ArraySlice<AdmissionRule.Step>) throws(RunError) {
    let flow = book[index]
    if let policy = admissionOutside[flow.entry] {
      if try admit(index, asking: policy) { stand(index, alone: true) }
      return
    }
    guard book.promises(flow) else { return try letIn(index, as: flow.asked, .accept) }
    for step in steps {
      switch step {
      case .accept:
        guard let full = fullLink(for: flow.asked, of: flow.wish) else {
          let isLate = now > flow.record.arrival
          return try letIn(index, as: flow.asked, isLate ? .postpone : .accept)
        }
        book[index].fullLink = full
      case .shrink:
        guard let tier = lowerTier(for: flow.wish) else { continue }
        return try letIn(index, as: tier, .shrink)
      case .postpone:
        return postpone(index)
      }
    }
    try refuse(index)
  }

  /// The highest tier below the one that a flow asks for whose floor fits.
  private func lowerTier(for wish: AdmissionLine.Wish) -> Int? {
    book.lowerTiers[wish.entry][wish.asked].first { fullLink(for: $0, of: wish) == nil }
  }

  /// The first link on which the floor of a tier does not fit; nil where it fits.
  func fullLink(for tier: Int, of wish: AdmissionLine.Wish) -> LinkID? {
    renewDemandPeaks()
    let floor = book.entries[wish.entry].tiers[tier].floor.value
    for link in wish.links {
      let room = roomForFloors(link)
      guard world.floors.fits(floor, on: link, room: room) else { return link }
      if floor > 0, !world.floors.fits(book.waitedFor[link.index], on: link, room: room) {
        return link
      }
    }
    return nil
  }

  /// Has those who ask for something be passed by nobody on links that have no room for it, now or later.
  private func claimLinks(for wish: AdmissionLine.Wish) {
    let floor = book.entries[wish.entry].tiers[wish.asked].floor.value
    for link in wish.links where floor > 0 { book.waitedFor.ask(floor, on: link.index) }
  }

  /// What a link carries, less the most that demands ahead of flows, and windows, will ever take of it.
  func roomForFloors(_ link: LinkID) -> Double {
    let place = Int(link.index)
    return world.links.effectiveCapacity(of: place) - book.demandPeaks[place]
      - world.windows.most(on: link, from: now)
  }

  private func renewDemandPeaks() {
    guard book.arePeaksStale else { return }
    book.arePeaksStale = false
    for link in book.demandPeaks.indices { book.demandPeaks[link] = 0 }
    for state in world.loss.demands
    where state.demand.precedence == .ahead && state.demand.stop > now {
      let most = state.demand.rate.value * (state.demand.daily.max() ?? 1)
      for link in state.route?.links ?? [] { book.demandPeaks[Int(link.index)] += most }
    }
  }

  /// Has a flow wait behind all others.
  private func stand(_ index: ElasticID, alone: Bool) {
    let flow = book[index]
    book.line.append(index, number: flow.number, wish: flow.wish, alone: alone)
  }

  private func postpone(_ index: ElasticID) {
    let flow = book[index]
    stand(index, alone: false)
    if flow.fullLink != nil { claimLinks(for: flow.wish) }
    let end = now + book.entries[flow.entry].admission.patience
    guard end <= horizon else { return }
    world.queue.push(
      .elastic(.patienceEnds(entry: Int32(flow.entry), number: Int32(flow.number))), at: end)
  }

  func refuse(_ index: ElasticID) throws(RunError) {
    book[index].decision = .refuse
    try closeElastic(index, finish: nil)
  }
}

// MARK: - The line

extension Elastic {
  /// Lets in who can be, in order of arrival.
  func admitFromLine() throws(RunError) {
    guard book.hasNewRoom || world.windows.areGivenBack else { return }
    (book.hasNewRoom, world.windows.areGivenBack) = (false, false)
    book.waitedFor.removeAll()
    var place = 0
    while place < book.line.count {
      if try isLetInFromLine(at: place) {
        book.line.removeHead(at: place)
      } else {
        place += 1
      }
    }
  }

  /// Tries the first of a row; whether he waits no longer.
  private func isLetInFromLine(at place: Int) throws(RunError) -> Bool {
    let wish = book.line.wish(at: place)
    if let policy = admissionOutside[wish.entry] {
      return try !admit(book.line.head(at: place), asking: policy)
    }
    guard let verdict = verdict(on: wish) else {
      claimLinks(for: wish)
      return false
    }
    try letIn(book.line.head(at: place), as: verdict.tier, verdict.decision)
    return true
  }

  private func verdict(
    on wish: AdmissionLine.Wish
  ) -> (tier: Int, decision: AdmissionDecision)? {
    for step in book.entries[wish.entry].admission.steps {
      switch step {
      case .accept where fullLink(for: wish.asked, of: wish) == nil: return (wish.asked, .postpone)
      case .shrink: if let tier = lowerTier(for: wish) { return (tier, .shrink) }
      case .accept: continue
      case .postpone: return nil
      }
    }
    return nil
  }

  /// Someone in line would wait no longer: what comes behind waiting in the rule is tried.
  func patienceEnds(entry: Int, number: Int) throws(RunError) {
    try admitFromLine()
    guard let (index, rowsBefore) = book.line.remove(number: number, ofEntry: entry) else { return }
    // Whoever waits behind may fit now.
    book.hasNewRoom = true
    let waitedFor = book.waitedFor
    book.waitedFor.removeAll()
    for place in 0..<rowsBefore {
      let wish = book.line.wish(at: place)
      if admissionOutside[wish.entry] == nil { claimLinks(for: wish) }
    }
    let steps = book.entries[entry].admission.steps
    try admit(index, steps.drop { $0 != .postpone }.dropFirst())
    book.waitedFor = waitedFor
  }

  // MARK: - In

  /// Lets a flow in with a tier, and tells when it begins.
  ///
  /// It begins when its policy says so, unless an instant is given.
  func letIn(
    _ index: ElasticID, as tier: Int, _ decision: AdmissionDecision, beginning: SimTime? = nil
  ) throws(RunError) {
    book[index].given = tier
    book[index].decision = decision
    let flow = book[index]
    let terms = book.tier(of: flow)
    if book.promises(flow) {
      book[index].booked = flow.links
      world.floors.book(terms.floor.value, on: flow.links)
    }
    let flowClass = elasticFlowClass(for: flow, terms)
    book[index].home = flowClass
    world.noteArrival(Arrival(record: flow.record, flowClass: flowClass))
    let start =
      beginning ?? book.policies[flow.entry].start(of: question(book[index]), at: now)
    book[index].start = start
    let begin = start + world.flowClasses[flowClass].delay
    let waiting = world.flows.wait(WaitingFlow(record: flow.record, flowClass: flowClass))
    book[index].stage = .waiting(waiting)
    if begin > now {
      world.queue.push(.elastic(.begins(flow: index)), at: begin)
    } else {
      try elasticFlowBegins(index)
    }
  }

  /// The flow class of a flow: that of all like it, or one of its own where a policy orders flows.
  private func elasticFlowClass(for flow: ElasticFlow, _ tier: ElasticTier) -> FlowClassID {
    var route = model.routes[flow.route]
    route.links = flow.links
    route.isPinned = true
    guard book.policies[flow.entry].ordersFlows else {
      return world.flowClasses.flowClass(
        for: route, trafficClass: tier.trafficClass, in: &world.fluid)
    }
    if let spare = book.spareFlowClasses[flowClassKey(of: flow, tier)]?.popLast() { return spare }
    return world.flowClasses.add(route, trafficClass: tier.trafficClass, in: &world.fluid)
  }

  func flowClassKey(of flow: ElasticFlow, _ tier: ElasticTier) -> ElasticBook.FlowClassKey {
    ElasticBook.FlowClassKey(links: flow.links, trafficClass: tier.trafficClass)
  }

  /// A flow as policies see it.
  private func question(_ flow: ElasticFlow) -> SchedulingQuestion {
    question(
      bitsLeft: flow.record.bytes * 8, floor: book.tier(of: flow).floor.value,
      deadline: flow.deadline, on: flow.home)
  }

  func question(
    bitsLeft bits: Double, floor: Double, deadline: SimTime?, on flowClass: FlowClassID
  ) -> SchedulingQuestion {
    let delay = world.flowClasses[flowClass].delay
    let ideal = Double(delay.nanoseconds) + bits * 1e9 / world.flowClasses[flowClass].idealRate
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
