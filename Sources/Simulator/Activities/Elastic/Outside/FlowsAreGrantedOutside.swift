// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Policies
internal import Traffic

// What elastic flows get where a program outside says it.

extension Elastic {
  /// Grants flows, by their places among those that send, what their program says.
  func grant(_ places: [Int], by policy: BandwidthOutside) throws(RunError) {
    let flows = places.map { asked(about: book.sending[$0]) }
    let words = BandwidthOutside.Words(link: { self.model.topology.links[Int($0)].name }) {
      self.describe(self.book.sending[places[$0]], to: &$1)
    }
    let room = book.room
    let answer = try policy.ask(about: flows, at: now, room: { room[Int($0)] }, words)
    if let call = answer.callAt { world.plan(.elastic(.policyIsCalled), at: call) }
    for share in answer.shares { grant(places[share.flow], beyondFloor: share.beyondFloor) }
  }

  private func asked(about sender: ElasticSender) -> BandwidthOutside.Flow {
    BandwidthOutside.Flow(
      name: world.names.text(of: book[sender.flow].record.name),
      left: world.fluid.bitsLeft(ofNextIn: sender.flowClass.index, at: now.nanoseconds),
      floor: sender.floor, ceiling: sender.ceiling,
      links: world.flowClasses.routes[sender.flowClass.index].links.map(\.index))
  }

  private func describe(_ sender: ElasticSender, to writer: inout MessageWriter) {
    let flow = book[sender.flow]
    let entry = book.entries[flow.entry]
    writer.member(",\"of\":", entry.generator.name)
    writer.member(",\"tier\":", entry.tiers[flow.given].name)
    writer.member(",\"arrived\":", flow.record.arrival.nanoseconds)
    if let deadline = sender.deadline { writer.member(",\"deadline\":", deadline.nanoseconds) }
  }
}
