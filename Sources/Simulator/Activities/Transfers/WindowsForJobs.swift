// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

// Windows for the data of jobs on pools, which are booked together with the machines.
//
// They are transfers like others from when they are booked on. Whoever books looks first whether all
// that belongs together is to be had; only then is anything taken.

extension Transfers {
  /// The window that ends first for a move, on what is lit; nil where none is in time.
  func firstWindow(of move: JobMove) -> BandwidthWindow? {
    let need = need(of: move.bytes * 8, move.trafficClass, move.mostRate)
    var best: BandwidthWindow?
    for route in candidateRoutes(of: TransferTerms(), home: move.route) {
      leaveFloors(on: route.links)
      let window = world.windows.calendar.free(
        on: route.links, from: max(now, move.start + delay(of: route)), to: move.deadline
      ).window(for: need, .earliest)
      if let window, window.end < best?.end ?? .distantFuture { best = window }
    }
    return best
  }

  /// Books the window of least rate for a move that has one.
  ///
  /// An input leaves at once, an output as it is told to.
  func book(_ move: JobMove) throws(RunError) -> TransferID {
    let order = Transfer(
      name: move.name, trafficClass: move.trafficClass, route: Transfer.noRoute,
      bytes: Bytes(move.bytes), asked: now, start: move.start,
      deadline: move.deadline == .distantFuture ? nil : move.deadline,
      terms: TransferTerms(
        reserves: true, mostRate: move.mostRate,
        window: move.deadline == .distantFuture ? .earliest : .leastRate))
    let home = world.flowClasses.flowClass(
      for: move.route, trafficClass: move.trafficClass, ceiling: move.mostRate.value,
      in: &world.fluid)
    let index = book.take(order, home: home, of: move.job)
    world.names.add(transfer: order.name)
    _ = try reserve(index)
    if !move.isOutput { try transferArrives(index) }
    planOpening(of: index)
    return TransferID(index)
  }

  /// The output of a job is there: it leaves in its window, or now where that was broken.
  ///
  /// False where the window has been given back, because the job was late.
  func dataAreThere(_ transfer: TransferID) throws(RunError) -> Bool {
    guard let state = book.state(of: transfer.index), !state.isOver else { return false }
    book.states[transfer.index].mayLeave(from: now)
    try transferArrives(transfer.index)
    return true
  }

  /// Gives back the window of a move that has not begun.
  func withdraw(_ transfer: TransferID) {
    guard let state = book.state(of: transfer.index), !state.isOver, !state.hasArrived else {
      return
    }
    if state.stage == .booked, let reservation = state.reservation {
      giveBack(reservation)
    }
    book.states[transfer.index].breaks += 1
    book.end(transfer.index, .dropped)
  }

  /// A job hears that its data have moved, or broken off.
  func tellJob(of index: Int, _ end: FlowEnd) throws(RunError) {
    guard let job = book.states[index].job else { return }
    try world.tell(.jobDataEnd(job, end))
  }
}
