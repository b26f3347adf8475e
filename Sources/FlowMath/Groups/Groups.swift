// SPDX-License-Identifier: GPL-3.0-or-later

// Groups: all classes that one link holds rise and fall together, and are one thing to the solver.
//
//   holder      what holds a class: a link that is full, or its own ceiling
//   group       the classes of one link h that is full, which all stand at its level x_h
//   pair        a holder h and a link l: W[h,l] and F[h,l] are weight and floor of the classes of h that
//               cross l
//   K[l]        what the classes that cross l and stand at their own ceilings send
//
//   such that   K[l] + sum over h of  F[h,l] k(x_h) + W[h,l] x_h+   <=  C_l, equal where l holds a class,
//               and no class of h crosses a link, or has a limit, that stands below x_h
//
// where k(x) is the part of floors that is kept and x+ the level where that is above 0. This is the same
// allocation as that of classes (Sharing.swift). With layers all of it holds of each by itself, and there
// is a link for each of them.
//
// The other half is time. The flows of a group are served at rates that stand in fixed proportion, for
// each ratio of floor and weight (FloorRatios.swift), so one clock serves them all: the integral of the
// level. A class remembers what the clock showed when it joined, and nothing of it changes until it
// leaves. At its own ceiling it is served at one rate, and the instant of its next finish is known.

/// A holder, as a link that others cross: one cache line.
struct GroupLink: BitwiseCopyable {
  var capacity: Double
  /// What its members send, no number where that is unknown; minus infinity for a link that is full.
  var load = Double.nan
  /// The pairs of all other holders with it.
  var row = Piece()
  /// The pairs of it with all other links.
  var out = Piece()
  /// Its pair with itself, or -1: the classes that it holds.
  var own: Int32 = -1
  /// The latest solve that looked at it.
  var lookedIn: Int32 = 0
  /// Whether it is among `Groups.changed`, and among `Groups.loose`.
  var isChanged = false
  var isLoose = false
}

/// The classes of a holder that cross a link.
struct Pair: BitwiseCopyable {
  var holder: Int32
  var link: Int32
  var weight = 0.0
  var floor = 0.0
  /// The greatest of both, and the number of changes, since all were last summed.
  var greatest = 0.0
  var greatestFloor = 0.0
  var changes: Int32 = 0
  /// Where it stands in the row of the link, and among what the holder's classes cross.
  var rowPlace: Int32 = -1
  var outPlace: Int32 = -1
  var members = Piece()
}

/// A link that is to be looked at, and the level at which it waits.
struct LaterLook: BitwiseCopyable {
  var link: Int32
  var level: Double
}

/// A pair in the row of its link, or among those of its holder: all that a walk along these reads.
struct PairInRow: BitwiseCopyable {
  var weight: Double
  /// The holder in a row, the link among those of a holder.
  var other: Int32
  var pair: Int32
}

/// A class in a pair, and the place in the path columns that this is.
struct PairMember: BitwiseCopyable {
  var flowClass: Int32
  var place: Int32
}

/// The groups, as they are now; nothing while they are off.
///
/// Own ceilings are the first of the holders, so that links can be added behind.
struct Groups: ~Copyable {
  static let ceilings: Int32 = 0

  var isOn = false
  /// The instant from which the levels of the next solve count.
  var now = 0.0
  /// The level of each holder; infinity for a link that is not full.
  var levels = AlignedColumn<Double>()
  var links = AlignedColumn<GroupLink>()
  var clocks = AlignedColumn<GroupClock>()
  var rows = Pieces<PairInRow>()
  var outs = Pieces<PairInRow>()
  var members = Pieces<PairMember>()
  var capped = CappedClasses()
  /// The classes of each holder that have a limit, the lowest first.
  var limits = KeyedHeaps()
  /// How many ratios of floor and weight there were when the groups were formed.
  var ratios: Int32 = 1
  var pairs = AlignedColumn<Pair>()
  private var freePair: Int32 = -1
  private var table = PairTable()
  /// The pair that a class is in at each place of its path, none at its own ceiling; where among its
  /// members, and which class.
  var pairAt = AlignedColumn<Int32>()
  var placeInPair = AlignedColumn<Int32>()
  var classAt = AlignedColumn<Int32>()
  /// The holders whose level or classes have changed.
  var changed = AlignedColumn<Int32>()
  var queue = LevelQueue()
  /// Whether anything has changed since the latest solve.
  var isDisturbed = false
  /// Links of layers that are not being solved, and the levels at which they will wait.
  var later = AlignedColumn<LaterLook>()
  /// Links that may leave something else to the layer below.
  var loose = AlignedColumn<Int32>()
  /// The layer that is being solved, and the level that this has reached.
  var layer = 0
  var reached = -Double.infinity
  /// Counts solves.
  var solve: Int32 = 0
  /// How often each load can have been added to since all were forgotten.
  var additions = 0
  /// What was looked at since the groups were formed, in nanoseconds or so.
  var work = 0

  static func holder(ofPort port: Int32) -> Int32 { port + 1 }
  static func port(of holder: Int32) -> Int32 { holder - 1 }

  mutating func addHolder(capacity: Double, level: Double) {
    links.append(GroupLink(capacity: capacity))
    levels.append(level)
    forgetLoad(of: Int32(links.count - 1))
    clocks.append(GroupClock(at: now))
    queue.addPort()
    makeRoom(classes: 0, places: 0)
  }

