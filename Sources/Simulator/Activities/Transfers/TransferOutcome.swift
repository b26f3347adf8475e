// SPDX-License-Identifier: GPL-3.0-or-later
public import EventKernel
public import NetworkModel
internal import Results
internal import Scheduling
internal import Traffic

/// What came of a transfer.
public struct TransferOutcome: Sendable {
  /// What became of the window that it asked for.
  public enum ReservationOutcome: String, CaseIterable, Sendable {
    case none, held, broken, refused
  }

  public struct Window: Sendable {
    public var start: SimTime
    public var end: SimTime
    public var rate: BitsPerSecond
    public var path: String
  }

  public var name: String
  public var trafficClass: String
  public var source: String
  public var target: String
  public var bytes: Double
  public var asked: SimTime
  public var start: SimTime
  public var deadline: SimTime?
  public var reservation: ReservationOutcome
  /// The last one; nil where there was none.
  public var window: Window?
  public var finish: SimTime?
  public var state: String
  /// Why it was refused last; empty where it was not.
  public var reason: String
  public var reasonLink: String
  public var reasonAt: SimTime?
  public var breaks: Int

  /// Whether it arrived in time, by the end of a run; nil where that is open, or it has no
  /// deadline.
  public func isInTime(at end: SimTime) -> Bool? {
    guard let deadline else { return nil }
    if let finish { return finish <= deadline }
    return deadline < end || state == "dropped" ? false : nil
  }
}

extension Transfers {
  /// Writes and counts transfers that are over, and forgets them: the oldest first, up to one that
  /// is not.
  func giveUpThoseThatAreOver() throws(RunError) {
    while let first = book.states.numbers.first, book.states[first].isOver {
      try close(first)
      book.states.removeFirst()
      world.names.dropFirstTransfer()
    }
  }

  /// Writes and counts all that are left when the run is over.
  func finishTransfers() throws(RunError) {
    for index in book.states.numbers { try close(index) }
  }

  private func close(_ index: Int) throws(RunError) {
    let outcome = outcome(of: book.states[index])
    try table?.append(outcome)
    book.tally.add(outcome, at: now, countsDeadline: outcome.start >= .zero + model.warmUp)
  }

  private func outcome(of state: TransferState) -> TransferOutcome {
    let order = state.order
    let home = world.flowClasses.route(of: state.home)
    return TransferOutcome(
      name: order.name, trafficClass: model.classes[order.trafficClass].name,
      source: home.source.map { model.topology[$0] } ?? "",
      target: home.target.map { model.topology[$0] } ?? "", bytes: order.bytes.value,
      asked: order.asked, start: order.start, deadline: order.deadline,
      reservation: reservation(of: state),
      window: state.reservation.map {
        TransferOutcome.Window(
          start: $0.window.start, end: $0.window.end,
          rate: BitsPerSecond(Double($0.window.rate)), path: pathText(of: $0.route))
      },
      finish: state.finish, state: state.stage.word, reason: state.refusal?.word ?? "",
      reasonLink: state.refusal?.link.map { model.topology[$0].name } ?? "",
      reasonAt: state.refusal?.instant, breaks: state.breaks)
  }

  private func reservation(of state: TransferState) -> TransferOutcome.ReservationOutcome {
    if state.breaks > 0 { return .broken }
    if state.reservation != nil { return .held }
    return state.order.terms.reserves ? .refused : .none
  }

  /// Adds what there is to say of all transfers together.
  func describe(_ tally: TransferTally, in table: inout SummaryTable) {
    guard !book.isEmpty else { return }
    table.add("transfers", Double(tally.all.made))
    table.add("transfers_arrived", Double(tally.all.arrived))
    guard model.transfers.reserves else { return }
    table.add("reservations_accepted", Double(tally[.held].made + tally[.broken].made))
    table.add("reservations_refused", Double(tally[.refused].made))
    table.add("reservations_broken", Double(tally[.broken].made))
    for outcome in TransferOutcome.ReservationOutcome.allCases {
      let some = tally[outcome]
      guard some.due > 0 else { continue }
      let name = outcome == .none ? "unreserved" : outcome.rawValue
      table.add("transfer_deadlines_met_\(name)", Double(some.inTime))
      table.add("transfer_deadlines_missed_\(name)", Double(some.missed))
    }
  }
}

extension TransferState.Stage {
  fileprivate var word: String {
    switch self {
    case .planned: "planned"
    case .booked: "booked"
    case .reserved, .unreserved: "sending"
    case .arrived: "arrived"
    case .dropped: "dropped"
    }
  }
}

extension Transfers {
  /// Those that wait for their windows, as flows, and the bytes that they have sent before.
  var flowsInWait: FlowsInWait {
    var waiting = FlowsInWait()
    for index in book.states.numbers {
      let state = book.states[index]
      guard state.hasArrived, state.stage == .booked else { continue }
      waiting.flows.append(WaitingFlow(record: record(ofTransfer: index), flowClass: state.home))
      waiting.sent += state.order.bytes.value - state.bitsLeft / 8
    }
    return waiting
  }
}
