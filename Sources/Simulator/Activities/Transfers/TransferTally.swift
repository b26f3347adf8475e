// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import Results

/// What is counted of transfers, in the order in which they asked.
struct TransferTally {
  /// The transfers with one outcome of their windows.
  struct Part {
    var made = 0
    var arrived = 0
    var bytes = 0.0
    /// Those with a deadline; of these, those in time and those that are not.
    var due = 0
    var inTime = 0
    var missed = 0
    /// Of those that arrived, from when they could start to their end.
    var bitsArrived = 0.0
    var seconds = 0.0

    fileprivate mutating func add(
      _ transfer: TransferOutcome, at now: SimTime, countsDeadline: Bool
    ) {
      made += 1
      bytes += transfer.bytes
      if countsDeadline {
        if transfer.deadline != nil { due += 1 }
        switch transfer.isInTime(at: now) {
        case true: inTime += 1
        case false: missed += 1
        case nil: break
        }
      }
      guard let finish = transfer.finish else { return }
      arrived += 1
      bitsArrived += transfer.bytes * 8
      seconds += (finish - transfer.start).seconds
    }
  }

  private(set) var all = Part()
  private var parts: [TransferOutcome.ReservationOutcome: Part] = [:]
  /// The largest that were refused a window, the largest first; of equal ones by name.
  private(set) var refused: [TransferOutcome] = []

  subscript(outcome: TransferOutcome.ReservationOutcome) -> Part { parts[outcome] ?? Part() }

  /// Deadlines of what starts in the warm-up are left out, as those of flows are.
  mutating func add(_ transfer: TransferOutcome, at now: SimTime, countsDeadline: Bool) {
    all.add(transfer, at: now, countsDeadline: countsDeadline)
    parts[transfer.reservation, default: Part()].add(
      transfer, at: now, countsDeadline: countsDeadline)
    guard !transfer.reason.isEmpty else { return }
    let place = refused.firstIndex {
      ($0.bytes, transfer.name) < (transfer.bytes, $0.name)
    }
    refused.insert(transfer, at: place ?? refused.count)
    if refused.count > ShownSections.mostRows { refused.removeLast() }
  }
}
