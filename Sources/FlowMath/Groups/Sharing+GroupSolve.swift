// SPDX-License-Identifier: GPL-3.0-or-later

// The solve on groups: levels spread from link to link, by sums over pairs.
//
// A link that holds classes of weight `own` itself is full at the level
//
//     x  =  (C - K[l] - sum over other holders h of W[h,l] x_h) / own
//
// if no x_h is above that, and no limit of a class that stands at it; else at the one where each of them
// counts no higher than x, and the classes of those above then are its own. Of its own classes those whose
// limit is below x go over to that. With floors they count as well, and below 0 they alone.
//
// Links wait at the level they had, and are looked at in the order of that. A level that rises past a
// neighbour's is put right when that one is looked at, which it is whenever a term of its sum changes. So
// at the end all sums hold and no class could do better: the order of looks decides how many there are,
// not what comes of them.

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
    if groups.additions > effort.mostAdditions { groups.forgetLoads() }
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
    var sum = rowSum(of: link)
    groups.work &+= Int(groups.links[link].row.count) &+ 30
    var level = level(of: link, sum)
    while let index = classWithLimit(below: level, heldBy: link) {
      cap(index, heldBy: link)
      sum.total += load(of: classes[index], at: classes[index].limit)
      sum.highest = max(sum.highest, classes[index].limit)
      level = self.level(of: link, sum)
    }
    let before = groups.levels[link]
    if level == .infinity {
      groups.links[link].load = sum.total
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
      if before < .infinity { spread(from: link, before: before) }
    }
    if sum.highest > now + tolerance(at: now) { takeFromAbove(link, now) }
  }

  /// The class with the lowest limit of those that a link holds, if that is below a level.
  @inline(__always)
  private func classWithLimit(below level: Double, heldBy link: Int32) -> Int32? {
    guard hasCeilings, !groups.limits.isEmpty(link) else { return nil }
    let first = groups.limits.first(of: link)
    return level > first.key + tolerance(at: first.key) ? first.member : nil
  }

  /// Has a class go on at its own ceiling.
  @inline(never)
  private mutating func cap(_ index: Int32, heldBy link: Int32) {
    // The link is being looked at, with what this changes.
    groups.queue.shut(link)
    move(index, from: link, to: Groups.ceilings)
    groups.queue.release(link)
    groups.noteChange(of: link)
    groups.noteChange(of: Groups.ceilings)
    groups.work &+= 100
  }

  /// What all members of a link add up to but those that it holds.
  @inline(__always)
  mutating func rowSum(of link: Int32) -> RowSum {
    var sum = hasFloors ? rowSumWithFloors(of: link) : rowSumWithoutFloors(of: link)
    if hasCeilings {
      sum.total += groups.capped.load(on: link)
      sum.highest = max(sum.highest, groups.capped.highestLimit(on: link))
    }
    return sum
  }

  /// It changes nothing; but as with `waterLevel` the whole system would be copied first.
  private mutating func rowSumWithFloors(of link: Int32) -> RowSum {
    let piece = groups.links[link].row
    let row = groups.rows.base + Int(piece.start)
    var sum = RowSum()
    for place in 0..<Int(piece.count) {
      let entry = row[place]
      let level = groups.levels.base[Int(entry.other)]
      let floor = groups.pairs[entry.pair].floor
      sum.total += Sharing.load(weight: entry.weight, floor: floor, at: level)
      sum.highest = max(sum.highest, level)
    }
    return sum
  }

  /// In four strands, which do not wait for each other.
  @inline(__always)
  private func rowSumWithoutFloors(of link: Int32) -> RowSum {
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
    let left = record.capacity - sum.total
    if record.own < 0 {
      if left >= 0 { return .infinity }
      let lowest = hasFloors ? WaterLevel.lowest : 0
      let level = waterLevel(of: link, weight: 0, floor: 0, from: lowest)
      // Full but for rounding.
      return sum.highest > level + tolerance(at: level) ? level : .infinity
    }
    let own = groups.pairs.base + Int(record.own)
    let (weight, floor) = (own.pointee.weight, own.pointee.floor)
    let level = left >= floor ? (left - floor) / weight : WaterLevel.keeping(left / floor)
    return level >= sum.highest
      ? level : waterLevel(of: link, weight: weight, floor: floor, from: level)
  }

  /// As the level, where others stand above it, which is not below a first one (WaterLevel.swift).
  private mutating func waterLevel(
    of link: Int32, weight: Double, floor: Double, from start: Double
  ) -> Double {
    let record = groups.links[link]
    if hasCeilings { groups.capped.collect(above: start, on: link) }
    let found = hasCeilings ? groups.capped.found.count : 0
    // What those send that stay at their ceilings.
    var capped = found < groups.capped.count(on: link) ? groups.capped.load(on: link) : 0
    let count = Int(record.row.count) + found + 1
    linkMembers.makeRoom(for: count)
    linkMembers.setCount(count)
    let (levels, weights, floors) = linkMembers.bases
    (levels[0], weights[0], floors[0]) = (.infinity, weight, floor)
    let row = groups.rows.base + Int(record.row.start)
    for place in 0..<Int(record.row.count) {
      levels[place + 1] = groups.levels[row[place].other]
      weights[place + 1] = row[place].weight
      if hasFloors { floors[place + 1] = groups.pairs[row[place].pair].floor }
    }
    for number in 0..<found {
      let member = classes[groups.classAt[groups.capped.found[number]]]
      let place = count - found + number
      (levels[place], weights[place], floors[place]) = (member.limit, member.weight, member.floor)
      capped -= load(of: member, at: member.limit)
    }
    return FlowMath.waterLevel(
      of: &linkMembers, capacity: record.capacity - max(0, capped), guess: start,
      hasFloors: hasFloors)
  }

  /// Tells all links that the classes of one cross of a change of its level.
  private mutating func spread(from holder: Int32, before: Double) {
    let piece = groups.links[holder].out
    let out = groups.outs.base + Int(piece.start)
    let level = groups.levels[holder]
    let change = max(0, level) - max(0, before)
    groups.work &+= Int(piece.count)
    groups.additions &+= 1
    guard hasFloors || layers > 1 else {
      return spread(change, along: UnsafeBufferPointer(start: out, count: Int(piece.count)))
    }
    let kept = WaterLevel.keptPart(at: min(0, level)) - WaterLevel.keptPart(at: min(0, before))
    for place in 0..<Int(piece.count) {
      let load = out[place].weight * change + groups.pairs[out[place].pair].floor * kept
      self.load(out[place].other, by: load)
    }
  }

  /// The same for one layer without floors.
  ///
  /// Which links are full cannot be foretold, but hardly any comes in line: so nothing asks for the first.
  private mutating func spread(_ change: Double, along out: UnsafeBufferPointer<PairInRow>) {
    let links = groups.links.base
    for entry in out {
      let link = Int(entry.other)
      links[link].load += entry.weight * change
      // The first is false for a link that is slack, the second for one that is full.
      if groups.queue.level(of: entry.other) > groups.levels.base[link]
        || !links[link].isClearlySlack
      {
        // With no change: that has been added.
        load(entry.other, by: 0)
      }
    }
  }

  /// Makes the classes that others hold above the level of a link its own.
  @inline(never)
  private mutating func takeFromAbove(_ link: Int32, _ level: Double) {
    let line = level + tolerance(at: level)
    while hasCeilings, groups.capped.highestLimit(on: link) > line {
      move(
        groups.classAt[groups.capped.highest(on: link)], from: Groups.ceilings, to: link)
      groups.noteChange(of: Groups.ceilings)
      groups.work &+= 100
    }
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
