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
  /// Writes what became of all transfers.
  func finishTransfers() throws(RunError) -> [TransferOutcome] {
    let all = book.states.map { outcome(of: $0) }
    for transfer in all { try table?.append(transfer) }
    return all
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
  func describe(_ all: [TransferOutcome], in table: inout SummaryTable) {
    guard !book.isEmpty else { return }
    table.add("transfers", Double(all.count))
    table.add("transfers_arrived", Double(all.count { $0.finish != nil }))
    guard model.transfers.reserves else { return }
    let asked = all.filter { $0.reservation != .none }
    table.add("reservations_accepted", Double(asked.count { $0.reservation != .refused }))
    table.add("reservations_refused", Double(asked.count { $0.reservation == .refused }))
    table.add("reservations_broken", Double(asked.count { $0.reservation == .broken }))
    for outcome in TransferOutcome.ReservationOutcome.allCases {
      let some = all.filter { $0.reservation == outcome && $0.deadline != nil }
      guard !some.isEmpty else { continue }
      let name = outcome == .none ? "unreserved" : outcome.rawValue
      let inTime = some.map { $0.isInTime(at: now) }
      table.add("transfer_deadlines_met_\(name)", Double(inTime.count { $0 == true }))
      table.add("transfer_deadlines_missed_\(name)", Double(inTime.count { $0 == false }))
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
    for (index, state) in book.states.enumerated()
    where state.hasArrived && state.stage == .booked {
      waiting.flows.append(WaitingFlow(record: record(ofTransfer: index), flowClass: state.home))
      waiting.sent += state.order.bytes.value - state.bitsLeft / 8
    }
    return waiting
  }
}
