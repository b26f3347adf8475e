// SPDX-License-Identifier: GPL-3.0-or-later

extension EventQueue {
  /// The number of keys, those that stand for no event included.
  var keyCount: Int { run.count + wheel.count }

  /// Stops the program where the queue's books don't agree; for tests, as it visits every key.
  func checkInvariants() {
    let run = run.checkInvariants(slots, limit: limit)
    let wheel = wheel.checkInvariants(slots, limit: limit)
    precondition(run.live + wheel.live == count, "a pending event has no key, or two")
    precondition(run.dead + wheel.dead == stale, "the dead keys are miscounted")
    precondition(stale <= slots.used + 32, "dead keys pile up")
  }
}

/// How many keys stand for an event, and how many for none.
struct KeyTally: Equatable {
  var live = 0
  var dead = 0

  mutating func add(_ key: EventKey, _ slots: borrowing SlotTable) {
    if slots.isLive(key) { live += 1 } else { dead += 1 }
  }
}

extension EventRun {
  func checkInvariants(_ slots: borrowing SlotTable, limit: UInt64) -> KeyTally {
    precondition(0 <= head && head <= tail && tail <= 2 * Self.lengthLimit)
    precondition(count <= Self.lengthLimit, "the run is too long")
    var tally = KeyTally()
    for position in head..<tail {
      let key = keys[position]
      precondition(
        position == head || EventKey.precedes(keys[position - 1], key), "the run is not sorted")
      precondition(key.time <= limit, "a key of the run belongs in the wheel")
      tally.add(key, slots)
    }
    return tally
  }
}

extension TimingWheel {
  func checkInvariants(_ slots: borrowing SlotTable, limit: UInt64) -> KeyTally {
    var tally = KeyTally()
    var total = 0
    for index in 0..<Self.levels * Self.digits {
      precondition(isOccupied(index) == (buckets[index].count > 0), "a bucket's bit is wrong")
      total += Int(buckets[index].count)
      chunks.forEach(buckets[index]) { key in
        precondition(key.time >= base && place(of: key.time) == index, "a key is misplaced")
        precondition(key.time >= limit, "a key of the wheel belongs in the run")
        tally.add(key, slots)
      }
    }
    precondition(total == count, "the wheel miscounts its keys")
    for level in 0..<Self.levels {
      let places = level * Self.digits..<(level + 1) * Self.digits
      precondition((occupiedLevels >> level & 1 == 1) == places.contains { isOccupied($0) })
    }
    return tally
  }
}
