// SPDX-License-Identifier: GPL-3.0-or-later

extension TimingWheel {
  /// Moves the first keys to an empty run, sorted, and returns how many dead ones were dropped.
  ///
  /// Afterwards `limit` is the time from which on a key belongs here and not in the run.
  mutating func refill(
    _ run: inout EventRun, limit: inout UInt64, slots: borrowing SlotTable
  ) -> Int {
    var dead = 0
    run.removeAll()
    while !isEmpty, run.count < EventRun.refillGoal {
      let place = firstPlace
      let isOneTime = place < Self.digits
      if isOneTime || buckets[place].count <= EventRun.refillLimit {
        dead += drain(place, into: &run, limit: &limit, slots: slots)
      } else if run.isEmpty {
        dead += spread(place, slots: slots)
      } else {
        break
      }
    }
    if isEmpty { limit = .max }
    return dead
  }

  /// Clears away the keys whose events went elsewhere.
  mutating func removeDead(_ slots: borrowing SlotTable) {
    guard !isEmpty else { return }
    for place in 0..<Self.levels * Self.digits where buckets[place].count > 0 {
      consume(detach(place)) { wheel, key in
        if slots.isLive(key) { wheel.append(key, to: place) }
      }
    }
  }

  /// Makes room for keys before the base, by undoing the spreading that went beyond them.
  mutating func lowerBase(to time: UInt64) {
    let level = Self.level(ofDifference: time ^ base)
    // No key lies here yet: those of the base's own digit are the ones on the levels below.
    let target = level * Self.digits + Self.digit(of: base, level: level)
    for place in 0..<level * Self.digits where buckets[place].count > 0 {
      consume(detach(place)) { wheel, key in wheel.append(key, to: target) }
    }
    base = time
  }

  /// Moves the keys of one small bucket, or as many as are wanted of one with a single time.
  private mutating func drain(
    _ place: Int, into run: inout EventRun, limit: inout UInt64, slots: borrowing SlotTable
  ) -> Int {
    let bucket = buckets[place]
    let wanted = min(Int(bucket.count), EventRun.refillLimit)
    let sorted = run.tail
    var position = bucket.start
    var time: UInt64 = 0
    for _ in 0..<wanted {
      let key = chunks.keys[Int(position)]
      time = key.time
      if slots.isLive(key) { run.append(key) }
      position = chunks.advanceFreeing(position, isLast: position + 1 == bucket.end)
    }
    let dead = wanted - (run.tail - sorted)
    if wanted < bucket.count {
      shorten(place, by: wanted, start: position)
      limit = time
    } else {
      _ = detach(place)
      run.sort(from: sorted)
      let shift = UInt64(place / Self.digits * Self.digitBits)
      limit = (time >> shift + 1) << shift
    }
    return dead
  }

  /// Spreads one bucket over the levels below, and returns how many dead keys were dropped.
  private mutating func spread(_ place: Int, slots: borrowing SlotTable) -> Int {
    let bucket = detach(place)
    let first = chunks.keys[Int(bucket.start)].time
    var difference: UInt64 = 0
    chunks.forEach(bucket) { difference |= $0.time ^ first }
    // Digits in which no two keys differ are skipped, so a crowd of one time falls to the bottom.
    let width = UInt64((Self.level(ofDifference: difference) + 1) * Self.digitBits)
    base = difference == 0 ? first : (first >> width) << width
    let before = count
    consume(bucket) { wheel, key in
      if slots.isLive(key) { wheel.append(key) }
    }
    return before + Int(bucket.count) - count
  }

  /// Visits the keys of a detached bucket, and frees its chunks on the way.
  private mutating func consume(
    _ bucket: Bucket, _ body: (inout TimingWheel, EventKey) -> Void
  ) {
    var position = bucket.start
    for _ in 0..<bucket.count {
      let key = chunks.keys[Int(position)]
      position = chunks.advanceFreeing(position, isLast: position + 1 == bucket.end)
      body(&self, key)
    }
  }
}
