// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys beyond the nearest ones, in buckets by the digits of their time.
///
/// Write times in base 256. A key lies at the level of the highest digit in which its time differs
/// from `base`, in the bucket of that digit; so lower levels hold earlier keys, and a lower digit of
/// one level holds earlier keys than a higher one. When the first bucket is small it is handed
/// over to be sorted; when it is large it is first spread over the levels below. How far keys are
/// spread thus follows from how dense they are, and no width has to be guessed: a calendar queue
/// (Brown 1988) or a ladder queue (Tang and Goh 2005) must estimate one and can be wrong.
///
/// Within a bucket the keys of equal time are in order, because they are only ever appended in
/// order or put back in front.
struct TimingWheel: ~Copyable {
  /// Where a bucket's keys begin and end in its chain of chunks; both 0 mean nothing is there.
  struct Bucket: BitwiseCopyable {
    var start: UInt32 = 0
    /// The place of the next key; a multiple of the chunk's size where a new chunk is needed.
    var end: UInt32 = 0
    var count: UInt32 = 0
  }

  static let digitBits = 8
  static let digits = 1 << digitBits
  static let levels = 64 / digitBits
  private static let wordsPerLevel = digits / 64

  var buckets: UnsafeMutablePointer<Bucket>
  /// One bit per bucket that holds a key.
  private var occupied: UnsafeMutablePointer<UInt64>
  /// One bit per level that holds a key.
  private(set) var occupiedLevels = 0
  var chunks = KeyChunks()
  /// No key is earlier.
  private(set) var base: UInt64 = 0
  private(set) var count = 0

  init() {
    buckets = .allocate(capacity: Self.levels * Self.digits)
    buckets.initialize(repeating: Bucket(), count: Self.levels * Self.digits)
    occupied = .allocate(capacity: Self.levels * Self.wordsPerLevel)
    occupied.initialize(repeating: 0, count: Self.levels * Self.wordsPerLevel)
  }

  deinit {
    buckets.deallocate()
    occupied.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  /// Adds a key that follows every key of its time.
  mutating func append(_ key: EventKey) {
    append(key, to: place(of: key.time))
  }

  /// Adds a key that precedes every key here.
  mutating func prepend(_ key: EventKey) {
    if isEmpty {
      base = key.time
    } else if key.time < base {
      lowerBase(to: key.time)
    }
    let place = place(of: key.time)
    if buckets[place].count == 0 { return append(key, to: place) }
    buckets[place].start = chunks.place(before: buckets[place].start)
    chunks.keys[Int(buckets[place].start)] = key
    buckets[place].count += 1
    count += 1
  }

  /// The bucket for a time: the level of the highest digit that differs from the base, and that.
  func place(of time: UInt64) -> Int {
    let highestBit = 63 - ((time ^ base) | 1).leadingZeroBitCount
    let level = highestBit / Self.digitBits
    let digit = Int(truncatingIfNeeded: time >> UInt64(level * Self.digitBits)) & (Self.digits - 1)
    return level * Self.digits + digit
  }

  /// The bucket with the earliest keys; the wheel must hold one.
  var firstPlace: Int {
    let level = occupiedLevels.trailingZeroBitCount
    var word = level * Self.wordsPerLevel
    while occupied[word] == 0 { word += 1 }
    return word * 64 + occupied[word].trailingZeroBitCount
  }

  func isOccupied(_ place: Int) -> Bool {
    occupied[place / 64] >> UInt64(place % 64) & 1 == 1
  }

  private mutating func append(_ key: EventKey, to place: Int) {
    var bucket = buckets[place]
    if bucket.end & KeyChunks.mask == 0 {
      if bucket.count == 0 {
        bucket.start = chunks.take()
        bucket.end = bucket.start
        occupied[place / 64] |= 1 << UInt64(place % 64)
        occupiedLevels |= 1 << (place / Self.digits)
      } else {
        bucket.end = chunks.chain(after: bucket.end)
      }
    }
    chunks.keys[Int(bucket.end)] = key
    bucket.end += 1
    bucket.count += 1
    buckets[place] = bucket
    count += 1
  }

  /// Takes all keys out of a bucket's books; the caller walks the chain and frees its chunks.
  private mutating func detach(_ place: Int) -> Bucket {
    let bucket = buckets[place]
    buckets[place] = Bucket()
    count -= Int(bucket.count)
    markEmpty(place)
    return bucket
  }

  private mutating func markEmpty(_ place: Int) {
    occupied[place / 64] &= ~(1 << UInt64(place % 64))
    let level = place / Self.digits
    let words = level * Self.wordsPerLevel..<(level + 1) * Self.wordsPerLevel
    if words.allSatisfy({ occupied[$0] == 0 }) { occupiedLevels &= ~(1 << level) }
  }
}

extension TimingWheel {
  /// Moves the first keys to the end of an empty run, sorted, and tells how many dead ones went.
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

  /// Moves keys of one small bucket, or as many as are wanted of one with a single time.
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
      buckets[place].start = position
      buckets[place].count -= UInt32(wanted)
      count -= wanted
      limit = time
      return dead
    }
    _ = detach(place)
    run.sort(from: sorted)
    let shift = UInt64(place / Self.digits * Self.digitBits)
    limit = (time >> shift + 1) << shift
    return dead
  }

  /// Spreads one bucket over the levels below, and tells how many dead keys were left out.
  private mutating func spread(_ place: Int, slots: borrowing SlotTable) -> Int {
    let bucket = detach(place)
    let first = chunks.keys[Int(bucket.start)].time
    var difference: UInt64 = 0
    chunks.forEach(bucket) { difference |= $0.time ^ first }
    // Digits in which no two keys differ are skipped, so a crowd of one time falls to the bottom.
    let level = (63 - (difference | 1).leadingZeroBitCount) / Self.digitBits
    let width = UInt64((level + 1) * Self.digitBits)
    base = difference == 0 ? first : (first >> width) << width
    var position = bucket.start
    let before = count
    for _ in 0..<bucket.count {
      let key = chunks.keys[Int(position)]
      position = chunks.advanceFreeing(position, isLast: position + 1 == bucket.end)
      if slots.isLive(key) { append(key) }
    }
    return before + Int(bucket.count) - count
  }

  /// Clears away the keys whose events went elsewhere.
  mutating func removeDead(_ slots: borrowing SlotTable) {
    for place in 0..<Self.levels * Self.digits where buckets[place].count > 0 {
      move(place, to: place, slots: slots)
    }
  }

  /// Makes room for keys before the base, by undoing the spreading that went beyond them.
  private mutating func lowerBase(to time: UInt64) {
    let level = (63 - (time ^ base).leadingZeroBitCount) / Self.digitBits
    let digit = Int(truncatingIfNeeded: base >> UInt64(level * Self.digitBits)) & (Self.digits - 1)
    for place in 0..<level * Self.digits where buckets[place].count > 0 {
      let bucket = detach(place)
      var position = bucket.start
      for _ in 0..<bucket.count {
        let key = chunks.keys[Int(position)]
        position = chunks.advanceFreeing(position, isLast: position + 1 == bucket.end)
        append(key, to: level * Self.digits + digit)
      }
    }
    base = time
  }

  private mutating func move(_ place: Int, to target: Int, slots: borrowing SlotTable) {
    let bucket = detach(place)
    var position = bucket.start
    for _ in 0..<bucket.count {
      let key = chunks.keys[Int(position)]
      position = chunks.advanceFreeing(position, isLast: position + 1 == bucket.end)
      if slots.isLive(key) { append(key, to: target) }
    }
  }
}
