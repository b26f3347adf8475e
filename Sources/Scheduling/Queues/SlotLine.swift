// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

/// A job that waits with a slot, as a sweep reads it.
struct WaitingSlot: BitwiseCopyable, Sendable {
  let order: Int64
  /// When the slot begins.
  var start: Int64
  let length: Int64
  let accelerators: Int32
  /// Whether the slot was booked, and stays where it is.
  let isBooked: Bool
  /// None where the job has gone from the line.
  var place: JobPlace

  init(_ job: QueuedJob, at place: JobPlace, isBooked: Bool = false) {
    self.isBooked = isBooked
    order = job.order
    start = SlotLine.none
    length = job.slotLength
    accelerators = job.accelerators
    self.place = place
  }

  var end: Int64 { instant(length, after: start) }
  /// Where it stands among those whose slots are to come.
  var key: ForestKey { ForestKey(major: start, minor: order) }

  func moved(to start: Int64) -> WaitingSlot {
    var slot = self
    slot.start = start
    return slot
  }
}

extension QueuedJob {
  /// What a job holds in the profile: one that asks for no time would fit anywhere.
  var slotLength: Int64 { max(1, requested) }
}

/// Jobs that wait with slots, in order of submission.
///
/// They lie in one row with gaps for those that have gone, since a sweep reads them all.
struct SlotLine: Sendable {
  /// The start of a slot that began when its job did not fit, and that of none.
  static let late = Int64.min
  static let none = Int64.max

  private(set) var row: [WaitingSlot] = []
  private var gaps = 0

  mutating func add(_ slot: WaitingSlot) {
    guard let last = row.last, last.order >= slot.order else {
      row.append(slot)
      return
    }
    let index = index(of: slot.order)
    if row[index].order == slot.order {
      precondition(row[index].place.isNone, "two jobs of a queue have the same order")
      row[index] = slot
      gaps -= 1
    } else {
      row.insert(slot, at: index)
    }
  }

  mutating func remove(order: Int64) -> WaitingSlot {
    let index = index(of: order)
    let slot = row[index]
    row[index].place = .none
    gaps += 1
    if gaps > 16, gaps > row.count / 2 {
      row.removeAll { $0.place.isNone }
      gaps = 0
    }
    return slot
  }

  /// Says where the slot at a position of the row begins now.
  mutating func move(_ index: Int, to start: Int64) { row[index].start = start }

  mutating func removeAll() -> [WaitingSlot] {
    defer { self = SlotLine() }
    return row.filter { !$0.place.isNone }
  }

  private func index(of order: Int64) -> Int {
    var (low, high) = (0, row.count)
    while low < high {
      let middle = (low + high) / 2
      if row[middle].order < order { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension FreeProfile {
  mutating func take(_ slot: WaitingSlot) {
    add(-Int(slot.accelerators), from: slot.start, to: slot.end)
  }

  mutating func release(_ slot: WaitingSlot) {
    add(Int(slot.accelerators), from: slot.start, to: slot.end)
  }
}
