// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// The life of a transfer: it is known, may start, and sends: in its window, or as any flow.

extension Transfers {
  func fetchTransfer(of source: Int) {
    book.fetch(source, before: horizon) { transfer in
      let home = home(of: transfer)
      return world.flowClasses[home].idealSeconds(bytes: transfer.bytes.value)
    }
    guard let next = book.pending[source] else { return }
    world.queue.push(.transfers(.isAsked(source: Int32(source))), at: next.asked)
  }

  /// The flow class that a transfer takes without a reservation.
  private func home(of transfer: Transfer) -> FlowClassID {
    world.flowClasses.flowClass(
      for: model.routes[transfer.route], trafficClass: transfer.trafficClass,
      ceiling: transfer.terms.mostRate.value, in: &world.fluid)
  }

  func transferIsAsked(from source: Int) throws(RunError) {
    guard let order = book.pending[source] else { return }
    try giveUpThoseThatAreOver()
    let index = book.take(order, home: home(of: order))
    world.names.add(transfer: order.name)
    if order.terms.reserves, try !reserve(index), order.terms.ifRefused == .drop {
      book.end(index, .dropped)
    } else if order.start == now {
      try transferArrives(index)
    } else if order.start < horizon {
      world.queue.push(.transfers(.arrives(transfer: TransferID(index))), at: order.start)
    }
    planOpening(of: index)
    fetchTransfer(of: source)
  }

  /// A transfer as a flow.
  func record(ofTransfer index: Int) -> FlowRecord {
    let order = book.states[index].order
    return FlowRecord(
      name: FlowName(.transfer(index)), arrival: order.start, bytes: order.bytes.value,
      deadline: order.deadline ?? .distantFuture, owner: .transfer(TransferID(index)))
  }

  /// Its data may leave from now on: it counts as a flow that has arrived.
  func transferArrives(_ index: Int) throws(RunError) {
    guard let state = book.state(of: index), !state.isOver, !state.hasArrived else { return }
    book.states[index].hasArrived = true
    let arrival = Arrival(record: record(ofTransfer: index), flowClass: state.home)
    if state.stage == .booked {
      world.noteArrival(arrival)
      if world.probe != nil { world.watchBooking(of: arrival.record) }
    } else {
      book.move(index, to: .unreserved)
      try world.admit(arrival)
    }
  }

  /// The last byte of a transfer has arrived, or it broke off where it sent as a flow.
  func transferEnds(_ index: Int, _ end: FlowEnd) throws(RunError) {
    guard let finish = end.finish else {
      book.end(index, .dropped)
      return try tellJob(of: index, end)
    }
    if book.states[index].isOpen { try closeWindow(of: index) }
    book.end(index, .arrived(finish))
    try tellJob(of: index, end)
    guard let jobs = book.waitingJobs[book.states[index].order.name] else { return }
    for job in jobs { try world.tell(.dataArrived(job: job)) }
  }
}
