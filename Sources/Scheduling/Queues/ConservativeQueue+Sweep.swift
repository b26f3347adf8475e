// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel

extension ConservativeQueue {
  /// Moves each job that waits, in order of submission, to the earliest slot that it finds.
  ///
  /// A job that had no better slot when it was last looked at can only have one now that begins
  /// before the end of what has been freed since. Where nothing has, nobody is looked at; that is
  /// so as long as jobs take what they asked for. Its own slot counts as free for it, so that a
  /// stretch that reaches it is long enough.
  mutating func sweep(at now: Int64) {
    var limit = freedUntil
    freedUntil = .min
    guard limit > now else { return }
    for index in line.row.indices {
      let slot = line.row[index]
      guard !slot.place.isNone, !slot.isBooked, slot.start > now else { continue }
      guard
        let start = profile.earliestStart(
          accelerators: Int(slot.accelerators), length: slot.length, from: now, upTo: slot.start,
          before: slot.start == SlotLine.none ? .max : limit)
      else { continue }
      let end = move(index, to: start, at: now)
      limit = max(limit, end)
      freedUntil = max(freedUntil, end)
    }
  }

  /// Moves a job to a slot, and gives the end of what it leaves.
  private mutating func move(_ index: Int, to start: Int64, at now: Int64) -> Int64 {
    let old = line.row[index]
    let new = old.moved(to: start)
    line.move(index, to: start)
    if old.start != SlotLine.none {
      slots.remove(old.key)
      profile.release(old)
    }
    slots.add(old.place, at: new.key)
    profile.take(new)
    return old.start == SlotLine.none ? .min : old.end
  }

  /// Gives all slots anew, as fewer accelerators are in service.
  mutating func placeAnew(at now: Int64) {
    isAnewDue = false
    freedUntil = .min
    var profile = FreeProfile(free: book.count, from: now)
    book.forEachRunning { entry in
      // What runs for longer than it asked for is expected to end at once.
      let end = instant(entry.job.slotLength, after: entry.start ?? now)
      profile.add(-Int(entry.job.accelerators), from: now, to: end)
    }
    self.profile = profile
    slots.removeAll()
    late.removeAll()
    let all = line.removeAll()
    for slot in all where slot.isBooked { keep(slot) }
    for slot in all where !slot.isBooked { place(slot, from: now) }
  }
}
