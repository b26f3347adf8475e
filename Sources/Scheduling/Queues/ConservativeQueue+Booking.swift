// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

// Slots that are booked ahead: they stay where they are, and all others lie around them.

extension ConservativeQueue {
  /// The earliest start, from an instant on, of a slot that can be booked now; nil where none can.
  ///
  /// Those that have come in this instant and have no slot yet are not counted: they go behind.
  mutating func earliestSlot(
    accelerators: Int32, length: Int64, from start: Int64, at now: Int64
  ) -> Int64? {
    if isAnewDue { placeAnew(at: now) }
    return profile.earliestStart(
      accelerators: Int(accelerators), length: max(1, length), from: max(now, start))
  }

  /// A job comes that waits for a slot of its own, which is free.
  mutating func reserve(_ job: QueuedJob, at start: Int64) {
    booked += 1
    keep(WaitingSlot(job, at: book.enter(job), isBooked: true).moved(to: start))
  }

  /// A job keeps the slot that it has booked, whatever else there is.
  mutating func keep(_ slot: WaitingSlot) {
    line.add(slot)
    guard slot.start != SlotLine.late else {
      return late.add(slot.place, at: ForestKey(major: 0, minor: slot.order))
    }
    slots.add(slot.place, at: slot.key)
    profile.take(slot)
  }

  /// Gives those that are late slots anew, so that they do not run into what is booked.
  mutating func placeLateAnew(at now: Int64) {
    var kept: [WaitingSlot] = []
    while let first = late.first {
      late.remove(first.key)
      let slot = line.remove(order: first.key.minor)
      if slot.isBooked { kept.append(slot) } else { place(slot, from: now) }
    }
    for slot in kept { keep(slot) }
  }
}

extension RuledQueue {
  /// Whether a start can be booked ahead: only where every job has a slot is it known who is in the way.
  public var takesBookings: Bool {
    if case .conservative = self { true } else { false }
  }

  /// Jobs that wait for slots that they have booked.
  public var booked: Int {
    if case .conservative(let queue) = self { queue.booked } else { 0 }
  }

  /// The earliest start, from an instant on, that can be booked; nil where none can.
  public mutating func earliestSlot(
    accelerators: Int32, length: Int64, from start: Int64, at now: Int64
  ) -> Int64? {
    guard case .conservative(var queue) = consume self else {
      preconditionFailure("only slots can be booked")
    }
    let slot = queue.earliestSlot(
      accelerators: accelerators, length: length, from: start, at: now)
    self = .conservative(queue)
    return slot
  }

  /// A job comes that starts at an instant and not before, as `earliestSlot` has said it can.
  public mutating func reserve(_ job: QueuedJob, at start: Int64) {
    guard case .conservative(var queue) = consume self else {
      preconditionFailure("only slots can be booked")
    }
    queue.reserve(job, at: start)
    self = .conservative(queue)
  }
}