  /// Makes room for so many classes, and paths of so many places in all.
  mutating func makeRoom(classes: Int, places: Int) {
    limits.makeRoom(lists: links.count, members: classes)
    capped.makeRoom(links: links.count, places: places)
    guard pairAt.count < places else { return }
    pairAt.resize(to: places, filling: -1)
    placeInPair.resize(to: places, filling: -1)
    classAt.resize(to: places, filling: -1)
  }
}

// MARK: - Pairs

extension Groups {
  /// The pair of a holder and a link, made where there is none.
  @inline(__always)
  mutating func pair(_ holder: Int32, _ link: Int32) -> Int32 {
    if holder == link {
      let own = links[holder].own
      return own >= 0 ? own : addPair(holder, link)
    }
    return table.find(holder, link) ?? addPair(holder, link)
  }

  @inline(never)
  private mutating func addPair(_ holder: Int32, _ link: Int32) -> Int32 {
    var record = Pair(holder: holder, link: link)
    let index = freePair >= 0 ? freePair : Int32(pairs.count)
    if holder != link {
      record.rowPlace = links[link].row.count
      rows.append(PairInRow(weight: 0, other: holder, pair: index), to: &links[link].row)
      record.outPlace = links[holder].out.count
      outs.append(PairInRow(weight: 0, other: link, pair: index), to: &links[holder].out)
      table.insert(holder, link, index)
    } else {
      links[holder].own = index
    }
    if freePair >= 0 {
      freePair = pairs[index].link
      pairs[index] = record
    } else {
      pairs.append(record)
    }
    return index
  }

  @inline(never)
  private mutating func removePair(_ index: Int32) {
    var record = pairs[index]
    members.release(&record.members)
    if record.holder != record.link {
      if let moved = rows.remove(record.rowPlace, from: &links[record.link].row) {
        pairs[moved.pair].rowPlace = record.rowPlace
      }
      if let moved = outs.remove(record.outPlace, from: &links[record.holder].out) {
        pairs[moved.pair].outPlace = record.outPlace
      }
      table.remove(record.holder, record.link)
    } else {
      links[record.holder].own = -1
    }
    record.link = freePair
    pairs[index] = record
    freePair = index
  }

  /// Puts a class with so much weight and floor in a pair.
  mutating func enter(_ member: PairMember, weight: Double, floor: Double, _ pair: Int32) {
    pairAt[member.place] = pair
    placeInPair[member.place] = pairs[pair].members.count
    members.append(member, to: &pairs[pair].members)
    change(pair, weight: weight, floor: floor)
  }

  /// Takes a class with so much weight and floor out of the pair it is in; one that is empty is no more.
  ///
  /// - Returns: the pair, where it should be summed anew.
  mutating func leave(place: Int32, weight: Double, floor: Double) -> Int32? {
    let pair = pairAt[place]
    pairAt[place] = -1
    let slot = placeInPair[place]
    if let moved = members.remove(slot, from: &pairs[pair].members) {
      placeInPair[moved.place] = slot
    }
    guard pairs[pair].members.count > 0 else {
      removePair(pair)
      return nil
    }
    change(pair, weight: -weight, floor: -floor)
    return isWorn(pair) ? pair : nil
  }

  /// Whether a running sum is to be made anew, before rounding adds up to anything.
  @inline(__always)
  func isWorn(_ pair: Int32) -> Bool {
    let record = pairs.base + Int(pair)
    return record.pointee.weight < record.pointee.greatest / 8
      || record.pointee.floor < record.pointee.greatestFloor / 8
      || record.pointee.changes > 1024 + record.pointee.members.count
  }

  @inline(__always)
  mutating func change(_ pair: Int32, weight change: Double, floor: Double) {
    let record = pairs.base + Int(pair)
    record.pointee.floor += floor
    record.pointee.greatestFloor = max(record.pointee.greatestFloor, record.pointee.floor)
    record.pointee.weight += change
    record.pointee.changes += 1
    let weight = record.pointee.weight
    record.pointee.greatest = max(record.pointee.greatest, weight)
    guard record.pointee.rowPlace >= 0 else { return }
    let row = links[record.pointee.link].row.start
    rows.base[Int(row + record.pointee.rowPlace)].weight = weight
    let out = links[record.pointee.holder].out.start
    outs.base[Int(out + record.pointee.outPlace)].weight = weight
  }

  /// Takes down weight and floor of a pair as they were just summed.
  mutating func renew(_ pair: Int32, weight: Double, floor: Double) {
    (pairs[pair].weight, pairs[pair].floor) = (0, 0)
    (pairs[pair].greatest, pairs[pair].greatestFloor) = (0, 0)
    change(pair, weight: weight, floor: floor)
    pairs[pair].changes = 0
  }
}

// MARK: - Clocks

extension Groups {
  /// What the clock of a holder shows at an instant.
  @inline(__always)
  func clock(_ holder: Int32, at instant: Double) -> GroupClock {
    var clock = clocks[holder]
    clock.advance(to: instant, at: levels[holder])
    return clock
  }

  /// Gives a holder another level from `now` on.
  @inline(__always)
  mutating func setLevel(of holder: Int32, to level: Double) {
    var clock = clock(holder, at: now)
    clock.at = max(now, clock.at)
    clocks[holder] = clock
    levels[holder] = level
    if level < .infinity { links[holder].load = -.infinity }
    noteChange(of: holder)
  }

  @inline(__always)
  mutating func noteChange(of holder: Int32) {
    guard !links[holder].isChanged else { return }
    links[holder].isChanged = true
    changed.append(holder)
  }
}
