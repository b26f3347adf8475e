// SPDX-License-Identifier: GPL-3.0-or-later

// The solve on groups: levels spread from link to link, by sums over pairs.
//
// A link of weight `own` that it holds itself is full at the level
//
//     x  =  (C - sum over other holders h of W[h,l] x_h) / own
//
// if no x_h is above that; else at the one where each of them counts no higher than x, and the
// classes of those above then are its own. Links wait at the level they had, and are looked at in the order of
// that. A level that rises past a neighbour's is put right when that one is looked at, which it
// is whenever a term of its sum changes. So at the end all sums hold and no class could do better:
// the order of looks decides how many there are, not what comes of them.

/// What the row of a link adds up to.
struct RowSum {
  var total = 0.0
  var highest = -Double.infinity

  @inline(__always)
  mutating func add(_ entry: PairInRow, _ levels: UnsafeMutablePointer<Double>) {
    let level = levels[Int(entry.other)]
    total += entry.weight * level
    highest = level > highest ? level : highest
  }

  @inline(__always)
  mutating func add(_ other: RowSum) {
    total += other.total
    highest = max(highest, other.highest)
  }
}

extension Sharing {
  /// Brings the levels of all holders up to date.
  ///
  /// - Returns: whether that took no more looks than can be expected.
  mutating func solveGroups() -> Bool {
    groups.solve &+= 1
    for layer in 0..<layers {
      groups.layer = layer
      if layers > 1 { putLaterInLine() }
      guard solveLayerOfGroups() else { return false }
      if layer + 1 < layers { passOnInGroups() }
    }
    groups.later.removeAll()
    groups.isDisturbed = false
    return true
  }

  /// Brings the levels of the holders of one layer up to date.
  private mutating func solveLayerOfGroups() -> Bool {
    var looksLeft = effort.sureLooks
    while let (link, waited) = groups.queue.pop() {
      groups.reached = waited
      if link < Groups.ceilings {
        takeFromAbove(link, groups.levels[link])
        continue
      }
      if groups.levels[link] == .infinity, groups.links[link].isClearlySlack { continue }
      if groups.links[link].lookedIn != groups.solve {
        groups.links[link].lookedIn = groups.solve
        looksLeft += effort.looksPerLink
      }
      looksLeft -= 1
      guard looksLeft > 0 else { break }
      look(at: link)
    }
    groups.reached = -.infinity
    let isDone = looksLeft > 0
    groups.queue.removeAll()
    return isDone
  }

  /// Gives a link the level that the sum over its row tells.
  @inline(__always)
  private mutating func look(at link: Int32) {
    let sum = rowSum(of: link)
    groups.work &+= Int(groups.links[link].row.count) &+ 30
    let level = level(of: link, sum)
    let before = groups.levels[link]
    if level == .infinity {
      groups.links[link].load = sum.total
      groups.links[link].additions = 0
      noteLoose(link)
      if before < .infinity { groups.setLevel(of: link, to: .infinity) }
      return
    }
    if before == .infinity, level > groups.queue.lowest {
      return groups.queue.push(link, at: level)
    }
    var now = before
    if abs(level - before) > tolerance(at: before) || before == .infinity {
      now = level
      groups.setLevel(of: link, to: level)
      if before == .infinity { noteLoose(link) }
      if before < .infinity { spread(level - before, from: link) }
    }
    if sum.highest > now + tolerance(at: now) { takeFromAbove(link, now) }
  }

  /// Sums a row in four strands, which do not wait for each other.
  @inline(__always)
  func rowSum(of link: Int32) -> RowSum {
    let piece = groups.links[link].row
    let row = groups.rows.base + Int(piece.start)
    let levels = groups.levels.base
    let count = Int(piece.count)
    var (a, b, c, d) = (RowSum(), RowSum(), RowSum(), RowSum())
    var place = 0
    while place &+ 4 <= count {
      a.add(row[place], levels)
      b.add(row[place &+ 1], levels)
      c.add(row[place &+ 2], levels)
      d.add(row[place &+ 3], levels)
      place = place &+ 4
    }
    while place < count {
      a.add(row[place], levels)
      place = place &+ 1
    }
    a.add(b)
    c.add(d)
    a.add(c)
    return a
  }

  /// The level at which a link is full, infinity where it never is.
  @inline(__always)
  private mutating func level(of link: Int32, _ sum: RowSum) -> Double {
    let record = groups.links[link]
    if record.own < 0 {
      if sum.total <= record.capacity { return .infinity }
      let level = waterLevel(of: record, own: 0, from: 0)
      // Full but for rounding.
      return sum.highest > level + tolerance(at: level) ? level : .infinity
    }
    let own = groups.pairs[record.own].weight
    let level = (record.capacity - sum.total) / own
    return level >= sum.highest ? level : waterLevel(of: record, own: own, from: max(0, level))
  }

  /// As the level, where others are held above it: Newton's method from below, as in WaterLevel.swift.
  ///
  /// It changes nothing; but called from a mutating function, one that could not would first copy the
  /// whole system, as the compiler has it.
  private mutating func waterLevel(of link: GroupLink, own: Double, from start: Double) -> Double {
    let row = groups.rows.base + Int(link.row.start)
    let levels = groups.levels.base
    var level = start
    while true {
      var open = own
      var load = 0.0
      for place in 0..<Int(link.row.count) {
        let held = levels[Int(row[place].other)]
        let weight = row[place].weight
        open += held > level ? weight : 0
        load += held > level ? 0 : weight * held
      }
      if open == 0 { return .infinity }
      let next = max(0, (link.capacity - load) / open)
      guard next > level else { return level }
      level = next
    }
  }

  /// Tells all links that the classes of one cross of a change of its level.
  private mutating func spread(_ change: Double, from holder: Int32) {
    let piece = groups.links[holder].out
    let out = groups.outs.base + Int(piece.start)
    let level = groups.levels[holder]
    groups.work &+= Int(piece.count)
    for place in 0..<Int(piece.count) {
      let link = out[place].other
      let other = groups.levels[link]
      if other == .infinity {
        if !addLoad(out[place].weight * change, to: link) {
          groups.queue.push(link, at: groups.reached)
        }
      } else if link >= Groups.ceilings {
        groups.queue.push(link, at: other)
      } else if level > other + tolerance(at: other) {
        groups.queue.push(link, at: other)
      }
    }
  }

  /// Makes the classes that others hold above the level of a link its own.
  @inline(never)
  private mutating func takeFromAbove(_ link: Int32, _ level: Double) {
    let line = level + tolerance(at: level)
    var place: Int32 = 0
    while place < groups.links[link].row.count {
      let entry = groups.rows.base[Int(groups.links[link].row.start + place)]
      guard groups.levels[entry.other] > line else {
        place += 1
        continue
      }
      groups.noteChange(of: entry.other)
      // The last of its classes takes the pair out of the row, and another comes in its place.
      var left = groups.pairs[entry.pair].members.count
      while left > 0 {
        left -= 1
        let list = groups.pairs[entry.pair].members
        let member = groups.members.base[Int(list.start + left)]
        move(member.flowClass, from: entry.other, to: link)
        groups.work &+= 100
      }
    }
    groups.noteChange(of: link)
  }
}
