// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel

// What holds flows that a policy orders: the first link in their way that is down, or else that has
// nothing left once all are granted; or their ceiling, where they are granted all of it.

extension Elastic {
  /// Names what flows wait for, where that or their grant is not what it was.
  func nameHolders() {
    for link in book.lines.links {
      let (before, state) = (book.lines.states[Int(link)], state(of: Int(link)))
      guard state != before else { continue }
      book.lines.states[Int(link)] = state
      for line in book.lines.lines(over: Int(link)) {
        // A link that is down is told from a full one.
        guard book.lines.findShort(of: line) || state == .out || before == .out else { continue }
        for index in 0..<book.lines.count(of: line) {
          nameHolder(of: book.place(of: book.lines.turn(Int32(index), of: line).flowClass))
        }
      }
    }
    for place in book.renewed { nameHolder(of: Int(place)) }
    book.renewed.removeAll(keepingCapacity: true)
  }

  private func state(of link: Int) -> GrantLines.LinkState {
    if book.room[link] > 0 { return .open }
    return world.fluid.isOut(link) ? .out : .full
  }

  private func nameHolder(of place: Int) {
    let sender = book.sending[place]
    let short = book.lines.terms[Int(sender.line)].short
    world.fluid.nameHolder(
      ofClass: sender.flowClass.index,
      as: sender.grant < sender.ceiling && short >= 0 ? Int(short) : nil,
      at: now.nanoseconds)
  }
}
