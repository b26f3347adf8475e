// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling
internal import Traffic

// Windows: how they are found, open and close.

extension Transfers {
  /// Looks for a window for what a transfer has left to send; false where there is none.
  ///
  /// Of several routes it takes the one whose window ends first; a transfer that takes all of
  /// its time takes the first with a window, from least delay on. Where none has one, channels
  /// may be lit for it.
  func reserve(_ index: Int) throws(RunError) -> Bool {
    let state = book.states[index]
    let choice = state.order.terms.window
    let need = need(of: state)
    var best: TransferState.Reservation?
    var refusal: Refusal?
    for route in candidateRoutes(of: state) {
      leaveFloors(on: route.links)
      let (start, end) = span(of: state, on: route)
      let window = world.windows.calendar.free(on: route.links, from: start, to: end)
        .window(for: need, choice)
      if let window, window.end < best?.window.end ?? .distantFuture {
        best = TransferState.Reservation(route: route, window: window)
      }
      if best != nil, choice == .leastRate { break }
      refusal =
        refusal
        ?? world.windows.calendar.refusal(of: need, choice, on: route.links, from: start, to: end)
    }
    if best == nil { best = try reserveOnNewLight(state) }
    guard let found = best else {
      book.states[index].refusal = refusal ?? .noRoute
      try note(.reservationRefused, state.order.name, (refusal ?? .noRoute).text(in: model))
      return false
    }
    world.windows.calendar.forget(before: now, on: found.route.links)
    world.windows.calendar.book(found.window, on: found.route.links)
    book.states[index].reservation = found
    book.move(index, to: .booked)
    try note(.reservationMade, state.order.name, pathText(of: found.route))
    return true
  }

  func need(of state: TransferState) -> BandwidthNeed {
    need(of: state.bitsLeft, state.order.trafficClass, state.order.terms.mostRate)
  }

  func need(of bits: Double, _ trafficClass: Int, _ rate: BitsPerSecond) -> BandwidthNeed {
    let most = min(model.classes[trafficClass].ceiling.value, rate.value, 0x1p61)
    return BandwidthNeed(bits: bits, mostRate: max(1, Int64(most)))
  }

  /// From when to when links may carry a transfer over a route.
  ///
  /// As with all flows, they do from when the first byte is through.
  func span(of state: TransferState, on route: Route) -> (SimTime, SimTime) {
    (max(now, state.order.start + delay(of: route)), state.order.deadline ?? .distantFuture)
  }

  func delay(of route: Route) -> SimDuration {
    route.links.reduce(SimDuration.zero) { $0 + world.flowClasses.delays[Int($1.index)] }
  }

  /// The routes without a link that is down; a detour where all have one.
  func candidateRoutes(of state: TransferState) -> [Route] {
    candidateRoutes(
      of: state.order.terms, home: world.flowClasses.route(of: state.home))
  }

  func candidateRoutes(of terms: TransferTerms, home: Route) -> [Route] {
    let all = book.routes(of: terms, home: home, in: model.topology)
    guard world.links.downCount > 0 else { return all }
    let whole = all.filter { !$0.links.contains { world.links.isDown($0) } }
    guard whole.isEmpty, !terms.isPinned, let source = home.source,
      let target = home.target
    else { return whole }
    let detour = world.detours.route(from: source, to: target, in: model.topology) {
      [links = world.links] in
      links.isDown($0)
    }
    return detour.map { [$0] } ?? []
  }

  func pathText(of route: Route) -> String {
    route.links.map { model.topology[$0].name }.joined(separator: ";")
  }

  func planOpening(of index: Int) {
    let state = book.states[index]
    guard state.stage == .booked, let start = state.reservation?.window.start, start <= horizon
    else { return }
    world.queue.push(.transfers(.opens(transfer: TransferID(index))), at: start)
  }

  /// Its window opens: the transfer sends at the booked rate, above all else.
  func windowOpens(of index: Int) throws(RunError) {
    guard let state = book.state(of: index), state.stage == .booked,
      let reservation = state.reservation, reservation.window.start == now
    else { return }
    if state.job != nil, !state.hasArrived { return withdraw(TransferID(index)) }
    try breakOverdue(before: reservation)
    if let link = obstacle(to: reservation, of: state) {
      return try breakReservation(of: index, at: link)
    }
    let flowClass = world.flowClasses.add(
      reservation.route, trafficClass: state.order.trafficClass,
      reserved: Double(reservation.window.rate), ceiling: world.flowClasses[state.home].ceiling,
      owner: .transfer(TransferID(index)), in: &world.fluid)
    let record = record(ofTransfer: index)
    let slot = world.fluid.start(
      flowClass: flowClass.index, bits: state.bitsLeft, at: now.nanoseconds)
    world.flows.place(record, in: slot)
    if world.probe != nil { world.watchStart(record, slot: slot, flowClass: flowClass) }
    book.move(index, to: .reserved(flowClass: flowClass))
    try change(openOn: reservation, by: reservation.window.rate)
  }

  /// The first link that can't keep what was promised when the window is to open.
  private func obstacle(
    to reservation: TransferState.Reservation, of state: TransferState
  ) -> LinkID? {
    let patience = model.classes[state.order.trafficClass].patience
    return reservation.route.links.first { link in
      if world.links.isDown(link) { return world.links.isDown(link, for: patience, at: now) }
      let open = world.windows.open[Int(link.index)]
      return open + reservation.window.rate > world.windows.calendar.rooms[Int(link.index)]
    }
  }

  /// Gives back what is left of a window.
  func closeWindow(of index: Int) throws(RunError) {
    guard let reservation = book.states[index].reservation else { return }
    world.windows.calendar.release(
      reservation.window, on: reservation.route.links, from: now)
    try change(openOn: reservation, by: -reservation.window.rate)
  }

  /// Demands have so much less, or more, of the links of a route from now on.
  private func change(openOn reservation: TransferState.Reservation, by rate: Int64)
    throws(RunError)
  {
    for link in reservation.route.links { world.windows.open[Int(link.index)] += rate }
    try world.tell(.windowsChanged)
  }
}

extension Refusal {
  /// The reason in words for people, with the link where there is one.
  func text(in model: Model) -> String {
    guard let link else { return word }
    let at = instant.map { " at \($0.seconds) s" } ?? ""
    return "\(word): \(model.topology[link].name)\(at)"
  }
}
