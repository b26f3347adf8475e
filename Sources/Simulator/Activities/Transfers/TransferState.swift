// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import NetworkModel
internal import Scheduling
internal import Traffic

typealias TransferID = Position<TransferState>

/// How far a transfer is.
struct TransferState {
  private(set) var order: Transfer
  /// The flow class that it takes without a reservation.
  let home: FlowClassID
  /// The job on a pool whose data it moves, if it is one's.
  let job: JobID?
  /// Changed by `TransferBook.move`, which knows whose window is open.
  var stage = Stage.planned
  var hasArrived = false
  /// The window that it has, or had last.
  var reservation: Reservation?
  /// Why it was refused last.
  var refusal: Refusal?
  /// How often its window was broken.
  var breaks = 0
  /// What it has left to send when its window opens.
  var bitsLeft: Double

  enum Stage: Equatable {
    /// It waits for its start, without a window.
    case planned
    /// It waits for its window.
    case booked
    /// It sends in its window, on a flow class of its own.
    case reserved(flowClass: FlowClassID)
    /// It sends as any flow of its class.
    case unreserved
    case arrived(SimTime)
    /// It was refused and does without, or broke off on the way.
    case dropped
  }

  /// A window on a route.
  struct Reservation {
    var route: Route
    var window: BandwidthWindow
  }

  init(_ order: Transfer, home: FlowClassID, job: JobID? = nil) {
    self.order = order
    self.home = home
    self.job = job
    bitsLeft = order.bytes.bits
  }

  /// Its data are there, and may leave from now on: sooner than was thought, or later.
  mutating func mayLeave(from now: SimTime) {
    order.start = now
  }

  var finish: SimTime? {
    if case .arrived(let finish) = stage { finish } else { nil }
  }

  /// Whether it sends in its window.
  var isOpen: Bool { if case .reserved = stage { true } else { false } }

  var isOver: Bool { finish != nil || stage == .dropped }
}
