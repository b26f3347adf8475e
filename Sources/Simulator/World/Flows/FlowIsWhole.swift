// SPDX-License-Identifier: GPL-3.0-or-later
internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Traffic

extension World {
  /// Keeps a flow that has sent its last bit until its last repair is in; false where it has none.
  func awaitRepairs(
    of record: FlowRecord, _ flow: FinishedFlow, sentAt sent: SimTime
  ) -> Bool {
    let index = FlowClassID(flow.flowClass)
    let message = SentPart(bits: record.bytes * 8, flowClass: index)
    guard let tail = ask.tail(message), tail.time > .zero else { return false }
    loss.note(tail, of: index)
    let isWatched = probe?.slot == flow.slot
    if isWatched { watchRepairs(of: tail) }
    // What it waits for last is what it waits for longest, where sending took less.
    let start = record.arrival + flowClasses[index].delay
    let isShort = tail.time > sent - start
    let ending = flows.ending.add(
      EndingFlow(
        record: record, flowClass: index,
        holder: isShort || tables.flows == nil ? .ceiling : holder(of: record, flow),
        isWatched: isWatched))
    queue.push(.world(.flowIsWhole(ending: ending)), at: max(now, sent + tail.time))
    return true
  }

  /// All that a flow sent is in.
  func flowIsWhole(_ ending: Position<EndingFlow>) throws(RunError) {
    let flow = flows.ending.take(ending)
    if flow.isWatched { watchFinish(at: now) }
    let end = try complete(
      flow.record, on: flow.flowClass, at: now, holder: flow.holder)
    try tell(.flowIsOver(end))
  }
}
