// SPDX-License-Identifier: GPL-3.0-or-later

// Links that those before or behind them keep from ever being full.
//
// All flows of a link may go on over a few links that together carry no more than it does, or have
// come from such: a centre's access behind two lines of a ring, say. Whatever those let through
// fits, in any sharing that respects their capacities, so the link never holds anybody back and
// the solver leaves it out. Each of the few must be narrower than the link itself; of two equal
// links in a row one would otherwise excuse the other, and the other the one.
//
// Paths are added and capacities change while flows are on their way. A link is covered only while
// no flow crosses it, and loses its cover at once where that is no longer sound.

/// The different links next to a link on the paths over it, on one side.
struct Neighbours {
  private static let most = 8

  private(set) var links: [Int32] = []
  /// Whether some path begins or ends here, or the links can carry too much: nothing follows then.
  private(set) var areOpen = false

  /// Takes in the link next to it on one more path, nil where there is none.
  mutating func add(_ link: Int32?) {
    guard !areOpen else { return }
    guard let link, links.count < Neighbours.most else { return giveUp() }
    if !links.contains(link) { links.append(link) }
  }

  mutating func giveUp() {
    areOpen = true
    links = []
  }
}

extension Sharing {
  /// Takes in the path of a new class, which may cover links and take the cover of others.
  mutating func noteNeighbours(ofPathAt start: Int, hops: Int) {
    // What a lower layer may use of its links changes with what the layers above it do.
    guard layers == 1 else { return }
    for hop in start..<start + hops {
      let link = Int(pathPort[hop])
      // Mostly both sides have long been open, and there is nothing left to learn.
      if before[link].areOpen, after[link].areOpen { continue }
      before[link].add(hop > start ? pathPort[hop - 1] : nil)
      after[link].add(hop + 1 < start + hops ? pathPort[hop + 1] : nil)
      if !fits(before[link], link) { before[link].giveUp() }
      if !fits(after[link], link) { after[link].giveUp() }
      cover(link)
    }
  }

  /// Sees which links are still covered after the capacity of one has changed.
  mutating func coverAnew(_ link: Int) {
    for other in covered where !isSafe(Int(other)) { uncover(Int(other)) }
    cover(link)
  }

  /// Whether the neighbours on one side can carry no more than a link.
  private func fits(_ neighbours: Neighbours, _ link: Int) -> Bool {
    guard !neighbours.areOpen else { return false }
    var sum = 0.0
    for other in neighbours.links {
      let capacity = linkCapacity[other]
      guard capacity < linkCapacity[link] else { return false }
      sum += capacity
    }
    return sum <= linkCapacity[link]
  }

  private func isSafe(_ link: Int) -> Bool {
    fits(before[link], link) || fits(after[link], link)
  }

  private mutating func cover(_ link: Int) {
    let isSafe = isSafe(link)
    guard isSafe != pieces[link].isCovered else { return }
    if !isSafe {
      uncover(link)
    } else if pieces[link].count == 0, ports[link].level == .infinity {
      pieces[link].isCovered = true
      covered.append(Int32(link))
    }
  }

  /// Lets a link be full again, and enters the flows that cross it.
  private mutating func uncover(_ link: Int) {
    pieces[link].isCovered = false
    covered.removeAll { $0 == Int32(link) }
    for index in 0..<active.count { enter(active[index], on: Int32(link)) }
    ports[link].forgetLoad()
    if !groups.isOn { disturb(Int32(link)) }
  }

  /// Enters an active class on a port that has become open, if its path crosses it.
  private mutating func enter(_ index: Int32, on port: Int32) {
    let start = Int(classes[index].pathStart)
    for hop in start..<start + Int(classes[index].hops) where pathPort[hop] == port {
      enter(PortMember(flowClass: index, hop: Int32(hop)), on: port)
      openPort[start + Int(classes[index].openPorts)] = port
      classes[index].openPorts += 1
      if groups.isOn { joinInGroups(index, at: Int32(start) + classes[index].openPorts - 1) }
    }
  }
}
