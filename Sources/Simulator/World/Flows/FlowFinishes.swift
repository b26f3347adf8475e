// SPDX-License-Identifier: GPL-3.0-or-later

internal import EventKernel
internal import FlowMath
internal import NetworkModel
internal import Results
internal import Traffic

extension World {
  /// The last byte of a flow has been sent: says whose it was, unless more of it is under way.
  func end(_ flow: FinishedFlow) throws(RunError) -> FlowEnd? {
    let flowClass = FlowClassID(flow.flowClass)
    let finish = SimTime(nanoseconds: flow.nanoseconds)
    events += 1
    digest.combine(time: finish, kind: EventMark.flowEnds, subject: flow.slot)
    if loss.isOn { loss.noteFlow() }
    if let owner = flowClasses[flowClass].owner, !owner.isCounted {
      return FlowEnd(owner: owner, flowClass: flowClass, finish: finish)
    }
    let record = flows[flow.slot]
    countLoad(of: flowClass, by: -1)
    if try goesOn(behindPart: flow) { return nil }
    if loss.isOn, awaitRepairs(of: record, flow, sentAt: finish) { return nil }
    if probe?.slot == flow.slot { watchFinish(at: finish) }
    let holder = tables.flows == nil ? .ceiling : holder(of: record, flow)
    return try complete(record, on: flowClass, at: finish, holder: holder)
  }

  /// The last byte of a flow has arrived: counts it and writes its row.
  ///
  /// Its name is kept until its owner has heard.
  func complete(
    _ record: FlowRecord, on index: FlowClassID, at finish: SimTime, holder: Holder
  ) throws(RunError) -> FlowEnd {
    // A flow that is done within its first nanosecond took some of it.
    let seconds = max((finish - record.arrival).seconds, 1e-9)
    let slowdown = slowdown(of: record, on: index, seconds)
    ledger.finish(
      record, Ledger.Finish(instant: finish, seconds: seconds, slowdown: slowdown),
      of: flowClasses[index].trafficClass, at: now)
    if tables.flows != nil {
      let row = row(
        record, index, end: .init(finish: finish, slowdown: slowdown),
        bottleneck: name(of: holder))
      try tables.flows?.append(row)
    }
    return FlowEnd(owner: record.owner, flowClass: index, finish: finish, name: record.name)
  }

  /// A flow as a row of the flows table.
  func row(
    _ record: FlowRecord, _ flowClass: FlowClassID, end: FlowsTable.End?, bottleneck: String
  ) -> FlowsTable.Row {
    let route = flowClasses.route(of: flowClass)
    return FlowsTable.Row(
      name: names.text(of: record.name),
      trafficClass: model.classes[flowClasses[flowClass].trafficClass].name,
      source: route.source.map { model.topology[$0] } ?? "",
      target: route.target.map { model.topology[$0] } ?? "",
      bytes: record.bytes, arrival: record.arrival, end: end, bottleneck: bottleneck,
      deadline: record.deadline == .distantFuture ? nil : record.deadline)
  }
}
