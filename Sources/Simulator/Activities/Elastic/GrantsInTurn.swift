// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Scheduling

// Flows that a policy orders get what they can, one after the other. Of each line only those are
// looked at that get more than their floor, or did so the last time. So an event costs a look at the
// first of each line, and at those; how many wait behind them does not matter.

extension Elastic {
  /// Grants the flows of a group what they can have.
  func grantInTurn(_ group: Int) {
    if book.mayPass { book.lines.sort(group) { bitsLeft(of: $0) } }
    let heads = book.lines.takeHeads(of: group) { bitsLeft(of: $0) }
    // Those behind the first of their line, from the last to the first.
    var others: [GrantLines.Place] = []
    var next = 0
    while true {
      // Nothing is left for most of them, and nothing will be in this round.
      while next < heads.count, getsNothing(heads[next].line) { next += 1 }
      guard next < heads.count || !others.isEmpty else { break }
      let place: GrantLines.Place
      if let other = others.last, next == heads.count || other.rank < heads[next].rank {
        place = other
        others.removeLast()
      } else {
        place = heads[next]
        next += 1
      }
      guard let behind = serve(place) else { continue }
      let above = others.lastIndex { behind.rank < $0.rank } ?? -1
      others.insert(behind, at: above + 1)
    }
    book.lines.putBack(heads, of: group)
    giveFloorsToNew(of: group)
    setRates()
  }

  /// Whether nobody in a line has had more than the floor, and nobody will.
  @inline(__always)
  private func getsNothing(_ line: Int32) -> Bool {
    let terms = book.lines.terms[Int(line)]
    guard terms.served == 0 else { return false }
    // Mostly it is the link that had nothing left the last time.
    if terms.tight >= 0, book.room[Int(terms.tight)] <= 0 { return true }
    guard let tight = terms.links.first(where: { book.room[book.lines.link(at: $0)] <= 0 }) else {
      return false
    }
    book.lines.terms[Int(line)].tight = Int32(book.lines.link(at: tight))
    return true
  }

  /// Gives a flow what it can have.
  ///
  /// - Returns: who is next in its line; nil where nothing is left for that.
  private func serve(_ place: GrantLines.Place) -> GrantLines.Place? {
    let terms = book.lines.terms[Int(place.line)]
    let extra = min(terms.most, roomOn(terms.links))
    guard extra > 0 else {
      if terms.served != place.index { endLine(place.line, at: place.index) }
      return nil
    }
    if terms.head == .idle { book.lines.terms[Int(place.line)].head = .sending }
    take(extra, of: terms.links)
    note(
      terms.floor + extra, to: place.flowClass, place.rank)
    let index = place.index + 1
    guard index < book.lines.count(of: place.line), roomOn(terms.links) > 0 else {
      endLine(place.line, at: index)
      return nil
    }
    let next = book.lines.turn(index, of: place.line)
    return GrantLines.Place(
      rank: rank(next), line: place.line, index: index, flowClass: next.flowClass)
  }

  /// From one of a line on nobody has more than the floor.
  private func endLine(_ line: Int32, at index: Int32) {
    let terms = book.lines.terms[Int(line)]
    var place = index
    while place < terms.served {
      let turn = book.lines.turn(place, of: line)
      if book.sending[book.place(of: turn.flowClass)].grant != terms.floor {
        note(terms.floor, to: turn.flowClass, rank(turn))
      }
      place += 1
    }
    book.lines.terms[Int(line)].served = index
  }

  /// Gives those their floor that came since the last time and got no more.
  private func giveFloorsToNew(of group: Int) {
    for flowClass in book.fresh {
      guard let place = book.placeIfAny(ofClass: flowClass.index) else { continue }
      let sender = book.sending[place]
      let terms = book.lines.terms[Int(sender.line)]
      guard terms.group == group, sender.grant < 0 else { continue }
      guard let turn = book.lines.turn(ofClass: flowClass, in: sender.line) else { continue }
      note(terms.floor, to: flowClass, rank(turn))
    }
  }

  /// Takes down what a flow is granted, where that is not what it has.
  private func note(_ grant: Double, to flowClass: FlowClassID, _ rank: GrantRank) {
    let place = book.place(of: flowClass)
    guard grant != book.sending[place].grant else { return }
    book.sending[place].grant = grant
    book.grants.append(ElasticBook.Grant(rank: rank, place: Int32(place)))
  }

  /// Has those send as they were granted whose grant is a new one, in the order of their rank.
  private func setRates() {
    book.grants.sort { $0.rank < $1.rank }
    for grant in book.grants { setRate(ofPlace: Int(grant.place)) }
    book.grants.removeAll(keepingCapacity: true)
  }

  /// What the policy of a flow says of it now.
  @inline(__always)
  private func rank(_ turn: GrantTurn) -> GrantRank {
    GrantRank(turn) { bitsLeft(of: $0) }
  }

  @inline(__always)
  private func bitsLeft(of flowClass: FlowClassID) -> Double {
    world.fluid.currentBitsLeft(ofNextIn: flowClass.index, at: now.nanoseconds)
  }
}

// MARK: - Coming and going

extension Elastic {
  /// A flow sends by a flow class from now on: its floor counts there, and it stands in line.
  func enterLine(_ place: Int) {
    let sender = book.sending[place]
    let links = world.flowClasses.route(of: sender.flowClass).links
    if sender.floor > 0 {
      book.sendingFloors.book(sender.floor, on: links)
      for link in links { measureRoom(of: Int(link.index)) }
    }
    book.unseen.append(sender.flow)
    let flow = book[sender.flow]
    let policy = book.policies[flow.entry]
    guard policy.ordersFlows else { return }
    let line = book.lines.line(
      GrantLines.Key(
        group: book.groups[flow.entry], floor: sender.floor, ceiling: sender.ceiling, links: links))
    book.sending[place].line = line
    book.setPlace(of: sender.flowClass, to: place)
    let bits = world.fluid.currentBitsLeft(ofNextIn: sender.flowClass.index, at: now.nanoseconds)
    let standing =
      policy.ranksByBitsLeft
      ? .nan
      : policy.rank(
        of: question(
          bitsLeft: bits, floor: sender.floor, deadline: sender.deadline, on: sender.flowClass))
    let turn = GrantTurn(
      flowClass: sender.flowClass, entry: Int32(flow.entry), arrival: flow.record.arrival,
      number: flow.number, standing: standing)
    book.lines.add(turn, to: line) { bitsLeft(of: $0) }
    book.fresh.append(sender.flowClass)
  }

  /// A flow is not to send by its flow class any more.
  func leaveLine(_ place: Int) {
    let sender = book.sending[place]
    if sender.floor > 0 {
      let links = world.flowClasses.route(of: sender.flowClass).links
      book.sendingFloors.release(sender.floor, on: links)
      for link in links { measureRoom(of: Int(link.index)) }
    }
    guard sender.line >= 0 else { return }
    book.lines.remove(sender.flowClass, from: sender.line)
    book.setPlace(of: sender.flowClass, to: nil)
    book.sending[place].line = -1
  }
}
