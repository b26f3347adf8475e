// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

// The life of a transfer: it is known, may start, and sends: in its window, or as any flow.

extension Run {
  /// Plans the first transfer of each source.
  func planTransfers() {
    guard !transfers.isEmpty else { return }
    for link in model.topology.links.indices {
      transfers.setCapacity(of: link, to: links.effectiveCapacity(of: link))
    }
    for source in model.transfers.sources.indices { fetchTransfer(of: source) }
  }

  private func fetchTransfer(of source: Int) {
    transfers.fetch(source, before: horizon) { transfer in
      let home = home(of: transfer)
      return lanes[home].idealSeconds(bytes: transfer.bytes.value)
    }
    guard let next = transfers.pending[source] else { return }
    queue.push(.transfer(.isAsked(source: Int32(source))), at: next.asked)
  }

  /// The lane that a transfer takes without a reservation.
  private func home(of transfer: Transfer) -> Int32 {
    lanes.lane(
      for: model.routes[transfer.route], trafficClass: transfer.trafficClass,
      ceiling: transfer.terms.mostRate.value, in: &fluid)
  }

  func handle(_ event: TransferEvent) throws(RunError) {
    switch event {
    case .isAsked(let source): try transferIsAsked(from: Int(source))
    case .arrives(let transfer): try transferArrives(Int(transfer))
    case .opens(let transfer): try windowOpens(of: Int(transfer))
    }
  }

  private func transferIsAsked(from source: Int) throws(RunError) {
    guard let order = transfers.pending[source] else { return }
    let index = transfers.take(order, home: home(of: order))
    names.add(transfer: order.name)
    if order.terms.reserves, try !reserve(index), order.terms.ifRefused == .drop {
      transfers.end(index, .dropped)
    } else if order.start == now {
      try transferArrives(index)
    } else if order.start < horizon {
      queue.push(.transfer(.arrives(transfer: Int32(index))), at: order.start)
    }
    planOpening(of: index)
    fetchTransfer(of: source)
  }

  /// A transfer as a flow.
  func record(ofTransfer index: Int) -> FlowRecord {
    let order = transfers.states[index].order
    return FlowRecord(
      name: FlowName(.transfer(index)), arrival: order.start, bytes: order.bytes.value,
      deadline: order.deadline ?? .distantFuture, owner: .transfer(Int32(index)))
  }

  /// Its data may leave from now on: it counts as a flow that has arrived.
  private func transferArrives(_ index: Int) throws(RunError) {
    let state = transfers.states[index]
    guard !state.isOver else { return }
    transfers.states[index].hasArrived = true
    let arrival = Arrival(record: record(ofTransfer: index), lane: state.home)
    if state.stage == .booked {
      noteArrival(arrival)
      if probe != nil { watchBooking(of: arrival.record) }
    } else {
      transfers.states[index].stage = .unreserved
      try admit(arrival)
    }
  }

  /// The last byte of a transfer has arrived, or it broke off where it sent as a flow.
  func transferEnds(_ index: Int, _ end: FlowEnd) {
    guard let finish = end.finish else { return transfers.end(index, .dropped) }
    if case .reserved = transfers.states[index].stage { closeWindow(of: index) }
    transfers.end(index, .arrived(finish))
    guard let jobs = transfers.waitingJobs[transfers.states[index].order.name] else { return }
    for job in jobs { dataArrive(for: job) }
  }
}
