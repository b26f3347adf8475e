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
  static let levels = (63 + digitBits - 1) / digitBits
  private static let wordsPerLevel = digits / 64

  private(set) var buckets: UnsafeMutablePointer<Bucket>
  /// One bit per bucket that holds a key.
  private var occupied: UnsafeMutablePointer<UInt64>
  /// One bit per level that holds a key.
  private(set) var occupiedLevels = 0
  var chunks = KeyChunks()
  /// No key is earlier.
  var base: UInt64 = 0
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
    let level = Self.level(ofDifference: time ^ base)
    return level * Self.digits + Self.digit(of: time, level: level)
  }

  /// The level of the highest digit that is not 0; level 0 where there is none.
  static func level(ofDifference difference: UInt64) -> Int {
    (63 - (difference | 1).leadingZeroBitCount) / digitBits
  }

  static func digit(of time: UInt64, level: Int) -> Int {
    Int(truncatingIfNeeded: time >> UInt64(level * digitBits)) & (digits - 1)
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

  mutating func append(_ key: EventKey, to place: Int) {
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

  /// Takes all keys out of a bucket's books; `consume` frees the chunks that it leaves.
  mutating func detach(_ place: Int) -> Bucket {
    let bucket = buckets[place]
    buckets[place] = Bucket()
    count -= Int(bucket.count)
    markEmpty(place)
    return bucket
  }

  /// Takes keys off the front of a bucket, but not all of them.
  mutating func shorten(_ place: Int, by taken: Int, start: UInt32) {
    buckets[place].start = start
    buckets[place].count -= UInt32(taken)
    count -= taken
  }

  private mutating func markEmpty(_ place: Int) {
    occupied[place / 64] &= ~(1 << UInt64(place % 64))
    let level = place / Self.digits
    let words = level * Self.wordsPerLevel..<(level + 1) * Self.wordsPerLevel
    if words.allSatisfy({ occupied[$0] == 0 }) { occupiedLevels &= ~(1 << level) }
  }
}
