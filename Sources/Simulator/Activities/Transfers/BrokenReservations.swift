// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling
internal import Traffic

// What failures do to windows, and what transfers do then.
//
// A link that goes down is given the patience of the class to come back: protection in the light
// may be at work. Then, or when it is back before, every window that was open on it is broken:
// what was not sent meanwhile no longer fits. A window that is yet to open is broken when the
// link is down at that instant. A link that has less than its open windows breaks the latest
// ones. Each transfer looks for another window for what it has left.

extension Transfers {
  /// The windows that are open on a link are broken: it is back, or has been down for too long.
  func breakInterrupted(on link: LinkID) throws(RunError) {
    guard !book.isEmpty, world.windows.open[Int(link.index)] > 0 else { return }
    for index in book.open where isOpen(index, on: link) {
      let patience = model.classes[book.states[index].order.trafficClass].patience
      // One that has opened in this instant, with the link that is back, has lost nothing.
      let hasLost = (book.states[index].reservation?.window.start ?? now) < now
      guard world.links.isDown(link) ? world.links.isDown(link, for: patience, at: now) : hasLost
      else { continue }
      try breakReservation(of: index, at: link)
    }
  }

  /// A link has another capacity: the windows that no longer fit are broken, the latest first.
  func fitWindows(on link: LinkID) throws(RunError) {
    let place = Int(link.index)
    guard !book.isEmpty, !world.links.isDown(link) else { return }
    while world.windows.open[place] > world.windows.calendar.rooms[place] {
      guard let last = book.open.last(where: { isOpen($0, on: link) }) else {
        return
      }
      try breakReservation(of: last, at: link)
    }
  }

  /// Breaks the windows past their end that are in the way of one that opens.
  ///
  /// A link that is down has held them up, for no longer than their patience; on others they have
  /// no claim to more time than they booked. Without it the one that opens would break, find the
  /// same place free in the calendar, and break there again without end.
  func breakOverdue(before reservation: TransferState.Reservation) throws(RunError) {
    for link in reservation.route.links {
      let place = Int(link.index)
      for index in book.open where isOpen(index, on: link) {
        let open = world.windows.open[place]
        guard open + reservation.window.rate > world.windows.calendar.rooms[place] else { break }
        guard let end = book.states[index].reservation?.window.end, end <= now else { continue }
        try breakReservation(of: index, at: link)
      }
    }
  }

  private func isOpen(_ index: Int, on link: LinkID) -> Bool {
    guard book.states[index].isOpen else { return false }
    return book.states[index].reservation?.route.links.contains(link) ?? false
  }

  /// A window is broken: its transfer looks for another, or goes on without.
  func breakReservation(of index: Int, at link: LinkID) throws(RunError) {
    let state = book.states[index]
    book.states[index].breaks += 1
    try note(.reservationBreaks, state.order.name, model.topology[link].name)
    if case .reserved(let flowClass) = state.stage {
      for flow in world.fluid.withdraw(flowClass: flowClass.index, at: now.nanoseconds) {
        book.states[index].bitsLeft = flow.bitsLeft
        world.noteMostRate(of: world.flows[flow.slot], on: flowClass)
        world.noteHolds(of: world.flows[flow.slot], flow.held, on: flowClass)
        if world.probe?.slot == flow.slot { world.watchBooking(of: record(ofTransfer: index)) }
      }
      try closeWindow(of: index)
    } else if let reservation = state.reservation {
      giveBack(reservation)
    }
    if try reserve(index) { return planOpening(of: index) }
    try goWithoutWindow(index)
  }

  /// Gives back a window that has not opened.
  func giveBack(_ reservation: TransferState.Reservation) {
    world.windows.calendar.release(reservation.window, on: reservation.route.links, from: now)
    world.windows.areGivenBack = true
  }

  private func goWithoutWindow(_ index: Int) throws(RunError) {
    let state = book.states[index]
    book.move(index, to: state.order.terms.ifRefused == .send ? .unreserved : .planned)
    let record = record(ofTransfer: index)
    if state.order.terms.ifRefused == .drop {
      try world.endBroken(record, bytesLeft: state.bitsLeft / 8, on: state.home)
    } else {
      try world.begin(record, on: state.home, bits: state.bitsLeft)
    }
  }
}
